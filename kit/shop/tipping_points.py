"""What a plan turns on: the number that, moved alone and least, makes a programme's gain a loss, or its loss a gain."""

import numpy as np
import pandas as pd

from kit.analysis.sensitivity import zeros
from kit.outcomes.own_shop import Shop
from kit.parameters.levers import Levers
from kit.policies.policy import Policy
from kit.shop.offers import PROGRAMMES, Offer, offers

OWN = ("shop.price", "shop.margin", "shop.return_rate")
DECIDED = (
    *("offer.discount", "offer.deal_price", "offer.commission", "offer.leader_fee"),
    *("offer.promoted", "offer.infra_marginal_share"),
)
FARTHEST = 0.5  # by which share of itself one of the shop's own numbers is moved: beyond, it is another shop
STEPS = 4  # between a number as it is and the end of its range: what turns twice between two steps is not seen
TOLERANCE = 1e-9  # of the way to the end of the range


def tipping_points(
    policy: Policy, shop: Shop, offer: Offer, assume: Levers, known: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return where programmes turn from a gain to a loss or back, one number moved at a time within its range.

    One row is a programme (``offered``) and a ``lever``, the least move first: ``gain`` in yuan as things stand,
    ``now`` and ``at`` in the lever's ``unit``, ``change`` = at / now - 1 (inf where now is zero), and ``to``: loss or
    gain beyond ``at``. Moved are the assumptions behind the offers (but those in ``known``), what the merchant
    decides, and by up to a half the shop's price, margin and return rate.
    """
    start = offers(policy, shop, offer, assume)
    gains = start["gain"].to_numpy()
    subjects = {"shop": shop, "offer": offer, "assume": assume}
    resting = [f"assume.{name}" for name in start.attrs["rests_on"] if name not in known]
    rows = []
    for name in (*resting, *OWN, *DECIDED):
        group, _, field = name.partition(".")
        subject, lever = subjects[group], subjects[group].levers()[name]
        now = float(getattr(subject, field))

        def at(value: float, group=group, field=field, subject=subject) -> np.ndarray:
            moved = subjects | {group: subject.model_copy(update={field: value})}
            return offers(policy, moved["shop"], moved["offer"], moved["assume"])["gain"].to_numpy()

        low, high = float(lever.low), float(lever.high)
        if name in OWN:
            low, high = max(low, (1 - FARTHEST) * now), min(high, (1 + FARTHEST) * now)
        for end in (low, high):
            places = zeros(at, now, end, STEPS, TOLERANCE, known={now: gains})
            for programme, gain, place in zip(PROGRAMMES, gains, places, strict=True):
                if not np.isnan(place):
                    change, to = place / now - 1 if now else np.inf, "loss" if gain > 0 else "gain"
                    rows.append((programme, gain, name, lever.unit, now, place, change, to))
    columns = ("offered", "gain", "lever", "unit", "now", "at", "change", "to")
    return pd.DataFrame(rows, columns=columns).sort_values("change", key=abs, kind="stable", ignore_index=True)
