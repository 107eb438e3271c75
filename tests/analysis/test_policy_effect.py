"""What a policy did against its baseline: gross and net, payback, and words for every number of it."""

import math

import numpy as np
import pytest

from kit.analysis import policy_effect
from kit.parameters.sourced import value
from kit.text import LANGUAGES, has, speaking


def test_gross_is_more_than_net_for_a_coupon_and_the_rest_would_have_been_bought_anyway(runs):
    found = {name: amount for name, (amount, _) in policy_effect.effect(*runs).items()}
    assert 0 < found["net"] < found["gross"]
    subsidised = runs[0].metric("subsidised").sum()
    assert found["more_per_subsidised"] == pytest.approx(found["net_orders"] / subsidised)
    # Of a policy that is a coupon alone, the twin is the policy without its coupon.
    anyway = policy_effect.infra_marginal_share(runs[0], lambda: runs[1])["infra_marginal"][0]
    assert 0 < anyway < 1
    assert anyway == pytest.approx(1 - found["more_per_subsidised"])
    assert policy_effect.infra_marginal_share(runs[1], lambda: pytest.fail("nothing to ask")) == {}
    assert found["subsidy_more"] == pytest.approx(runs[0].metric("subsidy").sum())
    assert found["cost_per_buyer"] > value("average_order_value")


def test_the_day_of_payback_is_the_first_from_which_cash_is_never_short_again():
    assert policy_effect.payback_day(np.array([1.0, 2.0])) == 0
    assert policy_effect.payback_day(np.array([-1.0, -1.0, 0.5, 1.0])) == 3
    assert policy_effect.payback_day(np.array([-1.0, 1.0, -0.5, 1.0])) == 4
    assert policy_effect.payback_day(np.array([1.0, -1.0])) == math.inf


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_of_the_finding_has_words(lang, runs):
    with speaking(lang):
        for name in policy_effect.effect(*runs):
            assert has(f"finding.compare.{name}"), name
