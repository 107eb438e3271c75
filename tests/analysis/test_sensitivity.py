"""Which figures carry a result: against arithmetic by hand, and back where it was afterwards."""

import numpy as np
import pytest

from kit.analysis.outcome import Outcome, outcome
from kit.analysis.sensitivity import HEADLINE, by_assumption, by_fact, by_variance, sobol, tipping_points, zeros
from kit.outcomes import august, fan_xing
from kit.outcomes.own_shop import my_shop
from kit.parameters.levers import moved
from kit.parameters.sourced import assumptions, fact, override, provenance, value
from kit.policies.policy import policy
from kit.text import LANGUAGES, Refusal, speaking

ASSUMED = assumptions()


@outcome
def made(assume) -> Outcome:
    """An outcome that a head can check: orders x order value, less a fee; and what is no quantity."""
    gmv = value("A01") * assume.order_value
    finding = {
        "gmv": (gmv, "yuan"),
        "kept": (gmv * (1 - assume.standard_fee), "yuan"),
        "per_shop": (gmv / value("A05"), "yuan"),
        "nought": (0.0, "yuan"),
        "never": (float("inf"), "days"),
    }
    return {"x": [gmv]}, finding


# Assumptions


def test_the_widest_bar_is_on_top_and_its_ends_are_the_results_there():
    table = by_assumption(made, ASSUMED, result="kept")
    assert table["lever"].tolist() == ["assume.order_value", "assume.standard_fee"]
    price, fee = table.to_dict("records")
    assert (price["at_low"], price["at_high"], price["unit"]) == (60, 90, "yuan")
    assert price["low"] == pytest.approx(5e8 * 60 * 0.95)
    assert price["high"] == pytest.approx(5e8 * 90 * 0.95)
    assert fee["low"] == pytest.approx(5e8 * 70 * 0.99)
    assert fee["high"] == pytest.approx(5e8 * 70 * 0.92)
    assert fee["span"] == pytest.approx(5e8 * 70 * 0.07)


def test_the_finding_names_the_widest_and_the_result_as_it_stands():
    found = by_assumption(made, ASSUMED, result="kept").attrs["finding"]
    assert found["start"] == (pytest.approx(5e8 * 70 * 0.95), "yuan")
    assert found["widest"] == ("lever.assume.order_value", "words")
    assert found["least"][0] == pytest.approx(5e8 * 60 * 0.95)
    assert found["most"][0] == pytest.approx(5e8 * 90 * 0.95)


def test_an_assumption_that_does_not_move_the_result_has_no_span():
    table = by_assumption(made, ASSUMED, result="gmv").set_index("lever")
    assert table.loc["assume.standard_fee", "span"] == 0


def test_the_others_stay_where_the_subjects_have_them():
    cheap = ASSUMED.but({"assume.order_value": 60})
    table = by_assumption(made, cheap, result="kept").set_index("lever")
    assert table.loc["assume.standard_fee", "low"] == pytest.approx(5e8 * 60 * 0.99)


def test_it_works_for_an_outcome_of_several_subjects():
    subjects = policy("fan_xing"), my_shop(), ASSUMED
    table = by_assumption(fan_xing.worth, *subjects, result="total")
    assert set(table["lever"]) == {f"assume.{name}" for name in fan_xing.worth(*subjects).attrs["rests_on"]}
    assert (table["span"].diff().dropna() <= 0).all()
    # Later orders stand apart from the total.
    assert table.set_index("lever").loc["assume.retention", "span"] == 0


@pytest.mark.parametrize("weigh", [by_assumption, by_fact])
def test_what_cannot_be_weighed_is_refused_by_name(weigh):
    with pytest.raises(Refusal, match=r"no number 'gvm'; there are: gmv"):
        weigh(made, ASSUMED, result="gvm")
    with pytest.raises(Refusal, match=r"'never' = .*: choose a result"):
        weigh(made, ASSUMED, result="never")


def test_a_change_of_nothing_has_no_share():
    with pytest.raises(Refusal, match="'nought'"):
        by_fact(made, ASSUMED, result="nought")


# Facts


