"""The small market on which lessons run the providers: opened and run once for each setting."""

from collections import deque
from functools import lru_cache

from kit.parameters.levers import Levers
from kit.policies.policy import Policy
from kit.policies.programmes.providers import Providers
from kit.simulator.providers.records import ProviderRecords
from kit.simulator.providers.run import simulate_providers
from kit.simulator.steady_state import Market, open_market

MERCHANTS = 300  # providers ask a market for its mean sales, tiers and growth only: no more than that moves them
PAYS = ("per_head", "gmv_share", "on_score")
YEAR, LONG = 12, 18  # months


_opened: deque[tuple[dict, Market]] = deque(maxlen=4)  # the markets, each with the assumptions that it was opened by


def ground(assume: Levers) -> Market:
    """Return the market under some assumptions; it notes by itself which of them are read from here on.

    A market is opened anew only where an assumption differs that opening it read: most of the providers' do not.
    """
    for read, market in _opened:
        if all(getattr(assume, name) == value for name, value in read.items()):
            return market._replace(assume=market.assume.fork(assume))
    market = open_market(MERCHANTS, assume=assume)
    _opened.append(({name: getattr(assume, name) for name in market.assume.names_read()}, market))
    return market._replace(assume=market.assume.fork())


@lru_cache(maxsize=32)
def ran(plan: Providers, assume: Levers, months: int) -> ProviderRecords:
    """Return the run of a provider plan over some months; the same setting is run once.

    >>> from kit.parameters.sourced import assumptions
    >>> one = ran(Providers(), assumptions(), 6)
    >>> one is ran(Providers(), assumptions(), 6), len(one.reviews)
    (True, 3)
    """
    return simulate_providers(ground(assume), plan, months)


def by_pay(policy: Policy, assume: Levers, months: int) -> dict[str, ProviderRecords]:
    """Return the runs of a policy's provider plan under each way of paying, in the order of PAYS."""
    plan = policy.programme("providers")
    return {pay: ran(plan.but({"providers.pay": pay}), assume, months) for pay in PAYS}
