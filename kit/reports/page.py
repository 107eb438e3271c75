"""The plan as one printable page: HTML with its pictures inside, no script, nothing from elsewhere."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from kit.gallery import draw
from kit.pictures import svg
from kit.reports.saving import written
from kit.reports.shop_plan import ShopPlan
from kit.reports.words_of_plan import (
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
from kit.text import language, words

LISTED = 25  # lines not used that a page has room for; the workbook holds all of them
_STYLE = """
body { font: 15px/1.5 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif;
       max-width: 760px; margin: 2em auto; padding: 0 1em; color: #222; }
h1 { font-size: 22px; line-height: 1.35 } h2 { font-size: 17px; margin: 1.6em 0 .4em; border-bottom: 1px solid #ccc }
table { border-collapse: collapse; width: 100%; margin: .5em 0 } td, th { text-align: left; vertical-align: top;
       padding: 3px 10px 3px 0; border-bottom: 1px solid #eee } th { font-weight: 600 }
svg { max-width: 100%; height: auto } small, .foot { color: #555 } .two { columns: 2 }
figure { margin: .8em 0; break-inside: avoid } tr, li { break-inside: avoid }
@media print { body { margin: 0; font-size: 12px } h2 { break-after: avoid } }
"""


def save_page(plan: ShopPlan, path: Path) -> Path:
    """Write the plan as .html in the reader's language and return the path."""
    return written(path, lambda made: made.write_text(page(plan), encoding="utf-8", newline="\n"))


def page(plan: ShopPlan) -> str:
    """Return the page. Whatever comes from the merchant's file is written as plain text."""
    lang = {"en": "en", "zh": "zh-CN"}[language()]
    head = f'<meta charset="utf-8"><title>{html.escape(words("page.name"))}</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="{lang}"><head>{head}</head><body>\n{body(plan)}</body></html>\n'


def body(plan: ShopPlan) -> str:
    """Return what stands on the page, for a place that has a frame of its own."""
    parts = [
        f"<h1>{html.escape(title(plan))}</h1>",
        *(f"<p><b>{html.escape(line)}</b></p>" for line in pivot(plan)),
        f"<p><small>{html.escape(words('page.about'))}</small></p>",
        _part("standing", _table(standing_rows(plan))),
        _part("offers", _figure("offers", plan.table), _table(change_rows(plan), head=True), _list(break_evens(plan))),
        _part("turning", _figure("by_assumption", plan.weighed()), _table(turning_rows(plan), head=True)),
        _part("columns", _table(column_rows(plan)), _list(notes(plan))),
        _part("unused", _list(unused_counts(plan)), _listed(plan, LISTED)),
        _part("assumptions", _table(assumption_rows(plan))),
    ]
    return "".join(parts)


def summary(plan: ShopPlan) -> "Told":
    """Return the plan in words alone: the answer, what it turns on, findings, break-evens, lines not used and why."""
    parts = [
        f"<p><b>{html.escape(title(plan))}</b></p>",
        *(f"<p>{html.escape(line)}</p>" for line in pivot(plan)),
        _part("standing", _table(standing_rows(plan)), _list(notes(plan))),
        _part("offers", _table(change_rows(plan), head=True)),
        _part("even", _list(break_evens(plan))),
        _part("unused", _list(unused_counts(plan)), _listed(plan, LISTED)),
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
    return _table(unused_rows(plan, most), head=True) if len(plan.reading.unused) else ""


def _part(name: str, *inside: str) -> str:
    return f"<h2>{html.escape(words(f'page.{name}'))}</h2>\n" + "\n".join(inside)


def _figure(name: str, table) -> str:
    whole = draw(name, table).whole()
    said = html.escape(whole["description"], quote=True)
    return f'<figure role="img" aria-label="{said}">{svg(whole, prefix=f"{name}-")}</figure>'


def _table(rows: list[tuple], head: bool = False) -> str:
    made = []
    for n, row in enumerate(rows):
        tag = "th" if head and n == 0 else "td"
        made.append("<tr>" + "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in row) + "</tr>")
    return f"<table>{''.join(made)}</table>"


def _list(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{html.escape(line)}</li>" for line in lines) + "</ul>" if lines else ""
