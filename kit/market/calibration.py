"""Calibration: assumptions that are set so that the market at rest meets a figure of the sources."""

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kit.facts import assumptions, fact, value
from kit.levers import Levers
from kit.market.rest import Market, open_market
from kit.paths import DATA

FILE = DATA / "calibrated.csv"


class Fit(NamedTuple):
    """One calibrated assumption: its value, the figure that it is to meet, and how far it misses it."""

    name: str
    value: float
    target: str
    residual: float


def monthly_repeat(market: Market, days: int = 31) -> float:
    """Return which share of a month's buyers buy more than once in it, at rest, 0 to 1 (the measure of U10).

    A buyer's orders are Poisson at the rate of the buyer's segment and category.
    """
    rest, assume = market.rest, market.assume
    rate = days * assume.inside_share * rest.occasions / market.start.persons
    buyers = market.start.persons * -np.expm1(-rate)
    again = buyers - market.start.persons * rate * np.exp(-rate)
    return float(again.sum() / buyers.sum())


def calibrate(assume: Levers | None = None, merchants: int = 300) -> list[Fit]:
    """Return the assumptions that are fitted, each within its range.

    ``persons``: so many that a month's buyers come back as often as reported (U10, a lower bound: "more than").

    >>> [fit.target for fit in calibrate()]
    ['U10']
    """
    from scipy.optimize import brentq

    assume = assume or assumptions()
    persons, target = fact("persons"), value("monthly_repeat")

    def missed(millions: float) -> float:
        return monthly_repeat(open_market(merchants, assume=assume.but({"assume.persons": 1e6 * millions}))) - target

    # Whole millions: more digits than the target has would only look exact.
    found = round(brentq(missed, persons.low / 1e6, persons.high / 1e6, xtol=1e-3))
    return [Fit("persons", 1e6 * found, "U10", missed(found))]


def write(fits: list[Fit], path: Path = FILE) -> None:
    """Write the fits into the table of calibrated numbers; what else stands in a row stays."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    by_name = {fit.name: fit for fit in fits}
    for row in rows:
        fit = by_name[row["name"]]
        row |= {"value": f"{fit.value:.0f}", "target": fit.target, "residual": f"{fit.residual:.4f}"}
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
