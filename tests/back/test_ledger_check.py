"""The model's alliance orders, settled one by one in cents, come to the model's own sums."""

import numpy as np
import pandas as pd
import pytest
from reconciliation import reconcile, settle_sampled
from trial_programme import NOTHING, coupon, market

from kit.parameters.categories import ShopKind
from kit.parameters.sourced import value
from kit.policies.policy import policy
from kit.settlement.entitlements import Rates
from kit.simulator.records import Records
from kit.simulator.run import simulate
from kit.text import LANGUAGES, Refusal, speaking

RATES = Rates(
    commission=round(1000 * value("alliance.commission")),
    service=round(1000 * value("alliance.platform_cut")),
    leader=round(1000 * value("alliance.leader_fee")),
)
SMALL = (2, 3)


def through_the_ledger(records: Records, rates: Rates, tiers: tuple[int, ...] = (0, 1, 2, 3)) -> pd.DataFrame:
    """Settle every alliance order of a sampled day in cents, and set the sums against the model's floats.

    ``records`` are of one sampled day without coupons; ``rates`` per mille; ``tiers`` narrows the merchants down. One
    row is an account, as ``reconcile`` gives it: prices of the model are not whole cents, so half a cent an order is
    left to them beside the rounding of the ledger.
    """
    if records.how.draws != "sampled" or records.days != 1 or records.metric("subsidy").any():
        raise Refusal("ledger_day", days=records.days, draws=records.how.draws)
    traits, state = records.market.traits, records.state
    here = (traits.kind == ShopKind.ALLIANCE) & (traits.weight > 0) & np.isin(traits.tier, tiers)
    price, sold = traits.price[here], np.rint(state.gmv[here] / traits.price[here] * traits.weight[here])
    kept = np.rint(state.pending[0, here] / price).astype(np.int64)
    orders = np.stack([kept, sold.astype(np.int64) - kept])
    cents = np.rint(100 * price).astype(np.int64)
    posted = settle_sampled(
        np.repeat(np.tile(cents, 2), orders.ravel()), np.repeat([False, True], orders.sum(1)), rates
    )
    settled = float(kept @ price)
    commission = settled * rates.commission / 1000
    floats = {
        "promoter": commission * (1 - rates.service / 1000),
        "leader": settled * rates.leader / 1000,
        "platform_fee": settled * rates.tech / 1000 + commission * rates.service / 1000,
    }
    apart = float(kept @ np.abs(price - cents / 100))
    return reconcile(posted, floats, int(kept.sum()), apart)


def a_day(seed: int = 1, plan=NOTHING):
    return simulate(market(), plan, days=1, draws="sampled", seed=seed)


@pytest.mark.parametrize("seed", [1, 2])
def test_sessions_settle_to_the_sums_of_the_model(seed):
    table = through_the_ledger(a_day(seed), RATES, SMALL)
    assert table["holds"].all(), table
    assert (table["posted"] > 1e5).all()
    # Shares are rounded down to the cent: most is lost, for its size, on the leader's share of a cheap order.
    assert (table["posted"] / table["model"]).between(0.99, 1).all()


def test_a_commission_that_the_ledger_does_not_know_does_not_reconcile():
    dearer = Rates(commission=RATES.commission + 2, service=RATES.service, leader=RATES.leader)
    posted = through_the_ledger(a_day(), RATES, SMALL).set_index("account")
    other = through_the_ledger(a_day(), dearer, SMALL).set_index("account")
    apart = other.loc["promoter", "posted"] - posted.loc["promoter", "model"]
    assert not posted.loc["promoter", "least"] <= apart <= posted.loc["promoter", "most"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ledger_takes_one_sampled_day(lang):
    wrong = [
        simulate(market(), NOTHING, days=2, draws="sampled"),
        simulate(market(), NOTHING, days=1),
        a_day(plan=coupon()),
    ]
    for records in wrong:
        with speaking(lang), pytest.raises(Refusal, match=r"sampled|抽样"):
            through_the_ledger(records, RATES)


def test_the_alliance_brings_sellers_with_goods_and_their_commission():
    with_it, without_it = (simulate(market(), plan) for plan in (policy("alliance"), NOTHING))
    assert with_it.metric("merchants")[-1] > without_it.metric("merchants")[-1]
    assert with_it.metric("commission").sum() > without_it.metric("commission").sum()
    begun = (policy("alliance").programme("alliance").start - policy("ten_billion").programme("ten_billion").start).days
    assert (with_it.metric("merchants")[:begun] == without_it.metric("merchants")[:begun]).all()