def test_ten_per_cent_more_of_a_figure_moves_the_result_by_its_elasticity():
    table = by_fact(made, ASSUMED, result="per_shop")
    assert table["fact"].tolist() == ["A01", "A05"]
    assert table["change"].tolist() == pytest.approx([0.1, 1 / 1.1 - 1])
    assert by_fact(made, ASSUMED, result="per_shop", more=0.5)["change"].tolist() == pytest.approx([0.5, 1 / 1.5 - 1])


def test_the_facts_are_themselves_again_afterwards_even_after_an_error():
    by_fact(made, ASSUMED, result="gmv")
    assert value("A01") == 5e8
    with pytest.raises(ZeroDivisionError), override({"A01": 1.0}):
        _ = 1 / 0
    assert (value("A01"), fact("A01").status) == (5e8, "fact")


def test_a_supposition_holds_under_id_and_name_and_within_another():
    with override({"orders_august": 6e8}):
        assert value("A01") == value("orders_august") == 6e8
        with override({"A05": 2e6}):
            assert (value("A01"), value("A05")) == (6e8, 2e6)
        assert value("A05") == 1e6
        with override({"A01": 7e8}):
            assert value("A01") == 7e8
        assert value("A01") == 6e8


def test_derived_numbers_follow_what_is_supposed_and_may_be_supposed_themselves():
    revenue = value("U16")
    with override({"A01": 6.2e8, "U15d": 2 * value("U15d")}):
        assert value("AD1") == pytest.approx(2e7)
        assert fact("AD1").status == "derived"
        assert value("U16") == pytest.approx(2 * revenue)
        with override({"U16": 1e9}):
            assert (value("U16"), fact("U16").status) == (1e9, "supposed")
            assert value("U18") == pytest.approx(1e9 / value("K04"))
            assert value("AD1") == pytest.approx(2e7)
    assert value("U16") == revenue


def test_a_policy_that_is_made_meanwhile_starts_at_what_is_supposed_and_one_made_before_does_not():
    before = policy("fan_xing")
    with override({"A38": 250.0}):
        meanwhile = policy("fan_xing")
        assert before["fan_xing.credit"] == 200
        assert meanwhile["fan_xing.credit"] == 250
    assert policy("fan_xing")["fan_xing.credit"] == 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_supposed_number_says_so(lang):
    with speaking(lang), override({"A01": 5.5e8}):
        shown = repr(fact("A01"))
        assert "overridden" in shown if lang == "en" else "设想" in shown
        assert provenance(made(ASSUMED))["id"].tolist() == ["A01", "A05", "order_value", "standard_fee"]


@pytest.mark.parametrize(("key", "overrides"), [("order_value", 80), ("A36", 3), ("A09", 30), ("A01", float("nan"))])
def test_an_assumption_a_date_a_phrase_and_no_number_cannot_be_supposed(key, overrides):
    with pytest.raises(Refusal, match=f"'{key}' cannot be set to"), override({"A05": 2e6, key: overrides}):
        pass
    assert value("A05") == 1e6


# Where a number comes from


def test_everything_behind_a_table_is_listed_with_its_source():
    table = provenance(august.merchant_month(ASSUMED))
    assert table["id"].tolist()[:2] == ["A01", "A05"]
    assert "merchant_margin" in table["id"].tolist()
    assert (table["source"].str.len() > 0).all()


def test_levers_move_in_the_subject_that_has_them():
    shop, assume = moved([my_shop(), ASSUMED], {"assume.order_value": 80, "shop.price": 60})
    assert (shop.price, assume.order_value) == (60, 80)
    same, _ = moved([my_shop(), ASSUMED], {"assume.order_value": 80})
    assert same == my_shop()


# Signs


@outcome
def turning(assume) -> Outcome:
    """An outcome whose sign a head can find: nought where the inside share is a fifth or the leak a fiftieth."""
    if assume.inside_share < 0.05:
        raise Refusal("no_rest_hazard", hazard=(0.05, "share"), inside=(assume.inside_share, "share"))
    net = 100 * (assume.inside_share - 0.2) * (assume.leak - 0.02)
    return {"x": [net]}, {"net": (net, "yuan")}


