"""August taken apart: the routes agree exactly where they must, and every table names what moves it."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lever_strategies import somewhere
from scipy.stats import lognorm, norm

import kit
from kit.economics.inequality import gini, lognormal_lorenz, lognormal_top_share
from kit.outcomes import august
from kit.parameters.derived import names
from kit.parameters.levers import Levers
from kit.parameters.sourced import RANGED, _rows, assumptions, fact, override, value
from kit.text import LANGUAGES, has, speaking

ASSUMED = assumptions()
OUTCOMES = {
    name: getattr(august, name)
    for name in ("factors", "users", "merchant_month", "divisions", "needed", "routes", "sizes", "lorenz")
}
USED = sorted({f"assume.{name}" for outcome in OUTCOMES.values() for name in outcome(ASSUMED).attrs["rests_on"]})
every_outcome = pytest.mark.parametrize("name", OUTCOMES)
few = settings(max_examples=50, deadline=None)


@st.composite
def anywhere(draw) -> Levers:
    """The assumptions, each that the outcomes rest on anywhere in its range."""
    levers = ASSUMED.levers()
    return ASSUMED.but({name: somewhere(draw, levers[name]) for name in USED})


def found(table) -> dict[str, float]:
    return {name: amount for name, (amount, _) in table.attrs["finding"].items()}


def roots(keys) -> set[str]:
    """Numbers by their ids, and all that the derived ones among them are reckoned from."""
    formulas = [fact(key).formula for key in keys if fact(key).formula]
    return set(keys).union(*(roots([fact(name).id for name in names(formula)]) for formula in formulas))


# What every table owes


@every_outcome
def test_a_table_rests_on_exactly_the_assumptions_that_move_it(name):
    moving = set()
    for lever in ASSUMED.levers().values():
        low, high = (OUTCOMES[name](ASSUMED.but({lever.name: end})) for end in (lever.low, lever.high))
        if not low.equals(high) or low.attrs["finding"] != high.attrs["finding"]:
            moving.add(lever.name.removeprefix("assume."))
    rests_on = OUTCOMES[name](ASSUMED).attrs["rests_on"]
    assert len(rests_on) == len(set(rests_on))
    assert set(rests_on) == moving


@every_outcome
def test_a_table_names_exactly_the_sourced_numbers_that_move_it(name):
    table, moving = OUTCOMES[name](ASSUMED), set()
    for row in _rows():
        if row.status in RANGED or isinstance(row.value, str):
            continue
        with override({row.id: 1.1 * row.value + 1}):
            other = OUTCOMES[name](ASSUMED)
        if not table.equals(other) or table.attrs["finding"] != other.attrs["finding"]:
            moving.add(row.id)
    facts = table.attrs["facts"]
    assert len(facts) == len(set(facts))
    # What a derived number rests on moves the table too.
    assert set(facts) <= moving
    assert moving == roots(facts)


@every_outcome
@few
@given(assume=anywhere())
def test_no_table_holds_anything_that_is_not_finite(name, assume):
    table = OUTCOMES[name](assume)
    assert np.isfinite(table.select_dtypes("number").to_numpy()).all()
    assert all(math.isfinite(amount) for amount in found(table).values())


# The identity


@few
@given(assume=anywhere(), orders=st.floats(1e8, 1e9), users=st.floats(5e7, 5e8), merchants=st.floats(1e5, 5e6))
def test_people_goods_and_venue_make_the_same_gmv_by_every_way(assume, orders, users, merchants):
    with override({"A01": orders, "A04": users, "A05": merchants}):
        table = august.factors(assume)
    f = dict(zip(table["factor"], table["value"], strict=True))
    gmv = found(table)["gmv"]
    assert gmv == pytest.approx(orders * assume.order_value)
    assert f["users"] * f["orders_per_user"] * 31 * f["order_value"] == pytest.approx(gmv)
    assert f["merchants"] * f["orders_per_merchant"] * f["order_value"] == pytest.approx(gmv)
    assert f["visits"] * f["orders_per_visit"] * 31 * f["order_value"] == pytest.approx(gmv)
    assert table["tenth"].tolist() == pytest.approx((table["value"] / 10).tolist())


def test_more_users_make_no_more_gmv_but_fewer_orders_each():
    before = august.factors(ASSUMED)
    with override({"A04": 2 * value("A04")}):
        after = august.factors(ASSUMED)
    assert found(after)["gmv"] == found(before)["gmv"]
    assert found(after)["days_per_order"] == pytest.approx(2 * found(before)["days_per_order"])


def test_the_factors_of_the_facts_are_those_that_a_pencil_finds():
    f = found(august.factors(ASSUMED))
    assert f["orders_day"] == pytest.approx(5e8 / 31)
    assert f["days_per_order"] == pytest.approx(6.2)  # 100m users, 500m orders in 31 days
    assert f["gmv_per_merchant"] == pytest.approx(500 * 70)


def test_the_same_arithmetic_stands_among_the_derived_numbers():
    f, sizes = found(august.factors(ASSUMED)), found(august.sizes(ASSUMED))
    assert f["orders_day"] == pytest.approx(value("AD1"))
    assert 1 / f["days_per_order"] == pytest.approx(value("AD2"))
    assert sizes["mean"] == pytest.approx(value("AD3"))
    assert sizes["mean_yuan"] == pytest.approx(value("AD12"))
    assert f["gmv"] == pytest.approx(value("AD13"))


def test_the_order_value_starts_at_the_one_source_and_stays_in_its_range():
    assert fact("order_value").value == value("L01")
    assert (fact("order_value").low, fact("order_value").high) == (60, 90)


# The mean merchant's month


@few
@given(assume=anywhere())
def test_what_is_left_is_the_sum_of_the_steps_and_the_merchants_own_arithmetic(assume):
    table = august.merchant_month(assume)
    steps = dict(zip(table["step"], table["money"], strict=True))
    assert steps["left"] == pytest.approx(sum(m for s, m in steps.items() if s != "left"))
    kept = steps["gmv"] + steps["returned"]
    assert kept == pytest.approx(found(table)["settled"])
    parcels = kept * (assume.merchant_margin - assume.standard_fee) - steps["left"]
    assert parcels == pytest.approx(-steps["parcels"], abs=1e-6)


def test_where_all_divisions_return_alike_the_mix_does_not_matter():
    alike = {f"assume.return_{name}": 0.3 for name in august.DIVISIONS}
    lefts = [
        found(august.merchant_month(ASSUMED.but(alike | {"assume.orders_apparel": share})))["left"]
        for share in (0.2, 0.5)
    ]
    assert lefts[0] == pytest.approx(lefts[1])
    # 500 orders of 70 yuan; 70 % stay; 40 % of that less a fee of 5 %; 150 parcels of 8 yuan.
    assert lefts[0] == pytest.approx(35_000 * 0.7 * 0.35 - 150 * 8)


# Divisions


@few
@given(assume=anywhere())
def test_the_divisions_share_out_all_orders_and_all_gmv_at_the_mean_order_value(assume):
    table = august.divisions(assume)
    shares = table.pivot(index="division", columns="measure", values="share")
    assert shares.sum().tolist() == pytest.approx([1, 1])
    f = found(table)
    mean = sum(f[f"orders_{name}"] * f[f"price_{name}"] for name in august.DIVISIONS)
    assert mean == pytest.approx(assume.order_value)
    ratio = f["price_premium"] / f["price_home"]
    assert ratio == pytest.approx(assume.price_premium / assume.price_home)


def test_at_equal_prices_a_share_of_orders_is_a_share_of_gmv():
    f = found(august.divisions(ASSUMED.but({f"assume.price_{name}": 1 for name in august.DIVISIONS})))
    assert [f[f"gmv_{d}"] for d in august.DIVISIONS] == pytest.approx([f[f"orders_{d}"] for d in august.DIVISIONS])


# Visits


@few
@given(assume=anywhere())
def test_the_conversion_required_makes_august_and_so_does_the_time_required(assume):
    f = found(august.needed(assume))
    assert f["visits"] * f["required"] * 31 == pytest.approx(f["orders"])
    if f["commerce_needed"] <= ASSUMED.levers()["assume.commerce_share"].high and f["commerce_needed"] >= 0.02:
        met = found(august.needed(assume.but({"assume.commerce_share": f["commerce_needed"]})))
        assert met["by_assumed"] == pytest.approx(met["orders"])


def test_the_curve_of_the_required_conversion_is_a_hyperbola_through_the_assumed_share():
    table = august.needed(ASSUMED)
    required = table[table["curve"] == "required"]
    assert (required["commerce"] * required["conversion"]).nunique() > 0
    products = (required["commerce"] * required["conversion"]).to_numpy()
    assert products == pytest.approx(np.full(len(products), 0.1 * found(table)["required"]))


# Routes


def test_each_route_is_the_arithmetic_that_its_sources_allow():
    table = august.routes(ASSUMED).set_index("route")
    assert len(table) == 8  # the lesson counts them in words
    assert table.loc["first_half_2020", "low"] == pytest.approx(109.6e9 / 6)
    assert table.loc["second_half_2019", "low"] == pytest.approx((59.6e9 - 3.4e9) / 6)
    assert table.loc["market_share", ["low", "high"]].tolist() == pytest.approx([1050e9 / 12 * s for s in (0.27, 0.36)])
    assert table.loc["orders_price", "low"] == pytest.approx(5e8 * 70)
    assert table.loc["orders_over_200", "low"] == pytest.approx(5e8 * 0.6 * 200)
    assert table.loc["fees", "high"] == pytest.approx(0.032 * 25.3e9 / 6 / 0.05)
    assert table.loc["visits", "low"] == pytest.approx(found(august.needed(ASSUMED))["by_assumed"] * 70)


def test_the_routes_agree_when_they_are_fed_numbers_that_agree():
    # One month of 35bn, told eight ways.
    gmv, month = 35e9, 31
    conversion = 5e8 / month / august.visits(ASSUMED)
    agreeing = {
        "K04": 6 * gmv,
        "K02": 6 * gmv + 1e9,
        "K03": 1e9,
        "L15b": 12 * gmv / 0.3,
        "L02c": 0.3,
        "L02d": 0.3,
        "E07d": gmv / month,
        "L20a": 1.0,
        "L20c": 70,
        "U16": 6 * gmv * 0.05,
    }
    with override(agreeing):
        table = august.routes(ASSUMED.but({"assume.viewer_conversion": conversion}))
    assert table["low"].tolist() == pytest.approx([gmv] * len(table))
    assert table["high"].tolist() == pytest.approx([gmv] * len(table))


def test_a_lower_bound_stays_one_and_no_route_is_trusted_more_than_its_weakest_number():
    table = august.routes(ASSUMED).set_index("route")
    assert (table["low"] <= table["high"]).all()
    assert table.loc["orders_price", "bound"] == table.loc["orders_over_200", "bound"] == "at_least"
    assert table.loc["fees", "bound"] == "at_most"
    assert (table.loc[table["bound"] != "between", "low"] == table.loc[table["bound"] != "between", "high"]).all()
    # L01 and L02 are of the weakest kind; the visits and the fee are judgement.
    assert table.loc[["market_share", "orders_price"], "basis"].tolist() == ["weak", "weak"]
    assert table.loc[["visits", "fees"], "basis"].tolist() == ["assumed", "assumed"]


# Sizes


@few
@given(assume=anywhere())
def test_the_groups_hold_everything_and_the_larger_hold_more_each(assume):
    table = august.sizes(assume)
    shares = table.pivot(index="group", columns="measure", values="share")
    assert shares.sum().tolist() == pytest.approx([1, 1])
    each = (shares["of_orders"] / shares["of_merchants"]).loc[list(august.GROUPS)]
    assert all(a > b for a, b in pairwise(each))


@pytest.mark.parametrize("sd", [1.9, 2.2, 2.5])
def test_mean_median_and_shares_are_those_of_scipys_log_normal(sd):
    f = found(august.sizes(ASSUMED.but({"assume.merchant_size_sd": sd})))
    law = lognorm(sd, scale=f["median"])
    assert law.mean() == pytest.approx(f["mean"])
    assert law.median() == pytest.approx(f["median"])
    assert law.cdf(f["mean"]) == pytest.approx(f["below"])
    # The first moment of a log-normal law lies above t with the weight of a law shifted by sd^2.
    assert norm.sf(norm.isf(0.01) - sd) == pytest.approx(f["top"])


def test_the_typical_merchant_sells_less_than_a_tenth_of_the_mean():
    f = found(august.sizes(ASSUMED))
    assert f["median"] / f["mean"] == pytest.approx(math.exp(-(2.2**2) / 2))
    assert f["median"] < f["mean"] / 10
    assert f["top"] == pytest.approx(0.45, abs=0.005)


def test_the_lorenz_curve_ends_at_both_corners_and_has_the_gini_that_is_told():
    table = august.lorenz(ASSUMED)
    for _, curve in table.groupby("law"):
        held = curve["held"].to_numpy()
        assert (held[0], held[-1]) == (0.0, 1.0)
        assert (np.diff(held) >= 0).all()
    sd = ASSUMED.merchant_size_sd
    edges = np.linspace(0, 1, 200_001)
    drawn = np.diff(lognormal_lorenz(sd, edges))
    assert gini(drawn) == pytest.approx(found(table)["gini"], abs=1e-3)
    assert lognormal_lorenz(sd, 0.99) == pytest.approx(1 - lognormal_top_share(sd, 0.01))


@pytest.mark.parametrize("smallest", [-0.1, 1.1, math.nan])
def test_a_share_of_a_population_that_cannot_be_is_refused(smallest):
    with pytest.raises(ValueError, match="between 0 and 1"):
        lognormal_lorenz(2.2, smallest)


# Policies and factors


def test_every_measure_works_on_a_factor_of_the_identity_and_stands_in_the_article():
    table = august.policy_factors()
    assert set(table["factor"]) <= set(august.factors(ASSUMED)["factor"])
    for keys in table["facts"]:
        assert all(fact(key).status == "fact" for key in keys.split())
    for lang in LANGUAGES:
        with speaking(lang):
            for column in ("act", "element", "factor", "mover"):
                assert all(has(f"{column}.{name}") for name in table[column])


def test_a_table_of_mixed_units_is_shown_with_each_rows_own():
    shown = kit.table(august.factors(ASSUMED)[["factor", "value", "unit"]], {"value": "@unit"}).text()
    assert shown.shape[1] == 2
    assert shown.iloc[:, 1].tolist()[:4] == ["100m users", "0.16 orders", "70 yuan", "1m shops"]
