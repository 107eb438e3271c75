"""Paying providers, in the simulator: the review's card, who survives, who earns what, and growth net of selection."""

import numpy as np
import pandas as pd

from kit.analysis.outcome import Outcome, in_unit, outcome
from kit.analysis.provider_metrics import providers, summary
from kit.economics.effort import threshold_effort
from kit.outcomes.provider_reviews import badge_worth
from kit.outcomes.provider_runs import LONG, PAYS, YEAR, by_pay, plan_of, ran
from kit.parameters.levers import Levers
from kit.policies.policy import Policy
from kit.simulator.population import CATEGORIES
from kit.simulator.providers.admission import ROLES, usual_noise
from kit.simulator.providers.provider_records import ProviderRecords
from kit.simulator.providers.review import gain_mark

VERDICTS = ("gained", "kept", "lost", "none", "unjudged", "out")
HARDLY = 0.25  # of the mean effort at the lowest bar: who makes less hardly tries
MARKS = (0.5, 0.4, 0.3, 0.2, 0.12, 0.07, 0.05)  # shares who reach the mark without effort: from a low bar to a high one


def reviewed(records: ProviderRecords) -> pd.DataFrame:
    """Return kit.analysis.provider_metrics.providers with ``tier_before`` and the ``verdict`` of each review.

    gained, kept, lost: the badge; none: without one before and after; unjudged: too few merchants in care; out: gone
    at this review or since the last, with the caseload and the score of the last one. Those gone before have no row.
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
        for verdict in ("gained", "kept", "lost", "out"):
            alike = now[(now["role"] == role) & (now["verdict"] == verdict)]
            parts.append(alike.head(1) if verdict in ("gained", "kept") else alike.tail(1))
    columns = ["role", "category", "caseload", "score", "badge_before", "badge", "tier_before", "tier_rank", "verdict"]
    return pd.concat(parts, ignore_index=True)[columns]


@outcome
def verdicts(policy: Policy, assume: Levers) -> Outcome:
    """Return the number of ``providers`` by ``verdict`` of the first year's last review and by role (``provider``)."""
    records = ran(plan_of(policy), assume, YEAR)
    table = reviewed(records)
    last = table[table["quarter"] == table["quarter"].max()]
    counts = pd.crosstab(last["verdict"], last["role"]).reindex(index=VERDICTS, columns=ROLES, fill_value=0)
    end = summary(records).iloc[-1]
    finding = in_unit("providers", **counts.sum(axis=1), there=end["providers"])
    finding |= in_unit("share", **{name: _whole(end[name]) for name in ("badged", "precision", "recall")})
    finding |= in_unit("standard scores", effort=_whole(end["effort"]))
    rows = [(name, role, float(counts.loc[name, role])) for name in VERDICTS for role in ROLES]
    return pd.DataFrame(rows, columns=["verdict", "provider", "providers"]), finding


@outcome
def survivors(policy: Policy, assume: Levers) -> Outcome:
    """Return the ``share`` of providers (0 to 1) who survive a year and a half: one row is (category, pay)."""
    runs = by_pay(policy, assume, LONG)
    there = {pay: records.reviews[-1].alive for pay, records in runs.items()}
    firms = {pay: records.firms for pay, records in runs.items()}
    rows = [
        (category, pay, _mean(there[pay], firms[pay].category == k))
        for k, category in enumerate(CATEGORIES)
        for pay in PAYS
    ]
    shares = {f"{category}_{pay}": share for category, pay, share in rows}
    for pay in PAYS:
        shares[f"weak_{pay}"] = _mean(there[pay], firms[pay].ability < 0)
        shares[f"strong_{pay}"] = _mean(there[pay], firms[pay].ability >= 0)
        shares[pay] = there[pay].mean()
    finding = in_unit("share", **shares) | in_unit("months", months=LONG)
    return pd.DataFrame(rows, columns=["category", "pay", "share"]), finding


@outcome
def incomes(policy: Policy, assume: Levers) -> Outcome:
    """Return what providers are paid a month between the first two reviews: one row is (provider, pay).

    ``provider`` is a role, ``monthly`` in yuan, of those who are there at the review (0 where none is).
    """
    runs = by_pay(policy, assume, round(plan_of(policy).review_months))
    rows = []
    for r, role in enumerate(ROLES):
        for pay, records in runs.items():
            review = records.reviews[1]
            income = _mean(review.income, review.alive & (records.firms.role == r)) / review.month
            rows.append((role, pay, income))
    cost = assume.provider_fixed_cost + assume.client_cost * assume.provider_clients
    finding = in_unit("yuan", cost=cost, **{f"{role}_{pay}": income for role, pay, income in rows})
    return pd.DataFrame(rows, columns=["provider", "pay", "monthly"]), finding


