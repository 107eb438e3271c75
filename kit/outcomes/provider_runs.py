"""The small market on which lessons run the providers: opened and run once for each setting."""

from collections import deque

from kit.parameters.levers import Levers, ReadRecorder, bare
from kit.parameters.reads import note, remember, unrecorded
from kit.policies.policy import Policy
from kit.policies.programmes.providers import Providers
from kit.simulator.providers.provider_records import ProviderRecords
from kit.simulator.providers.run import simulate_providers
from kit.simulator.steady_state import Market, open_market

MERCHANTS = 300  # providers ask a market for its mean sales, tiers and growth only: no more than that moves them
PAYS = ("per_head", "gmv_share", "on_score")
YEAR, LONG = 12, 18  # months
# All of what opens a market that moves its mean sales.
SALES = ("order_value", "merchant_size_sd", "price_log_sd", "return_quality")
SALES += tuple(f"{what}_{division}" for what in ("price", "return") for division in ("apparel", "premium", "home"))
ANNOUNCED = ("A15", "A18", "A22", "A23", "A24", "A25", "A26", "A27", "A34")  # what is announced of the programme


_opened: deque[tuple[dict, Market]] = deque(maxlen=4)  # the markets, each with the assumptions that it was opened by


def ground(assume: Levers) -> Market:
    """Return the market under some assumptions; it notes by itself which of them are read from here on.

    A market is opened again only where an assumption differs that opening it read: most of the providers' do not.
    """
    assume = bare(assume)
    for read, market in _opened:
        if all(getattr(assume, name) == value for name, value in read.items()):
            return market._replace(assume=market.assume.fork(assume))
    with unrecorded():
        market = open_market(MERCHANTS, assume=assume)
    _opened.append(({name: getattr(assume, name) for name in market.assume.names_read()}, market))
    return market._replace(assume=market.assume.fork())


def plan_of(policy: Policy) -> Providers:
    """Return the levers of a policy's provider programme, which note that they are read."""
    note(*ANNOUNCED)
    return ReadRecorder(policy.programme("providers"))


def ran(plan: Providers, assume: Levers, months: int) -> ProviderRecords:
    """Return the run of a provider plan over some months; the same setting is run once.

    >>> from kit.parameters.sourced import assumptions
    >>> one = ran(Providers(), assumptions(), 6)
    >>> one is ran(Providers(), assumptions(), 6), len(one.reviews)
    (True, 3)
    """
    return _ran(bare(plan), bare(assume), months)


@remember(maxsize=32)
def _ran(plan: Providers, assume: Levers, months: int) -> ProviderRecords:
    records = simulate_providers(ground(assume), plan, months)
    note(*records.rests_on, *(name for lever in plan.levers().values() for name in lever.start), simulated=True)
    return records


def by_pay(policy: Policy, assume: Levers, months: int) -> dict[str, ProviderRecords]:
    """Return the runs of a policy's provider plan under each way of paying, in the order of PAYS."""
    plan = plan_of(policy)
    return {pay: ran(plan.but({"providers.pay": pay}), assume, months) for pay in PAYS}
