"""Comparisons: several policies, each against its baseline, and one policy in several doses."""

from collections.abc import Iterable

import pandas as pd

from kit.analysis.counterfactual import MERCHANTS, Counterfactual, run_with_counterfactual
from kit.analysis.outcome import Outcome, in_unit, outcome
from kit.economics import choice
from kit.parameters.levers import Levers
from kit.parameters.reads import note_all
from kit.parameters.sourced import fact
from kit.policies.policy import Policy, policy

# What is compared of settings: the finding of kit.analysis.policy_effect.effect, in this order.
MEASURES = (
    *("gross", "net", "net_orders", "profit_more", "cash_revenue_more", "subsidy_more", "credit_more"),
    *("displaced_more", "first_orders_more", "survival", "gini", "top_share", "payback"),
)
DRAWN = ("gross", "net", "profit_more", "platform_cash")
# The levers that are money or its like: what "four times the budget" multiplies.
BUDGETS = (
    *("ten_billion.daily_budget", "ten_billion.newcomer_quota", "fan_xing.credit", "festival.red_packets"),
    *("festival.card_pool", "festival.challenge_prize", "festival.newbie_credit"),
)


def infra_marginal_share(depth: float, assume: Levers) -> float:
    """Return which share of the orders at a discount would have come without it, 0 to 1: 1/(1 + lift of all) (O7).

    ``depth`` is a share of the price, at all sellers alike; what buyers would have needed later is not in it.

    >>> from kit.parameters.sourced import assumptions
    >>> round(infra_marginal_share(0.15, assumptions()), 3), infra_marginal_share(0.0, assumptions())
    (0.691, 1.0)
    """
    return choice.infra_marginal_share(assume.price_elasticity * depth, assume.inside_share)


def by_policy(names: Iterable[str], assume: Levers, merchants: int = MERCHANTS) -> pd.DataFrame:
    """Return what policies that ship with the kit do to sales: one row is a ``policy`` by name.

    Yuan over all the days, above the market without the policy: ``gross_gmv``, ``net_gmv``, and of the net what
    ``newcomers_more`` and ``incumbents_more`` sell; negative where less is sold. ``merchants`` stand for the million.
    """
    keys = ["gross", "net", "newcomers_more", "incumbents_more"]
    effects = {name: run_with_counterfactual(policy(name), assume, merchants).effect for name in names}
    rows = [(name, *(did[key][0] for key in keys)) for name, did in effects.items()]
    return pd.DataFrame(rows, columns=["policy", "gross_gmv", "net_gmv", *keys[2:]])


def beside(options: dict[str, Counterfactual]) -> pd.DataFrame:
    """Return what several settings do, each against its own baseline: one row is a (``measure``, ``option``).

    ``amount`` is in the row's ``unit``, as in ``Counterfactual.effect``. What does not apply has no row.
    """
    settings = [(name, option, runs.effect) for name in MEASURES for option, runs in options.items()]
    rows = [(name, option, *effect[name]) for name, option, effect in settings if name in effect]
    return pd.DataFrame(rows, columns=["measure", "option", "amount", "unit"])


@outcome
def money_beside(options: dict[str, Counterfactual]) -> Outcome:
    """Return the money of several settings against their baselines: one row is a (``measure``, ``option``).

    ``effect`` is in yuan, over all the days, of GMV gross and net, merchants' profit, and the platform's cash (revenue
    less subsidies). The finding holds the ``least`` and the ``most`` of the nets, and the number of settings.
    """
    for runs in options.values():
        note_all(runs.reads)
    rows = [(name, option, runs.effect[name][0]) for name in DRAWN for option, runs in options.items()]
    nets = [runs.effect["net"][0] for runs in options.values()]
    finding = in_unit("", settings=len(nets)) | in_unit("yuan", least=min(nets), most=max(nets))
    return pd.DataFrame(rows, columns=["measure", "option", "effect"]), finding


@outcome
def dose_response(trial: Policy, assume: Levers, times: Iterable[float] = (0, 0.5, 1, 2, 4)) -> Outcome:
    """Return what a policy does with other budgets: one row is a (``dose``, ``measure``), ``effect`` in yuan.

    A dose multiplies the money levers that the policy has (BUDGETS). How deep a discount is, fees, days and the
    festival's appeal stay: at dose 0 there is still a festival, without money. Measures: ``gross`` and ``net`` GMV;
    ``spent``: subsidies; ``answered``: the net where the rival's lift on the festival's days (``rival_lift``) takes the
    same dose, up to the end of its range. Raises Refusal for a dose that takes a lever out of its range.

    >>> from kit.parameters.sourced import assumptions
    >>> table = dose_response(policy("festival"), assumptions(), times=(0, 1))
    >>> table.loc[table["measure"] == "spent", "effect"].tolist()[0]
    0.0
    """
    high, rows = fact("rival_lift").high, {}
    for dose in sorted(times):
        changed = trial.but({name: dose * trial[name] for name in BUDGETS if name in trial.values()})
        rival = assume.but({"assume.rival_lift": min(dose * assume.rival_lift, high)})
        alone, answered = run_with_counterfactual(changed, assume), run_with_counterfactual(changed, rival)
        named = {"gross": "gross", "spent": "subsidy_more", "net": "net"}
        rows |= {(dose, name): alone.effect[key][0] for name, key in named.items()}
        rows[dose, "answered"] = answered.effect["net"][0]
    least, most = min(rows)[0], max(rows)[0]
    finding = in_unit("times", least_dose=least, most_dose=most)
    for name in dict.fromkeys(name for _, name in rows):
        ends = {"_least": least, "_most": most} | ({"": 1} if (1, name) in rows else {})
        finding |= in_unit("yuan", **{f"{name}{end}": rows[dose, name] for end, dose in ends.items()})
    table = [(float(dose), name, amount) for (dose, name), amount in rows.items()]
    return pd.DataFrame(table, columns=["dose", "measure", "effect"]), finding
