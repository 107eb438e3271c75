"""The plan as one printable page: HTML with its pictures inside, no script, nothing from elsewhere."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from kit.display.files import written
from kit.display.html import figure, framed, lines, part, rows_of, text
from kit.shop.plan import ShopPlan
from kit.shop.plan_text import (
    assumption_rows,
    break_evens,
    change_rows,
    column_rows,
    notes,
    pivot,
    standing_rows,
    title,
    turning_rows,
    unused_counts,
    unused_rows,
)
from kit.text import words

LISTED = 25  # lines not used that a page has room for; the workbook holds all of them


def save_page(plan: ShopPlan, path: Path) -> Path:
    """Write the plan as .html in the reader's language and return the path."""
    return written(path, lambda made: made.write_text(page(plan), encoding="utf-8", newline="\n"))


def page(plan: ShopPlan) -> str:
    """Return the page. Whatever comes from the merchant's file is written as plain text."""
    return framed(words("page.name"), body(plan))


def body(plan: ShopPlan) -> str:
    """Return what stands on the page, for a place that has a frame of its own."""
    parts = [
        f"<h1>{html.escape(title(plan))}</h1>",
        *(f"<p><b>{html.escape(line)}</b></p>" for line in pivot(plan)),
        f"<p><small>{html.escape(words('page.about'))}</small></p>",
        part("standing", rows_of(standing_rows(plan))),
        part("offers", figure("offers", plan.table), rows_of(change_rows(plan), head=True), lines(break_evens(plan))),
        part("turning", figure("by_assumption", plan.weighed()), rows_of(turning_rows(plan), head=True)),
        part("columns", rows_of(column_rows(plan)), lines(notes(plan))),
        part("unused", lines(unused_counts(plan)), _listed(plan, LISTED)),
        part("assumptions", rows_of(assumption_rows(plan))),
    ]
    return "".join(parts)


def summary(plan: ShopPlan) -> "Told":
    """Return the plan in words alone: the answer, what it turns on, findings, break-evens, lines not used and why."""
    parts = [
        f"<p><b>{html.escape(title(plan))}</b></p>",
        *map(text, pivot(plan)),
        part("standing", rows_of(standing_rows(plan)), lines(notes(plan))),
        part("offers", rows_of(change_rows(plan), head=True)),
        part("even", lines(break_evens(plan))),
        part("unused", lines(unused_counts(plan)), _listed(plan, LISTED)),
    ]
    return Told("".join(parts), "\n".join([title(plan), *pivot(plan), *break_evens(plan), *unused_counts(plan)]))


@dataclass(frozen=True)
class Told:
    """Words as a notebook shows them: formatted, and plain where nothing else can be shown."""

    formatted: str
    plain: str

    def _repr_html_(self) -> str:
        # JupyterLab sets tables to the right: words are read from the left.
        return re.sub("<(t[dh])>", r'<\1 style="text-align: left">', self.formatted)

    def __repr__(self) -> str:
        return self.plain


def _listed(plan: ShopPlan, most: int) -> str:
    return rows_of(unused_rows(plan, most), head=True) if len(plan.reading.unused) else ""
