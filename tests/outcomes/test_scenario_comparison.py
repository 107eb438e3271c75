"""Policies beside each other: shares that a head can check, and the same numbers as each run by itself."""

import pytest

from kit.analysis.counterfactual import MERCHANTS, run_with_counterfactual
from kit.analysis.policy_effect import effect
from kit.outcomes.scenario_comparison import (
    BUDGETS,
    MEASURES,
    beside,
    by_policy,
    dose_response,
    infra_marginal_share,
    money_beside,
)
from kit.parameters.sourced import assumptions
from kit.policies.policy import policy
from kit.simulator.run import simulate
from kit.simulator.steady_state import open_market
from kit.text import Refusal

ASSUME = assumptions()
AUTUMN = policy("announced_autumn")


def test_without_an_elasticity_everything_would_have_come_anyway():
    still = ASSUME.but({"assume.price_elasticity": ASSUME.levers()["assume.price_elasticity"].low})
    assert infra_marginal_share(0.0, ASSUME) == 1
    assert infra_marginal_share(0.3, ASSUME) < infra_marginal_share(0.3, still) < 1


def test_the_closed_form_is_the_factor_of_the_lesson():
    from math import exp

    inside, lifted = ASSUME.inside_share, exp(ASSUME.price_elasticity * 0.15)
    assert infra_marginal_share(0.15, ASSUME) == pytest.approx((1 - inside + inside * lifted) / lifted)


def test_each_policy_stands_with_what_its_own_run_found():
    table = by_policy(["fan_xing", "festival"], ASSUME, merchants=300).set_index("policy")
    for name in ("fan_xing", "festival"):
        found = run_with_counterfactual(policy(name), ASSUME, 300).effect
        assert table.loc[name, "net_gmv"] == found["net"][0]
        assert table.loc[name, "gross_gmv"] == found["gross"][0]
        together = table.loc[name, "newcomers_more"] + table.loc[name, "incumbents_more"]
        assert together == pytest.approx(found["net"][0])


def test_the_table_of_scenarios_is_what_the_runs_found():
    market, twin = open_market(MERCHANTS, assume=ASSUME), policy("august_2020")
    trial = policy("ten_billion")
    found = effect(simulate(market, trial), simulate(market, twin))
    rows = beside({"one": run_with_counterfactual(trial, ASSUME)}).set_index("measure")
    for name in set(MEASURES) & set(found):
        assert (rows.loc[name, "amount"], rows.loc[name, "unit"]) == found[name]
    assert set(rows.index) == set(MEASURES)


def test_money_of_scenarios_says_from_where_to_where_the_net_goes():
    options = {name: run_with_counterfactual(policy(name), ASSUME) for name in ("festival", "fan_xing")}
    nets = [runs.effect["net"] for runs in options.values()]
    found = money_beside(options).attrs["finding"]
    assert (found["least"], found["most"]) == (min(nets), max(nets))


def test_a_dose_multiplies_the_money_and_nothing_else():
    once, twice = (AUTUMN.but({name: dose * AUTUMN[name] for name in BUDGETS}).values() for dose in (1, 2))
    assert once == AUTUMN.values()
    table = dose_response(AUTUMN, ASSUME, times=(1, 2))
    rows = table.set_index(["dose", "measure"])["effect"]
    moved = {name for name in once if once[name] != twice[name]}
    assert moved == set(BUDGETS)
    assert (
        rows[2, "net"]
        == run_with_counterfactual(AUTUMN.but({name: twice[name] for name in moved}), ASSUME).effect["net"][0]
    )
    # At the announced budgets a rival that answers in kind does what it does.
    assert rows[1, "answered"] == rows[1, "net"] == run_with_counterfactual(AUTUMN, ASSUME).effect["net"][0]
    assert rows[2, "answered"] < rows[2, "net"]
    assert table.attrs["finding"]["net_most"] == (rows[2, "net"], "yuan")


def test_a_dose_out_of_a_levers_range_is_refused():
    with pytest.raises(Refusal, match=r"fan_xing\.credit = 20,000"):
        dose_response(AUTUMN, ASSUME, times=(1, 100))
