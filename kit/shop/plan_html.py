"""The plan as one printable page: HTML with its pictures inside, no script, nothing from elsewhere."""

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from kit.display.files import written
from kit.display.html import fill
from kit.shop import plan_text
from kit.shop.plan import ShopPlan
from kit.text import words

LISTED = 25  # lines not used that a page has room for; the workbook holds all of them


def save_page(plan: ShopPlan, path: Path) -> Path:
    """Write the plan as .html in the reader's language and return the path."""
    return written(path, lambda made: made.write_text(page(plan), encoding="utf-8", newline="\n"))


def page(plan: ShopPlan) -> str:
    """Return the page. Whatever comes from the merchant's file is written as plain text."""
    return fill("page.html", name=words("page.name"), body=body(plan))


def body(plan: ShopPlan) -> Markup:
    """Return what stands on the page, for a place that has a frame of its own."""
    return _filled("plan.html", plan)


def _filled(template: str, plan: ShopPlan) -> Markup:
    unused = plan_text.unused_rows(plan, LISTED) if len(plan.reading.unused) else []
    return fill(template, plan=plan, text=plan_text, unused=unused)


def summary(plan: ShopPlan) -> "Summary":
    """Return the plan in words alone: the answer, what it turns on, findings, break-evens, lines not used and why."""
    lines = [*plan_text.pivot(plan), *plan_text.break_evens(plan), *plan_text.unused_counts(plan)]
    return Summary(str(_filled("plan_summary.html", plan)), "\n".join([plan_text.title(plan), *lines]))


@dataclass(frozen=True)
class Summary:
    """Words as a notebook shows them: formatted, and plain where nothing else can be shown."""

    formatted: str
    plain: str

    def _repr_html_(self) -> str:
        return self.formatted

    def __repr__(self) -> str:
        return self.plain
