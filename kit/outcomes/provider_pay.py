"""Paying providers, in the simulator: the review's card, who survives, who earns what, and growth net of selection."""

import numpy as np
import pandas as pd

from kit.analysis.outcome import Outcome, outcome
from kit.analysis.provider_metrics import providers, summary
from kit.economics.effort import threshold_effort
from kit.outcomes.provider_reviews import badge_worth
from kit.outcomes.provider_runs import LONG, PAYS, YEAR, by_pay, plan_of, ran
from kit.parameters.levers import Levers
from kit.policies.policy import Policy
from kit.simulator.population import CATEGORIES
from kit.simulator.providers.admission import ROLES, usual_noise
from kit.simulator.providers.records import ProviderRecords
from kit.simulator.providers.review import gain_mark

VERDICTS = ("gained", "kept", "lost", "none", "unjudged", "out")
HARDLY = 0.25  # of the mean effort at the lowest bar: who makes less hardly tries
MARKS = (0.5, 0.4, 0.3, 0.2, 0.12, 0.07, 0.05)  # shares who reach the mark without effort: from a low bar to a high one


def reviewed(records: ProviderRecords) -> pd.DataFrame:
    """Return the reviews of a run with what each says: as kit.analysis.provider_metrics.providers, and ``verdict``.

    gained, kept, lost: the badge; none: without one before and after; unjudged: too few merchants in care; out: gone
    at this review or since the last, with the caseload of the review before. Who was gone before has no row.
    ``score`` is there for all who were reviewed, those who had to go for it too. ``tier_before`` as before it.
    """
    table = providers(records)
    before = table.groupby("provider")
    there = before["alive"].shift(fill_value=True)
    solvent = table["provider_cash"] >= 0  # who ran out of money was gone before
    table["score"] = np.where(solvent, np.concatenate([review.score for review in records.reviews]), np.nan)
    table["caseload"] = table["caseload"].where(table["alive"], before["caseload"].shift())
    table["tier_before"] = before["tier_rank"].shift(fill_value=1)
    judged = table["caseload"] >= records.plan.caseload_floor
    had, has = table["badge_before"], table["badge"]
    said = [~table["alive"], ~judged, had & has, had, has]
    table["verdict"] = np.select(said, ["out", "unjudged", "kept", "lost", "gained"], "none")
    return table[there].reset_index(drop=True)


def review_card(policy: Policy, assume: Levers, quarter: int = 1) -> pd.DataFrame:
    """Return one review's card of some of each role: who narrowly won, kept or lost a badge, who had to go.

    One row is a provider: ``role``, ``category``, ``caseload`` (merchants), ``score`` (standard scores),
    ``badge_before``, ``badge``, ``tier_before``, ``tier_rank`` (1 is the lowest), ``verdict``.
    """
    table = reviewed(ran(plan_of(policy), assume, YEAR))
    now = table[(table["quarter"] == quarter) & table["score"].notna()].sort_values("score", kind="stable")
    parts = []
    for role in ROLES:
        for verdict, nearest in (("gained", 0), ("kept", 0), ("lost", -1), ("out", -1)):
            alike = now[(now["role"] == role) & (now["verdict"] == verdict)]
            parts.append(alike.iloc[[nearest]] if len(alike) else alike)
    columns = ["role", "category", "caseload", "score", "badge_before", "badge", "tier_before", "tier_rank", "verdict"]
    return pd.concat(parts, ignore_index=True)[columns]


@outcome
def verdicts(policy: Policy, assume: Levers) -> Outcome:
    """Return what the last review of the first year says: one row is (verdict, provider), a role, ``providers``
    their number."""
    records = ran(plan_of(policy), assume, YEAR)
    table = reviewed(records)
    last = table[table["quarter"] == table["quarter"].max()]
    counts = pd.crosstab(last["verdict"], last["role"]).reindex(index=VERDICTS, columns=ROLES, fill_value=0)
    end = summary(records).iloc[-1]
    finding = {name: (float(counts.loc[name].sum()), "providers") for name in VERDICTS}
    finding |= {
        "there": (float(end["providers"]), "providers"),
        "badged": (_whole(end["badged"]), "share"),
        "precision": (_whole(end["precision"]), "share"),
        "recall": (_whole(end["recall"]), "share"),
        "effort": (_whole(end["effort"]), "standard scores"),
    }
    rows = [(name, role, float(counts.loc[name, role])) for name in VERDICTS for role in ROLES]
    return pd.DataFrame(rows, columns=["verdict", "provider", "providers"]), finding


@outcome
def survivors(policy: Policy, assume: Levers) -> Outcome:
    """Return who is still there after a year and a half, by what their clients sell and under each way of paying.

    One row is (category, pay): ``share`` of the providers who started (0 to 1).
    """
    runs = by_pay(policy, assume, LONG)
    there = {pay: records.reviews[-1].alive for pay, records in runs.items()}
    finding = {pay: (float(alive.mean()), "share") for pay, alive in there.items()}
    firms = {pay: records.firms for pay, records in runs.items()}
    rows = []
    for k, category in enumerate(CATEGORIES):
        for pay in PAYS:
            share = _mean(there[pay], firms[pay].category == k)
            rows.append((category, pay, share))
            finding[f"{category}_{pay}"] = (share, "share")
    for pay in PAYS:
        finding[f"weak_{pay}"] = (_mean(there[pay], firms[pay].ability < 0), "share")
        finding[f"strong_{pay}"] = (_mean(there[pay], firms[pay].ability >= 0), "share")
    finding["months"] = (float(LONG), "months")
    return pd.DataFrame(rows, columns=["category", "pay", "share"]), finding


