"""Merchants: a million at fixed quantiles of size, or a stratified sample that stands for them all.

Sizes are quantile midpoints of a log-normal distribution, so that the head is not random. In a small market the
largest fifth is certain; the rest are strata of equal sum of size^.5, each represented by its mean size and by the
other traits of one random member. A stratum's sales are then exact, whichever member represents it.
"""

from typing import NamedTuple

import numpy as np

from kit.numerics.random_numbers import MEMBER, PRICE, QUALITY, normals, uniforms
from kit.numerics.special import normal_cdf, normal_quantile, root
from kit.parameters.calendar import FIRST, LAST
from kit.parameters.categories import Category, ShopKind, Tier, names
from kit.parameters.levers import Levers
from kit.parameters.sourced import value
from kit.text import Refusal

CATEGORIES, TIERS = names(Category), names(Tier)
HEAD, WAIST = 0.01, 0.20  # the largest hundredth; the largest fifth
DAYS = (LAST - FIRST).days + 1
FEWEST = 30
_GOLDEN = (5**0.5 - 1) / 2  # multiples of it, modulo 1, spread evenly over 0 to 1
_PAIR = 0.7548776662466927, 0.5698402909980532  # the same over a square


class Traits(NamedTuple):
    """Constant traits: one element is one merchant (or one representative).

    ``category``, ``kind`` and ``tier`` are positions; ``entered``: day of entry (-1: before day 0); ``weight``: real
    merchants that it stands for; ``size``: orders a day in steady state; ``price``: yuan; ``returns``: share of orders
    that come back at list price; ``live``: share of days with a session; ``spread``: log-sd of a session's random
    shock; ``signal``: the trust that it earns. A representative is always live, with the mean shock of its merchants.
    """

    id: np.ndarray
    category: np.ndarray
    kind: np.ndarray
    tier: np.ndarray
    entered: np.ndarray
    weight: np.ndarray
    size: np.ndarray
    price: np.ndarray
    returns: np.ndarray
    live: np.ndarray
    spread: np.ndarray
    signal: np.ndarray


def check_seed(seed: int) -> None:
    """Raise Refusal unless the seed is a whole number from 0 to 2**63 - 1."""
    if isinstance(seed, bool) or not (isinstance(seed, int | np.integer) and 0 <= seed < 2**63):
        raise Refusal("seed", value=seed)


def shares(assume: Levers, what: str) -> np.ndarray:
    """Return the categories' shares of ``what``; the third follows from the first two."""
    first, second = getattr(assume, f"{what}_apparel"), getattr(assume, f"{what}_premium")
    return np.array([first, second, 1 - first - second])


def daily_orders() -> float:
    """Return the mean orders a day in August 2020, from the article's month (A01).

    >>> round(daily_orders())
    16129032
    """
    return value("orders_august") / 31


def incumbents(merchants: int, seed: int, assume: Levers) -> Traits:
    """Return the merchants on 1 August 2020, the largest of each category first.

    ``merchants``: all of them (1,000,000, each of weight 1) or a sample that stands for them. Raises Refusal for an
    impossible number of merchants or seed.
    """
    everyone = int(value("active_merchants"))
    if not (isinstance(merchants, int | np.integer) and FEWEST <= merchants <= everyone):
        raise Refusal("merchants", value=merchants, low=FEWEST, high=everyone)
    check_seed(seed)
    parts, first = [], 0
    for category, share in enumerate(shares(assume, "orders")):
        last = category == len(Category) - 1
        there = everyone - first if last else round(share * everyone)
        wanted = merchants - sum(len(part.id) for part in parts) if last else round(share * merchants)
        sizes = _quantiles(there, assume.merchant_size_sd)
        sizes *= share * daily_orders() / sizes.sum()
        starts = _strata(sizes, wanted) if wanted < there else np.arange(there)
        counts = np.diff(np.append(starts, there))
        ids = first + starts
        members = starts + (uniforms(seed, MEMBER, ids) * counts).astype(np.int64)
        means = np.add.reduceat(sizes, starts) / counts
        kinds = _kinds(np.arange(starts.size), assume)
        parts.append(_traits(category, first + members, counts, means, members / there, kinds, assume, seed))
        first += there
    return Traits(*map(np.concatenate, zip(*parts, strict=True)))


def _quantiles(count: int, log_sd: float) -> np.ndarray:
    return np.exp(log_sd * normal_quantile(1 - (np.arange(count) + 0.5) / count))


def sales_within(traits: Traits, there: int, log_sd: float, of: np.ndarray, parts: int = 8) -> np.ndarray:
    """Return steady-state sales, net of returns, within strata, in yuan a day: (part, merchant of these).

    ``of`` selects merchants (a truth value each). Each part is an equal share of a stratum's merchants, by size; price
    and returns are their representative's. The first ``there`` rows are incumbents, whose ranks follow from the weights
    before them; all merchants of a newcomer's row have its size.
    """
    sizes, column = np.tile(traits.size[of], (parts, 1)), np.cumsum(of) - 1
    for category in Category:
        mine = np.flatnonzero(traits.category[:there] == category)
        first, everyone = np.cumsum(traits.weight[mine]) - traits.weight[mine], traits.weight[mine].sum()
        several = (traits.weight[mine] > 1) & of[mine]
        mine, first = mine[several], first[several]
        place = (np.arange(parts)[:, None] + 0.5) / parts
        likely = np.exp(log_sd * normal_quantile(1 - (first + place * traits.weight[mine]) / everyone))
        sizes[:, column[mine]] = likely * (traits.size[mine] / likely.mean(axis=0))
    return sizes * (traits.price * (1 - traits.returns))[of]


