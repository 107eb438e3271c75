"""Metrics of the providers: how good each is found to be at each review, and what badges are worth."""

import numpy as np
import pandas as pd

from kit.analysis.outcome import in_unit
from kit.economics.trust import genuine_share, good_if_plaque
from kit.numerics.special import normal_quantile
from kit.simulator.population import CATEGORIES
from kit.simulator.providers.admission import ROLES
from kit.simulator.providers.provider_records import ProviderRecords, Review
from kit.simulator.providers.services import selection


def providers(records: ProviderRecords) -> pd.DataFrame:
    """Return the reviews of a run: one row is a (quarter, provider); quarter 0 opens the programme.

    Columns: ``quarter`` (the review's number), ``date``, ``provider``, ``role``, ``category``; ``caseload`` in
    merchants; ``ability``, ``effort`` and ``score`` in standard scores (a score as it is read; none of those who left);
    ``good`` (see ``is_good``); ``badge_before``, ``badge``, ``plaque`` (what is on the wall); ``tier_rank`` (1 is the
    lowest); ``trust`` 0 to 1; ``income`` in yuan, ``recruits``, ``incubated`` (hosts) and ``growth`` (log points of
    clients' sales) since the last review; ``provider_cash`` in yuan; ``alive``.
    """
    firms, parts = records.firms, []
    for number, review in enumerate(records.reviews):
        known = {
            "quarter": number,
            "date": pd.Timestamp(records.date(review.month)),
            "provider": firms.id,
            "role": np.array(ROLES)[firms.role],
            "category": np.array(CATEGORIES)[firms.category],
            "caseload": review.caseload,
            "ability": firms.ability,
            "effort": review.effort,
            "score": np.where(review.alive, review.score, np.nan),
            "good": is_good(records),
            "badge_before": review.before,
            "badge": review.badge,
            "plaque": review.plaque,
            "tier_rank": review.tier + 1,
            **{name: getattr(review, name) for name in ("trust", "income", "recruits", "incubated", "growth")},
            "provider_cash": review.cash,
            "alive": review.alive,
        }
        parts.append(pd.DataFrame(known))
    return pd.concat(parts, ignore_index=True)


def summary(records: ProviderRecords) -> pd.DataFrame:
    """Return what the reviews come to: one row is a review (``quarter``), over the providers that are still there.

    Columns, shares 0 to 1 where nothing is said: ``providers`` and of each role (``training`` ...); ``badged``;
    ``precision`` (badges that name a good provider) and ``recall`` (good providers with a badge); ``churn`` (badges
    lost at the review); ``genuine`` and ``good_if_plaque`` (what a plaque that is believed tells, O24); ``effort`` and
    ``score_gap`` (score less ability and effort, of those with a badge) in standard scores; ``growth_measured``
    (clients above other merchants) and ``growth_net`` (by care) in log points since the last review; ``trust``. The
    finding holds the last review's.

    >>> from kit.simulator.steady_state import open_market
    >>> from kit.simulator.providers.run import simulate_providers
    >>> from kit.policies.programmes.providers import Providers
    >>> table = summary(simulate_providers(open_market(300), Providers(), months=6))
    >>> len(table), bool((table["growth_measured"] > table["growth_net"]).all())
    (3, True)
    """
    rows = [_row(number, records, review) for number, review in enumerate(records.reviews)]
    last = rows[-1]
    finding = in_unit("share", **{name: last[name] for name in ("precision", "recall", "churn", "trust")})
    finding |= in_unit("share", survivors=last["providers"] / records.firms.id.size)
    finding |= in_unit("standard scores", effort=last["effort"], score_gap=last["score_gap"])
    finding |= in_unit("log points", growth_measured=last["growth_measured"], growth_net=last["growth_net"])
    table = pd.DataFrame(rows)
    table.attrs = {"finding": finding, "rests_on": records.rests_on}
    return table


def is_good(records: ProviderRecords) -> np.ndarray:
    """Return who deserves a badge: whose true ability is among the best ``gain_bar`` of all who could be one."""
    bar = -normal_quantile(records.plan.gain_bar)
    return records.firms.ability >= records.market.assume.provider_ability_sd * bar


def _row(number: int, records: ProviderRecords, review: Review) -> dict:
    firms, there, badge = records.firms, review.alive, review.badge
    good, caseload = is_good(records), review.caseload * review.alive
    held = review.before & there
    precision, elsewhere = _mean(good, badge), _mean(good, there & ~badge)
    plaques = review.plaque.sum()
    fake = float((review.plaque & ~badge).sum() / plaques) if plaques else 0.0
    genuine = genuine_share(fake, records.lookup) if plaques else float("nan")
    net = float(caseload @ review.growth / caseload.sum()) if caseload.sum() else float("nan")
    # A plaque says nothing where none holds a badge, or all.
    believed = good_if_plaque(precision, elsewhere, genuine) if badge.any() and (there & ~badge).any() else float("nan")
    return {
        "quarter": number,
        "date": pd.Timestamp(records.date(review.month)),
        "providers": int(there.sum()),
        **{name: int((there & (firms.role == r)).sum()) for r, name in enumerate(ROLES)},
        "badged": _mean(badge, there),
        "precision": precision,
        "recall": _mean(badge, there & good),
        "churn": 1 - _mean(badge, held),
        "genuine": genuine,
        "good_if_plaque": believed,
        "effort": _mean(review.effort, there),
        "score_gap": _mean(review.score - firms.ability - review.effort, badge),
        "growth_measured": net + selection(records.clients, records.market.traits),
        "growth_net": net,
        "trust": _mean(review.trust, there),
    }


def _mean(what: np.ndarray, of: np.ndarray) -> float:
    return float(what[of].mean()) if of.any() else float("nan")
