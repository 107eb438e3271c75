"""Policies beside each other: shares that a head can check, and the same numbers as each run by itself."""

import pytest

from kit.analysis.counterfactual import run_with_counterfactual
from kit.outcomes.scenario_comparison import by_policy, infra_marginal_share
from kit.parameters.sourced import assumptions
from kit.policies.policy import policy

ASSUME = assumptions()


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
