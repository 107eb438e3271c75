"""The plan as a command: a file of orders in, one file out, and what is to be said about it."""

from collections.abc import Iterable
from pathlib import Path

from kit.outcomes.own_shop import Shop
from kit.shop.plan import plan_shop
from kit.shop.plan_excel import save_workbook
from kit.shop.plan_html import save_page
from kit.shop.plan_text import column_rows, notes, pivot, title
from kit.text import Refusal, words

WRITERS = {".xlsx": save_workbook, ".html": save_page}


def save_plan(
    orders: Path,
    output: Path,
    chosen: Iterable[str] = (),
    margin: str | None = None,
    days: str | None = None,
    entered: str | None = None,
) -> list[str]:
    """Read orders, save the plan by the output's ending, and return the lines that tell what was done.

    ``chosen`` are columns as ``what=name``. Raises Refusal for what cannot be read or written; nothing is written then.
    """
    if output.suffix.lower() not in WRITERS:
        raise Refusal("orders_output", name=output.name)
    if output.exists() and orders.exists() and output.samefile(orders):
        raise Refusal("orders_same_file")
    columns = {}
    for choice in chosen:
        role, equals, name = choice.partition("=")
        if not equals:
            raise Refusal("orders_choice", value=choice)
        columns[role.strip()] = name.strip()
    margin = margin and Shop.levers()["shop.margin"].typed(margin)
    plan = plan_shop(orders, columns, margin, days, entered=entered)
    WRITERS[output.suffix.lower()](plan, output)
    reading = plan.reading
    counts = {"read": reading.read, "used": len(reading.lines), "listed": len(reading.unused)}
    taken = [words("command.column", role=role, name=name) for role, name in column_rows(plan)]
    reasons = [
        words("command.unused", reason=words(f"unused.{reason}"), n=n)
        for reason, n in reading.unused["reason"].value_counts().items()
    ]
    saved = words("command.saved", file=output)
    return [words("command.read", **counts), *taken, *reasons, *notes(plan), title(plan), *pivot(plan), saved]
