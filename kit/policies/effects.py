"""What a programme can do to a market on one day. The engine knows these, never programmes."""

from collections.abc import Callable
from math import inf
from typing import Any, NamedTuple

import numpy as np

from kit.economics.fees import Scale

SMALL = 2  # tiers from here on: the tail and newcomers
_NONE = np.zeros(0)
_UNLEARNED = np.zeros(3)


def some(part: np.ndarray | float) -> bool:
    """Return whether a part of an effect can do anything: an array can, and a number other than nought."""
    return isinstance(part, np.ndarray) or bool(part)


def by_merchant(part: np.ndarray | float, rows: int) -> np.ndarray:
    """Return a part of an effect for the first so many merchants, as an array with one element for each."""
    return np.ascontiguousarray(part[:rows], float) if isinstance(part, np.ndarray) else np.full(rows, float(part))


class Care(NamedTuple):
    """What service providers do for merchants by now: one element is one merchant (a mean over those in care and not).

    ``appeal`` in log points; ``fan_rate``: how many more fans it wins, as a share; ``cost_cut``: share of its unit cost
    saved; ``entrants``: newcomers that providers bring, as a share of those who come by themselves.
    """

    appeal: np.ndarray | float = 0.0
    fan_rate: np.ndarray | float = 0.0
    cost_cut: np.ndarray | float = 0.0
    entrants: float = 0.0

    def first(self, rows: int) -> "Care":
        """Return the care of the first so many merchants: those who are in the market yet.

        >>> Care(appeal=np.array([0.1, 0.2]), entrants=0.03).first(1)
        Care(appeal=array([0.1]), fan_rate=0.0, cost_cut=0.0, entrants=0.03)
        """
        cut = (part[:rows].copy() if np.ndim(part) else part for part in (self.appeal, self.fan_rate, self.cost_cut))
        return Care(*cut, self.entrants)


NO_CARE = Care()


class Merchants(NamedTuple):
    """What a programme may know of merchants: one element is one merchant.

    ``entered`` are days (datetime64[D]); ``self_built`` says whether the shop is the platform's own kind. Where the
    programme needs them: ``id``, ``weight`` (how many real merchants it stands for), ``tier`` (0 head, 1 waist, 2 tail,
    3 newcomer), ``live``, the share of days on which it is live, and ``care``: what providers do for them. Of its
    shop: ``in_plan``: whether the reduced scale of fees holds for it, ``sold``: what it has settled since entry
    (yuan), and ``sales_within``, which gives of some merchants (a truth for each) what those for whom they stand sell
    at rest (yuan a day; part x merchant of these).
    Of its goods: ``category`` (index), ``own_goods``: whether it finds them itself; ``equipped``: the part of a row's
    streamers whom a belt gave them; ``learned``: doublings of usual sales that belts have learned from, by category.

    In a run these are all who are there or will come, and what is ``kept`` from day to day; what a programme gives to
    those who have yet to come, nobody gets.
    """

    entered: np.ndarray
    self_built: np.ndarray
    id: np.ndarray = _NONE
    weight: np.ndarray = _NONE
    tier: np.ndarray = _NONE
    live: np.ndarray = _NONE
    care: Care = NO_CARE
    sales_within: Callable[[np.ndarray], np.ndarray] | None = None
    in_plan: np.ndarray = _NONE
    sold: np.ndarray = _NONE
    category: np.ndarray = _NONE
    own_goods: np.ndarray = _NONE
    equipped: np.ndarray = _NONE
    learned: np.ndarray = _UNLEARNED
    kept: dict | None = None

    @property
    def categories(self) -> np.ndarray:
        """The category of each merchant: the first one, where nothing is said of it."""
        return self.category if self.category.size else np.zeros(self.entered.size, int)

    def once(self, make: Callable, *given) -> Any:
        """Return ``make(*given)``, which in a run is worked out once: for what no day changes.

        >>> two = Merchants(np.zeros(2, "datetime64[D]"), np.ones(2, bool), kept={})
        >>> two.once(sorted, [2, 1]), two.once(sorted, "no longer asked")
        ([1, 2], [1, 2])
        """
        if self.kept is None:
            return make(*given)
        if make not in self.kept:
            self.kept[make] = make(*given)
        return self.kept[make]


class Effects(NamedTuple):
    """One programme's effects on one day. An array has one element a merchant; a scalar holds for all of them.

    An array that was handed out is not written to again: the engine takes the same array for the same numbers.

    To merchants: ``credit``: promotion credit handed out today (yuan at face); ``reduced_fee``: whether the
    programme's fee ``scale`` applies from today on; ``coaching``: hours of advice begun today; ``discount``: share of
    the list price off today, of which the platform pays ``platform_part``, at most ``budget`` yuan a day; ``boost``:
    log points of public exposure; ``entry_gain``: what the plan promises to one who enters, as a share of the profit
    without it; ``appeal``, ``fan_rate`` and ``cost_cut`` as in Care; ``made``: share of its goods that come from belts,
    which make at most ``making`` times as many as these merchants sell of them at rest and learn from more with a
    ``lag`` in days (infinite: never); ``effort``: log points of appeal that contestants work for, and ``prizes``:
    credit that they win (a mean over those who win and those who do not); ``anew``: the share of those for whom it
    stands who close today and open again as new shops, with ``anew_credit`` yuan of credit each.

    To the market: ``floor`` and ``festival_venue_share``: shares of exposure; ``festival``: utils on everything here;
    ``waiting`` and ``rival``: log points by which not buying and buying elsewhere weigh more today; ``visits``: more
    visits to rooms today; ``commerce_share``: of users' time, where the programme sets it; ``deals``: orders at
    ``deal_price`` yuan for buyers who are new; ``sourced`` and ``equipped``: streamers who begin to sell today with
    goods from the alliance and from a belt; of the ``sourced`` the share ``no_show`` stays away, each of which costs
    the platform its ``cover`` in yuan; ``brands``: brands that begin to sell today, ``brand_appeal`` utils above other
    newcomers; ``entrants`` as in Care; ``card_visits`` and ``card_cost``: visits and yuan that the collecting of cards
    brings and takes; ``cash_cost``: yuan that the platform spends today beside coupons, deals, cards and covers.
    """

    credit: np.ndarray | float = 0.0
    reduced_fee: np.ndarray | bool = False
    coaching: np.ndarray | float = 0.0
    discount: np.ndarray | float = 0.0
    boost: np.ndarray | float = 0.0
    scale: Scale | None = None
    platform_part: float = 1.0
    budget: float = inf
    entry_gain: float = 0.0
    floor: float = 0.0
    festival_venue_share: float = 0.0
    festival: float = 0.0
    waiting: float = 0.0
    rival: float = 0.0
    visits: float = 0.0
    commerce_share: float | None = None
    deals: float = 0.0
    deal_price: float = 0.0
    cash_cost: float = 0.0
    sourced: float = 0.0
    equipped: float = 0.0
    made: np.ndarray | float = 0.0
    making: float = inf
    lag: float = inf
    anew: np.ndarray | float = 0.0
    anew_credit: float = 0.0
    no_show: float = 0.0
    cover: float = 0.0
    brands: float = 0.0
    brand_appeal: float = 0.0
    effort: np.ndarray | float = 0.0
    prizes: np.ndarray | float = 0.0
    card_visits: float = 0.0
    card_cost: float = 0.0
    appeal: np.ndarray | float = 0.0
    fan_rate: np.ndarray | float = 0.0
    cost_cut: np.ndarray | float = 0.0
    entrants: float = 0.0
