"""Calibration by rejection: draws of the assumptions, kept where the market at rest meets the figures of the sources.

What is kept says what the sources settle: an assumption whose kept draws fill its whole range is settled by none.
"""

import csv
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from kit.economics.inequality import top_share
from kit.facts import assumptions, fact, value
from kit.formulas import names, solve
from kit.levers import Levers
from kit.market.calibration import monthly_repeat
from kit.market.population import KINDS
from kit.market.rest import Market, open_market
from kit.paths import DATA
from kit.text import Refusal

TARGETS, DRAWS = DATA / "tables" / "targets.csv", DATA / "tables" / "calibration.csv"
TRIED, KEPT = 4_096, 200  # of so many draws the first so many that meet the targets are kept
MERCHANTS = 300
# What the state at rest hangs on, and the headline assumptions, whether or not it does.
DRAWN = (
    *("inside_share", "price_elasticity", "leak", "impulse_share", "attention_made", "need_hazard", "persons"),
    *("persons_new", "persons_occasional", "occasions_new", "occasions_occasional", "promotion_rate", "order_value"),
    *("commerce_share", "minutes_per_visit", "entry_rate", "paid_share", "views_per_yuan", "standard_fee"),
    *("self_built_share", "alliance_share", "merchant_size_sd"),
)


def targets() -> dict[str, tuple[float, float]]:
    """Return the range that each measure of the market at rest is to lie in; its ends may be formulas over sources.

    >>> targets()["monthly_repeat"]
    (0.55, 0.7)
    """
    with TARGETS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    ends = {f"{row['id']} {end}": row[end] for row in rows for end in ("low", "high")}
    solved = solve(ends, {name: value(name) for formula in ends.values() for name in names(formula)})
    return {row["id"]: (solved[f"{row['id']} low"], solved[f"{row['id']} high"]) for row in rows}


def measures(market: Market) -> dict[str, float]:
    """Return what a market at rest comes to in the measures of the targets.

    ``monthly_repeat`` (share of a month's buyers), ``gmv_per_visit`` (yuan), ``take_rate`` (fees and cuts of
    commissions as a share of GMV), ``cash_a_day`` (yuan for exposure), ``top_share`` (of sales, by the largest
    hundredth of merchants).
    """
    traits, assume, there = market.traits, market.assume, slice(market.incumbents)
    weight, sold = traits.weight[there], (traits.size * traits.price)[there]
    gmv, settled = float(weight @ sold), weight * sold * (1 - traits.returns[there])
    kind = traits.kind[there]
    fees = assume.standard_fee * settled[kind == KINDS.index("self_built")].sum()
    cut = value("alliance.commission") * value("alliance.platform_cut") * settled[kind == KINDS.index("alliance")].sum()
    return {
        "monthly_repeat": monthly_repeat(market),
        "gmv_per_visit": gmv / float(market.rest.visits.sum()),
        "take_rate": float(fees + cut) / gmv,
        "cash_a_day": float(market.rest.cash.sum()),
        "top_share": top_share(sold, weight),
    }


def draws(many: int) -> Iterator[dict[str, float]]:
    """Yield the first so many draws of DRAWN, spread evenly over the whole of their ranges (Sobol's sequence).

    >>> round(next(draws(1))["inside_share"], 4), next(draws(1)) == next(draws(2))
    (0.26, True)
    """
    from scipy.stats import qmc

    rows = [fact(name) for name in DRAWN]
    points = qmc.Sobol(len(DRAWN), scramble=False)
    points.fast_forward(1)  # the first point is a corner
    low, high = [row.low for row in rows], [row.high for row in rows]
    for point in qmc.scale(points.random(2 ** (many - 1).bit_length()), low, high)[:many]:
        # As many digits as the table holds: what is kept is then what was tried.
        yield {name: float(f"{drawn:.4g}") for name, drawn in zip(DRAWN, point, strict=True)}


def tried(many: int = TRIED, progress: bool = False) -> Iterator[tuple[dict[str, float], dict[str, float], list[str]]]:
    """Yield draws, their measures (none where no market can rest) and what each fails: targets' ids, or a refusal's."""
    from tqdm.auto import tqdm

    aims = targets()
    for draw in tqdm(draws(many), total=many, disable=not progress, leave=False):
        try:
            found = measures(open_market(MERCHANTS, assume=supposed_at(draw)))
        except Refusal as refusal:
            yield draw, {}, [refusal.code]
            continue
        yield draw, found, [name for name, (low, high) in aims.items() if not low <= found[name] <= high]


def supposed_at(draw: dict[str, float]) -> Levers:
    """Return the assumptions with those of a draw moved."""
    return assumptions().but({f"assume.{name}": draw[name] for name in DRAWN})


def reject(progress: bool = False) -> tuple[pd.DataFrame, Counter]:
    """Return the draws that meet every target, and why the others fail.

    One row is a draw: its number, DRAWN, its measures. The counts are by what fails: a target, or what refuses the
    market its rest.
    """
    rows, why = [], Counter()
    for number, (draw, found, fails) in enumerate(tried(progress=progress), start=1):
        why.update(fails or ["kept"])
        if not fails and len(rows) < KEPT:
            rows.append({"draw": number} | draw | {name: float(f"{amount:.4g}") for name, amount in found.items()})
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
    rows, found = [], kept()
    for name in DRAWN:
        row = fact(name)
        least, median, most = found[name].quantile([0.05, 0.5, 0.95])
        left = (most - least) / (0.9 * (row.high - row.low))
        rows.append((name, row.low, row.high, least, median, most, left))
    return pd.DataFrame(rows, columns=["name", "low", "high", "from", "median", "to", "left"])
