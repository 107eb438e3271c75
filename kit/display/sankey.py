"""Ribbons: the geometry of a flow picture, from amounts on two sides of a node to curves. No charts, no words."""

from dataclasses import dataclass

from kit.display.figure import Figure, rounded
from kit.text import label, number

ROOM, STEPS = 0.5, 20  # for the gaps between neighbours, as a share of the height; pieces of a curve


def bands(amounts: list[float], height: float, total: float, gap: float) -> tuple[list[float], list[float]]:
    """Return where each amount's band begins at the node (stacked) and at the outer end (set apart), from 0 to 1.

    >>> bands([1.0, 3.0], height=0.8, total=4.0, gap=0.1)
    ([0.1, 0.3], [0.05, 0.35])
    """
    sizes = [height * amount / total for amount in amounts]
    before = [sum(sizes[:n]) for n in range(len(sizes))]
    spread = sum(sizes) + gap * (len(sizes) - 1)
    inner = [round((1 - sum(sizes)) / 2 + start, 6) for start in before]
    outer = [round((1 - spread) / 2 + start + gap * n, 6) for n, start in enumerate(before)]
    return inner, outer


@dataclass(frozen=True)
class FlowFigure(Figure):
    """A figure of what flows into a node (``side`` in) and out of it: one row of the table is a flow.

    Its rows are the flows' labels and the points of their ribbons: x from 0 (payers) over 0.5 (the node) to 1.
    A flow of 0 is not drawn.
    """

    def _rows(self, table) -> list[dict]:
        value, side, flow = self.columns
        unit = self.columns[value]
        table = table[table[value] != 0]
        most = max((table[side] == name).sum() for name in ("in", "out"))
        gap = min(0.11, ROOM / max(most - 1, 1))
        height, total = 1 - gap * (most - 1), table.loc[table[side] == "in", value].sum()
        rows = []
        for name, ends in (("in", (0.5, 0.0)), ("out", (0.5, 1.0))):
            part = table[table[side] == name].to_dict("records")
            inner, outer = bands([rounded(record[value]) for record in part], height, total, gap)
            for record, near, far in zip(part, inner, outer, strict=True):
                shown = number(record[value], unit)
                thick = height * record[value] / total
                told = {
                    **{"role": "point", "scenario": record.get("scenario", "B"), "lane": record.get("scenario", "B")},
                    **{side: label(side, name), flow: label(flow, record[flow]), value: rounded(record[value])},
                    **{"shown": shown, "told": f"{label(flow, record[flow])} {shown}"},
                }
                rows.append(told | {"kind": name, "x": ends[1], "low": rounded(far + thick / 2), "high": 0})
                for step in range(STEPS + 1):
                    t = step / STEPS
                    low = near + (far - near) * t * t * (3 - 2 * t)
                    place = {"x": rounded(ends[0] + (ends[1] - ends[0]) * t), "low": rounded(low)}
                    rows.append(told | {"kind": "ribbon"} | place | {"high": rounded(low + thick)})
        return rows
