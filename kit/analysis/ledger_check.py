"""The model and the ledger: a day's sampled sessions settled order by order, and held against the model's sums."""

import numpy as np
import pandas as pd

from kit.parameters.categories import ShopKind
from kit.settlement.batch import reconcile, settle_sampled
from kit.settlement.entitlements import Rates
from kit.simulator.records import Records
from kit.text import Refusal


def through_the_ledger(records: Records, rates: Rates, tiers: tuple[int, ...] = (0, 1, 2, 3)) -> pd.DataFrame:
    """Settle every alliance order of a sampled day in cents, and set the sums against the model's floats.

    ``records`` are of one sampled day without coupons; ``rates`` per mille; ``tiers`` narrows the merchants down. One
    row is an account, as ``reconcile`` gives it: prices of the model are not whole cents, so half a cent an order is
    left to them beside the rounding of the ledger.
    """
    if records.draws != "sampled" or records.days != 1 or records.metric("subsidy").any():
        raise Refusal("ledger_day", days=records.days, draws=records.draws)
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
