"""Calibration: assumptions that are set so that the market in steady state meets a figure of the sources."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy

from kit.economics.inequality import top_share
from kit.parameters.categories import ShopKind
from kit.parameters.derived import names, solve
from kit.parameters.levers import Levers
from kit.parameters.sourced import assumptions, fact, value
from kit.paths import DATA
from kit.simulator.steady_state import Market, open_market
from kit.text import Refusal

FILE = DATA / "calibrated.csv"


class Fit(NamedTuple):
    """One calibrated assumption: its value, the figure that it is to meet, and how far it misses it."""

    name: str
    value: float
    target: str
    residual: float


def monthly_repeat(market: Market, days: int = 31) -> float:
    """Return which share of a month's buyers buy more than once in it in steady state, 0 to 1 (the measure of U10).

    A buyer's orders are Poisson at the rate of the buyer's segment and category.
    """
    rest, assume = market.steady, market.assume
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
    assume = assume or assumptions()
    persons, target = fact("persons"), value("monthly_repeat")

    def missed(millions: float) -> float:
        return monthly_repeat(open_market(merchants, assume=assume.but({"assume.persons": 1e6 * millions}))) - target

    # Whole millions: more digits than the target has would only look exact.
    fitted = round(scipy.optimize.brentq(missed, persons.low / 1e6, persons.high / 1e6, xtol=1e-3))
    return [Fit("persons", 1e6 * fitted, "U10", missed(fitted))]


def write(fits: list[Fit], path: Path = FILE) -> None:
    """Write the fits into the table of calibrated numbers; what else stands in a row stays."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    for fit in fits:
        fitted = f"{fit.value:.0f}", fit.target, f"{fit.residual:.4f}"
        table.loc[table["name"] == fit.name, ["value", "target", "residual"]] = fitted
    table.to_csv(path, index=False, lineterminator="\n")


TARGETS, DRAWS = DATA / "tables" / "targets.csv", DATA / "tables" / "calibration.csv"
TRIED, KEPT = 4_096, 200  # of so many draws the first so many that meet the targets are kept
MERCHANTS = 300
# What the steady state depends on, and the headline assumptions, whether or not it does.
DRAWN = (
    *("inside_share", "price_elasticity", "leak", "impulse_share", "attention_made", "need_hazard", "persons"),
    *("persons_new", "persons_occasional", "occasions_new", "occasions_occasional", "promotion_rate", "order_value"),
    *("commerce_share", "minutes_per_visit", "entry_rate", "paid_share", "views_per_yuan", "standard_fee"),
    *("self_built_share", "alliance_share", "merchant_size_sd"),
)


def targets() -> dict[str, tuple[float, float]]:
    """Return the range that each measure of the steady state is to lie in; its ends may be formulas over sources.

    >>> targets()["monthly_repeat"]
    (0.55, 0.7)
    """
    table = pd.read_csv(TARGETS, dtype=str, index_col="id")
    ends = {f"{name} {end}": table[end][name] for name in table.index for end in ("low", "high")}
    solved = solve(ends, {name: value(name) for formula in ends.values() for name in names(formula)})
    return {name: (solved[f"{name} low"], solved[f"{name} high"]) for name in table.index}


def measures(market: Market) -> dict[str, float]:
    """Return what a market in steady state comes to in the measures of the targets.

    ``monthly_repeat`` (share of a month's buyers), ``gmv_per_visit`` (yuan), ``take_rate`` (share of GMV),
    ``cash_a_day`` (yuan for exposure), ``top_share`` (of sales, by the largest hundredth of merchants).
    """
    traits, assume, there = market.traits, market.assume, slice(market.incumbents)
    weight, sold = traits.weight[there], (traits.size * traits.price)[there]
    gmv, settled = float(weight @ sold), weight * sold * (1 - traits.returns[there])
    kind = traits.kind[there]
    fees = assume.standard_fee * settled[kind == ShopKind.SELF_BUILT].sum()
    cut = value("alliance.commission") * value("alliance.platform_cut") * settled[kind == ShopKind.ALLIANCE].sum()
    return {
        "monthly_repeat": monthly_repeat(market),
        "gmv_per_visit": gmv / float(market.steady.visits.sum()),
        "take_rate": float(fees + cut) / gmv,
        "cash_a_day": float(market.steady.cash.sum()),
        "top_share": top_share(sold, weight),
    }


def draws(many: int) -> Iterator[dict[str, float]]:
    """Yield the first so many draws of DRAWN, spread evenly over the whole of their ranges (Sobol's sequence).

    >>> round(next(draws(1))["inside_share"], 4), next(draws(1)) == next(draws(2))
    (0.26, True)
    """
    rows = [fact(name) for name in DRAWN]
    points = scipy.stats.qmc.Sobol(len(DRAWN), scramble=False)
    points.fast_forward(1)  # the first point is a corner
    low, high = [row.low for row in rows], [row.high for row in rows]
    for point in scipy.stats.qmc.scale(points.random(2 ** (many - 1).bit_length()), low, high)[:many]:
        # As many digits as the table holds: what is kept is then what was tried.
        yield {name: float(f"{drawn:.4g}") for name, drawn in zip(DRAWN, point, strict=True)}


def tried(many: int = TRIED, progress: bool = False) -> Iterator[tuple[dict[str, float], dict[str, float], list[str]]]:
    """Yield draws, their measures (none where no market can rest) and what each fails: targets' ids, or a refusal's."""
    from tqdm.auto import tqdm

    aims = targets()
    for draw in tqdm(draws(many), total=many, disable=not progress, leave=False):
        try:
            measured = measures(open_market(MERCHANTS, assume=assumptions_at(draw)))
        except Refusal as refusal:
            yield draw, {}, [refusal.code]
            continue
        yield draw, measured, [name for name, (low, high) in aims.items() if not low <= measured[name] <= high]


def assumptions_at(draw: dict[str, float]) -> Levers:
    """Return the assumptions with those of a draw moved."""
    return assumptions().but({f"assume.{name}": draw[name] for name in DRAWN})


def reject(progress: bool = False) -> tuple[pd.DataFrame, Counter]:
    """Return the draws that meet every target, and counts of what the others fail: a target, or a steady state.

    One row is a draw: its number, DRAWN, its measures.
    """
    rows, why = [], Counter()
    for number, (draw, measured, fails) in enumerate(tried(progress=progress), start=1):
        why.update(fails or ["kept"])
        if not fails and len(rows) < KEPT:
            rows.append({"draw": number} | draw | {name: float(f"{amount:.4g}") for name, amount in measured.items()})
    return pd.DataFrame(rows), why


def kept() -> pd.DataFrame:
    """Return the draws that were kept, as they stand in data/: one row is a draw.

    >>> table = kept()
    >>> table["monthly_repeat"].between(0.55, 0.70).all()
    np.True_
    """
    return pd.read_csv(DRAWS)


def settled() -> pd.DataFrame:
    """Return what the sources settle: one row is an assumption (``name``).

    Columns: its range, ``low`` and ``high``; of the draws that were kept the ``median`` and, of ten, nine between
    ``from`` and ``to``; ``left``, that width as a share of the same of an even draw: near 1 nothing is settled.
    """
    ranges = [(name, fact(name).low, fact(name).high) for name in DRAWN]
    table = pd.DataFrame(ranges, columns=["name", "low", "high"])
    table[["from", "median", "to"]] = kept()[list(DRAWN)].quantile([0.05, 0.5, 0.95]).T.to_numpy()
    return table.assign(left=(table["to"] - table["from"]) / (0.9 * (table["high"] - table["low"])))