def test_a_sign_is_found_where_it_turns():
    table = tipping_points(turning, ASSUMED, result="net").set_index("lever")
    assert table.index.tolist() == [f"assume.{name}" for name in HEADLINE]
    assert table.loc["assume.inside_share", "at_zero"] == pytest.approx(0.2, abs=0.005)
    assert table.loc["assume.leak", "at_zero"] == pytest.approx(0.02, abs=0.0005)
    assert table.loc["assume.price_elasticity":"assume.price_elasticity", "at_zero"].isna().all()
    assert table.attrs["finding"]["turning"] == (2.0, "")


def test_an_end_at_which_no_market_can_rest_is_taken_as_near_as_one_can():
    table = tipping_points(turning, ASSUMED, result="net").set_index("lever")
    assert 0.05 <= table.loc["assume.inside_share", "at_low"] < 0.06
    assert table.loc["assume.inside_share", "at_high"] == 0.5


def test_the_headline_assumptions_stand_in_the_table_of_assumptions():
    assert {f"assume.{name}" for name in HEADLINE} <= set(ASSUMED.levers())


# Shares of the variance (O31)


def test_the_indices_of_ishigami_are_those_of_the_closed_form():
    def ishigami(x):
        return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])

    first, total = sobol(ishigami, [-np.pi] * 3, [np.pi] * 3, 2**13)
    assert first == pytest.approx([0.3139, 0.4424, 0], abs=0.01)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)


def test_the_indices_of_sobols_g_are_those_of_the_closed_form():
    a = np.array([0, 1, 4.5, 9])
    part = 1 / (3 * (1 + a) ** 2)
    whole = np.prod(1 + part) - 1
    first, total = sobol(lambda x: np.prod((np.abs(4 * x - 2) + a) / (1 + a), axis=1), [0] * 4, [1] * 4, 2**13)
    assert first == pytest.approx(part / whole, abs=0.01)
    assert total == pytest.approx(part * np.prod(1 + part) / (1 + part) / whole, abs=0.01)


def test_the_shares_of_an_outcome_are_those_of_its_own_formula():
    table = by_variance(turning, ASSUMED, result="net", draws=1_024).set_index("lever")
    low, high = table["at_low"], table["at_high"]
    assert low["assume.inside_share"] >= 0.05
    # Net is 100 (S - .2)(leak - .02) of two independent even draws: products of means and variances.
    mean = [
        (low[name] + high[name]) / 2 - nought for name, nought in (("assume.inside_share", 0.2), ("assume.leak", 0.02))
    ]
    spread = [(high[name] - low[name]) ** 2 / 12 for name in ("assume.inside_share", "assume.leak")]
    alone = [spread[0] * mean[1] ** 2, spread[1] * mean[0] ** 2]
    both = spread[0] * spread[1]
    whole = sum(alone) + both
    for name, own in zip(("assume.inside_share", "assume.leak"), alone, strict=True):
        assert table.loc[name, "first"] == pytest.approx(own / whole, abs=0.03)
        assert table.loc[name, "total"] == pytest.approx((own + both) / whole, abs=0.03)
    assert table.loc["assume.price_elasticity", "total"] == pytest.approx(0, abs=1e-9)


# Zeros


def test_the_nearest_zero_is_found_of_each_of_several_results():
    def at(x):
        return np.array([(x - 1) * (x - 3), 5 - x, 1.0])

    found = zeros(at, now=0.0, end=8.0, steps=8, tolerance=1e-12)
    assert found[:2] == pytest.approx([1, 5])
    assert np.isnan(found[2])
    assert zeros(at, now=6.0, end=0.0, steps=12, tolerance=1e-12)[:2] == pytest.approx([3, 5])


def test_what_is_known_is_not_asked_again():
    asked = []
    found = zeros(lambda x: asked.append(x) or x - 1, 0.0, 2.0, known={0.0: -1.0, 2.0: 1.0})
    assert found == pytest.approx([1])
    assert not {0.0, 2.0} & set(asked)


def test_there_is_no_zero_on_no_way_and_none_where_the_result_begins_at_it():
    assert np.isnan(zeros(lambda x: x - 1, 3.0, 3.0)).all()
    assert np.isnan(zeros(lambda x: x, 0.0, 3.0)).all()