@outcome
def incomes(policy: Policy, assume: Levers) -> Outcome:
    """Return what providers are paid a month, by role and way of paying, between the first two reviews.

    One row is (provider, pay), a role: ``monthly`` in yuan, of those who are there at the review (0 where none is).
    """
    runs = by_pay(policy, assume, round(plan_of(policy).review_months))
    rows, finding = [], {}
    for r, role in enumerate(ROLES):
        for pay, records in runs.items():
            review = records.reviews[1]
            income = _mean(review.income, review.alive & (records.firms.role == r)) / review.month
            rows.append((role, pay, income))
            finding[f"{role}_{pay}"] = (income, "yuan")
    cost = assume.provider_fixed_cost + assume.client_cost * assume.provider_clients
    finding["cost"] = (cost, "yuan")
    return pd.DataFrame(rows, columns=["provider", "pay", "monthly"]), finding


@outcome
def growth(policy: Policy, assume: Levers) -> Outcome:
    """Return how far merchants in care outgrow the others, and how much of that is care, under each way of paying.

    One row is (pay, growth): measured or net (of those who join because they grow anyway), ``outgrown``: more sales
    since the last review, as a share, mean over the reviews of the first year, weighted by clients at each.
    """
    runs = by_pay(policy, assume, YEAR)
    rows, finding = [], {}
    for pay, records in runs.items():
        table = summary(records)
        measured, net = (_whole(np.expm1(table[f"growth_{kind}"].iloc[1:].mean())) for kind in ("measured", "net"))
        rows += [(pay, "measured", measured), (pay, "net", net)]
        finding |= {f"measured_{pay}": (measured, "share"), f"net_{pay}": (net, "share")}
    now = plan_of(policy).pay
    finding |= {name: finding[f"{name}_{now}"] for name in ("measured", "net")}
    measured, net = finding["measured"][0], finding["net"][0]
    finding["real"] = (net / measured if measured > 0 else 0.0, "share")
    return pd.DataFrame(rows, columns=["pay", "kind", "outgrown"]), finding


@outcome
def ledger(policy: Policy, assume: Levers) -> Outcome:
    """Return what each way of paying comes to after a year and a half: one row is a ``pay``.

    ``survivors`` and ``badged`` (of those still there, 0 to 1), ``precision`` (badges that name a good provider),
    ``effort`` in standard scores, ``in_care`` (merchants at the end), ``recruits`` and ``hosts`` so far, ``net``
    (growth by care, mean of all reviews, as a share) and ``bill`` (all pay, in yuan).
    """
    runs = by_pay(policy, assume, LONG)
    rows = []
    for pay, records in runs.items():
        table, reviews = summary(records), records.reviews
        end = table.iloc[-1]
        row = {"pay": pay, "survivors": end["providers"] / records.firms.id.size}
        row |= {name: end[name] for name in ("badged", "precision", "effort")}
        bill, recruits, hosts = (
            float(sum(getattr(review, what).sum() for review in reviews))
            for what in ("income", "recruits", "incubated")
        )
        row |= {"in_care": float((reviews[-1].caseload * reviews[-1].alive).sum()), "recruits": recruits}
        row |= {"hosts": hosts, "net": float(np.expm1(table["growth_net"].iloc[1:].mean())), "bill": bill}
        rows.append(row)
    units = {"survivors": "share", "badged": "share", "precision": "share", "bill": "yuan", "in_care": "merchants"}
    finding = {f"{name}_{row['pay']}": (row[name], unit) for row in rows for name, unit in units.items()}
    return pd.DataFrame(rows), finding


@outcome
def bar_in_market(policy: Policy, assume: Levers) -> Outcome:
    """Return the effort that a bar calls forth from one middling provider (O19) and from all of them in the simulator.

    One row is (mark, who): ``mark`` for winning a badge, the same for keeping it, and ``effort``, in standard scores;
    ``who`` is alone (closed form, usual caseload) or all (the mean after two reviews). ``stopped_*`` in the finding:
    the share who make less than a quarter of the mean effort at the lowest bar.
    """
    plan = plan_of(policy).but({"providers.marks": "equal"})
    plans = [plan.but({"providers.gain_bar": share}) for share in MARKS]
    at = [gain_mark(each, assume, frozenset()) + 0.0 for each in plans]  # no -0
    fine = np.linspace(at[0], at[-1], 61)
    worth, cost = badge_worth(plan, assume), assume.effort_cost * plan.review_months / 3
    alone = threshold_effort(fine, worth, cost, usual_noise(assume))
    runs = {n: ran(each, assume, 2 * round(plan.review_months)) for n, each in enumerate(plans)}
    efforts = [run.reviews[-1].effort[run.reviews[-1].alive] for run in runs.values()]
    mean_effort = [_mean(each, each >= 0) for each in efforts]
    stopped = [_mean(each < HARDLY * mean_effort[0], each >= 0) for each in (efforts[0], efforts[-1])]
    finding = {
        "lowest": (at[0], "standard scores"),
        "highest": (at[-1], "standard scores"),
        "alone_lowest": (float(alone[0]), "standard scores"),
        "alone_highest": (float(alone[-1]), "standard scores"),
        "all_lowest": (mean_effort[0], "standard scores"),
        "all_highest": (mean_effort[-1], "standard scores"),
        "stopped_lowest": (stopped[0], "share"),
        "stopped_highest": (stopped[1], "share"),
    }
    rows = {"mark": [*fine, *at], "who": ["alone"] * len(fine) + ["all"] * len(at), "effort": [*alone, *mean_effort]}
    return rows, finding


def _mean(what: np.ndarray, of: np.ndarray) -> float:
    return float(what[of].mean()) if of.any() else 0.0


def _whole(number: float) -> float:
    """Return a share of none as 0: a chart has no place for what is not there."""
    return float(number) if np.isfinite(number) else 0.0
