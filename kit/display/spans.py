"""Spans of dates as the rows of a chart."""

from dataclasses import dataclass

from kit.display.figure import Figure, rounded
from kit.text import label, number, words


@dataclass(frozen=True)
class SpanFigure(Figure):
    """A figure of what holds from ``start`` to ``end``: one row of the table is a span of dates, in a unit of its own.

    Without a unit its number is not written. Rules are dates of the finding, where it has them.
    """

    def _rows(self, table) -> list[dict]:
        value, *categories = self.columns
        rows = []
        for record in table.to_dict("records"):
            row = {"role": "point", "scenario": record.get("scenario", "B"), value: rounded(record[value])}
            row |= {name: label(name, record[name]) for name in categories}
            row |= {name: f"{record[name]:%Y-%m-%d}" for name in ("start", "end")}
            row |= {"shown": number(record[value], record["unit"]) if record["unit"] else ""}
            rows.append(row | {"merchants": number(record["merchants"], "merchants")})
        if "scenario" not in table:
            dates = {name: table.attrs["finding"][name] for name in self.rules if name in table.attrs["finding"]}
            for name, date in dates.items():
                said = words(f"chart.{self.key}.{name}", **{name: date}) if self.key else number(*date)
                rows.append({"role": "rule", "scenario": "B", "start": f"{date[0]:%Y-%m-%d}", "shown": said})
        return rows