@outcome
def growth(policy: Policy, assume: Levers) -> Outcome:
    """Return how far merchants in care outgrow the others, and how much of that is care, under each way of paying.

    One row is (pay, kind): measured or net (of those who join because they grow anyway); ``outgrown``: more sales since
    the last review, as a share, mean over the reviews of the first year, weighted by clients at each.
    """
    runs = by_pay(policy, assume, YEAR)
    tables = {pay: summary(records) for pay, records in runs.items()}
    grown = {
        (pay, kind): _whole(np.expm1(table[f"growth_{kind}"].iloc[1:].mean()))
        for pay, table in tables.items()
        for kind in ("measured", "net")
    }
    now = plan_of(policy).pay
    measured, net = grown[now, "measured"], grown[now, "net"]
    finding = in_unit("share", **{f"{kind}_{pay}": share for (pay, kind), share in grown.items()})
    finding |= in_unit("share", measured=measured, net=net, real=net / measured if measured > 0 else 0.0)
    rows = [(*key, share) for key, share in grown.items()]
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
        end, last = table.iloc[-1], reviews[-1]
        row = {"pay": pay, "survivors": end["providers"] / records.firms.id.size}
        row |= {name: end[name] for name in ("badged", "precision", "effort")}
        row["in_care"] = float((last.caseload * last.alive).sum())
        row["recruits"] = float(sum(review.recruits.sum() for review in reviews))
        row["hosts"] = float(sum(review.incubated.sum() for review in reviews))
        row["net"] = float(np.expm1(table["growth_net"].iloc[1:].mean()))
        row["bill"] = float(sum(review.income.sum() for review in reviews))
        rows.append(row)
    units = {"survivors": "share", "badged": "share", "precision": "share", "bill": "yuan", "in_care": "merchants"}
    finding = {f"{name}_{row['pay']}": (row[name], unit) for row in rows for name, unit in units.items()}
    return pd.DataFrame(rows), finding


@outcome
def bar_in_market(policy: Policy, assume: Levers) -> Outcome:
    """Return the effort that a bar calls forth from one middling provider (O19) and from all of them in the simulator.

    One row is (mark, who): ``mark`` for winning and keeping a badge and ``effort``, in standard scores; ``who``: alone
    (closed form, usual caseload) or all (the mean after two reviews). ``stopped_*`` in the finding: the share who make
    less than a quarter of the mean effort at the lowest bar.
    """
    plan = plan_of(policy).but({"providers.marks": "equal"})
    plans = [plan.but({"providers.gain_bar": share}) for share in MARKS]
    at = [gain_mark(each, assume, frozenset()) + 0.0 for each in plans]  # no -0
    fine = np.linspace(at[0], at[-1], 61)
    worth, cost = badge_worth(plan, assume), assume.effort_cost * plan.review_months / 3
    alone = threshold_effort(fine, worth, cost, usual_noise(assume))
    last = [ran(each, assume, 2 * round(plan.review_months)).reviews[-1] for each in plans]
    efforts = [review.effort[review.alive] for review in last]
    mean_effort = [_mean(each, each >= 0) for each in efforts]
    stopped = [_mean(each < HARDLY * mean_effort[0], each >= 0) for each in efforts]
    finding = {}
    for end, n in {"lowest": 0, "highest": -1}.items():
        scores = {end: at[n], f"alone_{end}": alone[n], f"all_{end}": mean_effort[n]}
        finding |= in_unit("standard scores", **scores) | in_unit("share", **{f"stopped_{end}": stopped[n]})
    rows = {"mark": [*fine, *at], "who": ["alone"] * len(fine) + ["all"] * len(at), "effort": [*alone, *mean_effort]}
    return rows, finding


def _mean(what: np.ndarray, of: np.ndarray) -> float:
    return float(what[of].mean()) if of.any() else 0.0


def _whole(number: float) -> float:
    """Return a share of none as 0: a chart has no place for what is not there."""
    return float(number) if np.isfinite(number) else 0.0
