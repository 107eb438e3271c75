"""``renhuochang plan``: a file of a shop's orders in, its plan as a file out."""

from pathlib import Path

import click

from kit.cli.common import language_option, plainly
from kit.text import Refusal, words


@click.command()
@click.argument("orders", type=click.Path(path_type=Path))
@language_option("the plan")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="plan.xlsx or plan.html")
@click.option("--column", "chosen", multiple=True, metavar="WHAT=NAME", help="Which column is which: amount=应收")
@click.option("--margin", help="Your gross margin, where the file has no costs: 35%")
@click.option("--days", help="Over how many days the orders came, where the file has no dates.")
@click.option("--entered", help="The day on which your shop entered, for Fan Xing: 2020-10-05")
def plan(orders: Path, lang: str | None, output: Path, chosen, margin, days, entered):
    """Make a plan of your own orders (CSV or Excel). Nothing is sent; only the output is written."""
    from kit.outcomes.own_shop import Shop
    from kit.shop.plan import plan_shop
    from kit.shop.plan_excel import save_workbook
    from kit.shop.plan_html import save_page
    from kit.shop.plan_text import column_rows, notes, pivot, title

    with plainly(lang, of=orders.name):
        save = {".xlsx": save_workbook, ".html": save_page}.get(output.suffix.lower())
        if save is None:
            raise Refusal("orders_output", name=output.name)
        if output.exists() and orders.exists() and output.samefile(orders):
            raise Refusal("orders_same_file")
        columns = dict(map(_column, chosen))
        margin = margin and Shop.levers()["shop.margin"].typed(margin)
        made = plan_shop(orders, columns, margin, days, entered=entered)
        save(made, output)
        reading = made.reading
        counts = {"read": reading.read, "used": len(reading.lines), "listed": len(reading.unused)}
        click.echo(words("command.read", **counts))
        for role, name in column_rows(made):
            click.echo(words("command.column", role=role, name=name))
        for reason, n in reading.unused["reason"].value_counts().items():
            click.echo(words("command.unused", reason=words(f"unused.{reason}"), n=n))
        for line in (*notes(made), title(made), *pivot(made), words("command.saved", file=output)):
            click.echo(line)


def _column(choice: str) -> tuple[str, str]:
    role, equals, name = choice.partition("=")
    if not equals:
        raise Refusal("orders_choice", value=choice)
    return role.strip(), name.strip()
