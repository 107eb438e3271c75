"""What a programme can do to a market on one day. The engine knows these effects, never programmes."""

from collections.abc import Callable
from math import inf
from typing import Any, NamedTuple

import numpy as np

from kit.economics.fees import Scale
from kit.parameters.categories import Category

_EMPTY = np.zeros(0)
_UNLEARNED = np.zeros(len(Category))


def is_active(part: np.ndarray | float) -> bool:
    """Return whether a part of an effect can do anything: an array can, and a number other than zero."""
    return isinstance(part, np.ndarray) or bool(part)


def by_merchant(part: np.ndarray | float, rows: int) -> np.ndarray:
    """Return a part of an effect for the first ``rows`` merchants, as an array."""
    return np.ascontiguousarray(part[:rows], float) if isinstance(part, np.ndarray) else np.full(rows, float(part))


class Services(NamedTuple):
    """What service providers do for merchants by now: one element is one merchant (a mean over clients and others).

    ``appeal`` in log points; ``fan_rate``: relative increase in fans won; ``cost_cut``: share of its unit cost saved;
    ``entrants``: newcomers that providers bring, as a share of those who enter by themselves.
    """

    appeal: np.ndarray | float = 0.0
    fan_rate: np.ndarray | float = 0.0
    cost_cut: np.ndarray | float = 0.0
    entrants: float = 0.0

    def first(self, rows: int) -> "Services":
        """Return the services to the first ``rows`` merchants.

        >>> Services(appeal=np.array([0.1, 0.2]), entrants=0.03).first(1)
        Services(appeal=array([0.1]), fan_rate=0.0, cost_cut=0.0, entrants=0.03)
        """
        cut = (part[:rows].copy() if np.ndim(part) else part for part in (self.appeal, self.fan_rate, self.cost_cut))
        return Services(*cut, self.entrants)


NO_SERVICES = Services()


class Merchants(NamedTuple):
    """What a programme may know of merchants: one element is one merchant.

    ``entered``: days (datetime64[D]); ``self_built``: whether the shop is the platform's own kind; ``id``; ``weight``:
    real merchants that it stands for; ``tier``: see Tier; ``live``: share of days with a session; ``services`` of
    providers to it. Of its shop: ``in_plan``: whether the reduced fee applies; ``sold``: yuan settled since entry;
    ``sales_within``: a function of selected merchants (a truth value each) that returns the steady-state sales of those
    they stand for (yuan a day; part x merchant). Of its goods: ``category``; ``own_goods``: whether it finds them
    itself; ``equipped``: share of a row's streamers with goods from a belt; ``learned``: doublings of usual sales that
    belts have learned from, by category. ``kept``: results of ``once``.

    In a run these are all merchants, present and future; what a programme gives to future ones has no effect.
    """

    entered: np.ndarray
    self_built: np.ndarray
    id: np.ndarray = _EMPTY
    weight: np.ndarray = _EMPTY
    tier: np.ndarray = _EMPTY
    live: np.ndarray = _EMPTY
    services: Services = NO_SERVICES
    sales_within: Callable[[np.ndarray], np.ndarray] | None = None
    in_plan: np.ndarray = _EMPTY
    sold: np.ndarray = _EMPTY
    category: np.ndarray = _EMPTY
    own_goods: np.ndarray = _EMPTY
    equipped: np.ndarray = _EMPTY
    learned: np.ndarray = _UNLEARNED
    kept: dict | None = None

    @property
    def categories(self) -> np.ndarray:
        """The category of each merchant; the first one by default."""
        return self.category if self.category.size else np.zeros(self.entered.size, int)

    def once(self, make: Callable, *given) -> Any:
        """Return ``make(*given)``, computed once a run: for what is the same on all days.

        >>> two = Merchants(np.zeros(2, "datetime64[D]"), np.ones(2, bool), kept={})
        >>> two.once(sorted, [2, 1]), two.once(sorted, "not computed again")
        ([1, 2], [1, 2])
        """
        if self.kept is None:
            return make(*given)
        if make not in self.kept:
            self.kept[make] = make(*given)
        return self.kept[make]


class Effects(NamedTuple):
    """One programme's effects on one day. An array has one element a merchant; a scalar is the same for all.

    Never write to an array once returned: the engine takes the same array for the same numbers.

    To merchants: ``credit``: promotion credit granted today (yuan at face); ``reduced_fee``: whether the fee ``scale``
    applies from today on; ``coaching``: hours of advice begun today; ``discount``: share of the list price
    off today, of which the platform pays ``platform_part``, at most ``budget`` yuan a day; ``boost``: log points of
    public exposure; ``entry_gain``: expected gain of an entrant, as a share of its profit otherwise; ``appeal``,
    ``fan_rate`` and ``cost_cut`` as in Services; ``belt_share``: share of its goods that come from belts, with their
    ``capacity`` as a multiple of steady-state sales of these goods, and the ``lag`` of their learning in days (or
    infinite); ``effort``: log points of appeal by contestants, and ``prizes``: credit that they win (a mean over all);
    ``reregistered``: share of its shops that register again today as new ones, with ``reregistered_credit`` yuan each.

    To the market: ``floor`` and ``festival_venue_share``: shares of exposure; ``festival``: utils on everything here;
    ``waiting`` and ``rival``: log points on the weights of not buying and of buying elsewhere; ``visits``: additional
    visits to rooms; ``commerce_share``: of users' time, where the programme sets it; ``deals``: orders at
    ``deal_price`` yuan for new buyers; ``sourced`` and ``equipped``: streamers who begin to sell today with goods from
    the alliance and from a belt; of the ``sourced`` the share ``no_show`` stays away, at a ``cover`` of so many yuan
    each; ``brands``: brands that begin to sell today, ``brand_appeal`` utils above other newcomers; ``entrants`` as in
    Services; ``card_visits`` and ``card_cost``: visits and yuan due to the collecting of cards; ``cash_cost``: other
    yuan that the platform spends today.
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
    belt_share: np.ndarray | float = 0.0
    capacity: float = inf
    lag: float = inf
    reregistered: np.ndarray | float = 0.0
    reregistered_credit: float = 0.0
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