def _strata(sizes: np.ndarray, wanted: int) -> np.ndarray:
    """The first position of each stratum in decreasing sizes."""
    certain = wanted // 5
    reach = np.cumsum(np.sqrt(sizes[certain:]))
    cuts = np.searchsorted(reach, np.arange(wanted - certain) / (wanted - certain) * reach[-1])
    return np.unique(np.concatenate([np.arange(certain), certain + cuts]))


def _kinds(order: np.ndarray, assume: Levers) -> np.ndarray:
    """Kinds of shop, spread evenly from the largest down: each has its share of sales at every size."""
    place = (0.5 + order * _GOLDEN) % 1
    kinds = np.where(place < assume.self_built_share + assume.alliance_share, ShopKind.ALLIANCE, ShopKind.THIRD_PARTY)
    return np.where(place < assume.self_built_share, ShopKind.SELF_BUILT, kinds)


def _traits(category, ids, counts, sizes, rank, kinds, assume, seed) -> Traits:
    """The traits of merchants of one category; ``rank`` is the share of merchants who are larger."""
    quality = normals(seed, QUALITY, ids)
    weight = counts.astype(float)
    sold = weight * sizes
    price = np.exp(assume.price_log_sd * normals(seed, PRICE, ids))
    price *= category_prices(assume)[category] * sold.sum() / (sold @ price)
    live, sd = live_frequency(sizes, assume), assume.viewer_shock
    tier = np.where(rank < HEAD, Tier.HEAD, np.where(rank < WAIST, Tier.WAIST, Tier.TAIL))
    return Traits(
        id=ids.astype(np.int32),
        category=np.full(ids.size, category, np.int8),
        kind=kinds.astype(np.int8),
        tier=tier.astype(np.int8),
        entered=np.full(ids.size, -1, np.int16),
        weight=weight,
        size=sizes,
        price=price,
        returns=_returns(category, quality, sold, assume),
        live=np.where(weight == 1, live, 1.0),
        spread=np.where(weight == 1, sd, np.sqrt(np.log1p((np.exp(sd**2) / live - 1) / np.maximum(weight, 1e-9)))),
        signal=1 / (1 + np.exp(-assume.trust_base - assume.trust_quality * quality)),
    )


def category_prices(assume: Levers) -> np.ndarray:
    """Return the mean order value of each category in yuan; their mean over orders is the platform's (L01)."""
    relative = np.array([assume.price_apparel, assume.price_premium, assume.price_home])
    return assume.order_value * relative / (relative @ shares(assume, "orders"))


def live_frequency(sizes: np.ndarray, assume: Levers) -> np.ndarray:
    """Return the share of days on which a merchant is live; it increases with size."""
    mean = daily_orders() / value("active_merchants")
    return np.clip(assume.live_frequency * (sizes / mean) ** assume.live_frequency_size, 0.05, 1.0)


def _returns(category: int, quality: np.ndarray, sold: np.ndarray, assume: Levers) -> np.ndarray:
    """Return rates that decrease with quality; their mean over orders is the category's."""
    target = (assume.return_apparel, assume.return_premium, assume.return_home)[category]

    def rates(level: float) -> np.ndarray:
        return 1 / (1 + np.exp(assume.return_quality * quality - level))

    return rates(root(lambda level: sold @ rates(level) / sold.sum() - target, -9, 9, 1e-13))


def newcomers(merchants: int, seed: int, assume: Levers, days: int = DAYS) -> Traits:
    """Return those who may enter: for each day and category a cohort of representatives, by day of entry.

    One more row a day and category is for streamers with goods from the alliance, of weight 0 until a policy brings
    them. Sizes are potential sales. They run evenly through slices of the distribution, each at its mean, and so are
    not random: about sixty days contain every slice once.
    """
    parts, first = [], int(value("active_merchants"))
    mean = assume.newcomer_daily_sales / assume.order_value
    for category, share in enumerate(shares(assume, "orders")):
        a_day = assume.newcomers_per_day * share
        # As coarse as the market, but at least one a day.
        each = max(1, round(a_day * merchants / value("active_merchants")))
        order = np.arange((each + 1) * days)
        sourced = order % (each + 1) == each
        nth = order - order // (each + 1) + (category + 1) / len(Category)
        spread = assume.newcomer_size_sd
        slices = 64 * each
        at = np.floor((0.5 + nth * _PAIR[0]) % 1 * slices)
        below, above = normal_quantile(at / slices), normal_quantile((at + 1) / slices)
        sizes = mean * slices * (normal_cdf(above - spread) - normal_cdf(below - spread))
        place = (0.5 + nth * _PAIR[1]) % 1
        kinds = np.where(place < assume.self_built_newcomers, ShopKind.SELF_BUILT, ShopKind.THIRD_PARTY)
        kinds = np.where(sourced, ShopKind.ALLIANCE, kinds)
        weight = np.where(sourced, 0.0, a_day / each)
        made = _traits(category, first + order, weight, sizes, order + 1.0, kinds, assume, seed)
        entered = (order // (each + 1)).astype(np.int16)
        parts.append(made._replace(entered=entered, tier=np.full_like(made.tier, Tier.NEWCOMER)))
        first += order.size
    whole = Traits(*map(np.concatenate, zip(*parts, strict=True)))
    by_day = np.argsort(whole.entered, kind="stable")
    return Traits(*(trait[by_day] for trait in whole))
