"""Policies against a baseline in one market: week by week, the first policy is the baseline."""

import pytest
from coupon_runs import COUPON, TODAY

from kit.analysis.counterfactual import compare
from kit.analysis.run_tables import weekly
from kit.parameters.sourced import RANGED, assumptions, fact
from kit.text import Refusal

ASSUME = assumptions()


def test_a_policy_that_is_its_own_twin_does_nothing(market):
    table = compare(market, {"one": TODAY, "other": TODAY}, days=28)
    more = [column for column in table if column.endswith("_more")]
    assert (table[more] == 0).all(axis=None)
    assert table.attrs["finding"]["net"] == (0, "yuan")


def test_weeks_of_a_comparison_are_policy_less_twin(market, runs):
    table = compare(market, {"today": TODAY, "coupon": COUPON})
    trial = table[table["scenario"] == "coupon"].reset_index(drop=True)
    weeks, base = (weekly(records) for records in runs)
    assert trial["gmv_more"].to_numpy() == pytest.approx((weeks["gmv"] - base["gmv"]).to_numpy())
    assert list(table["scenario"].unique()) == ["today", "coupon"]
    assert set(type(ASSUME).model_fields) & set(table.attrs["rests_on"])
    assert all(fact(name).status in RANGED for name in table.attrs["rests_on"])


def test_one_policy_alone_is_no_comparison(market):
    with pytest.raises(Refusal, match="at least two"):
        compare(market, {"today": TODAY})
