"""The market on day 0: a million merchants or some that stand for them, and a start in which nothing moves."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lever_strategies import somewhere

from kit.analysis.calibration import FILE, calibrate, monthly_repeat, write
from kit.economics.inequality import gini, lognormal_top_share
from kit.parameters.sourced import assumptions, value
from kit.simulator.population import CATEGORIES, category_prices, incumbents, newcomers, shares
from kit.simulator.steady_state import elasticities, hazard, ladder_radius, open_market, venue_shares
from kit.text import LANGUAGES, Refusal, speaking

ASSUME = assumptions()
SIZES = [30, 300, 3_000, 20_000]
both = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def million():
    return incumbents(1_000_000, 116, ASSUME)


def of(traits, what: str):
    return np.bincount(traits.category, traits.weight * getattr(traits, what))


# Who is there


@pytest.mark.parametrize("merchants", SIZES)
def test_a_few_stand_for_all_the_merchants_and_all_their_orders(merchants):
    few = incumbents(merchants, 116, ASSUME)
    assert 0.9 * merchants <= few.id.size <= merchants
    assert few.weight.sum() == pytest.approx(value("active_merchants"))
    assert (few.weight * few.size).sum() * 31 == pytest.approx(value("orders_august"))
    assert of(few, "size") / of(few, "size").sum() == pytest.approx(shares(ASSUME, "orders"))


@pytest.mark.parametrize("merchants", SIZES)
def test_a_few_sell_at_the_order_value_and_the_return_rates_that_were_set(merchants):
    few = incumbents(merchants, 116, ASSUME)
    sold = few.weight * few.size
    mean = np.bincount(few.category, sold * few.price) / np.bincount(few.category, sold)
    back = np.bincount(few.category, sold * few.returns) / np.bincount(few.category, sold)
    assert mean == pytest.approx(category_prices(ASSUME))
    assert (sold @ few.price) / sold.sum() == pytest.approx(value("average_order_value"))
    assert back == pytest.approx([ASSUME.return_apparel, ASSUME.return_premium, ASSUME.return_home])


def test_a_million_weigh_one_each_and_have_no_luck_in_their_sizes(million):
    other = incumbents(1_000_000, 7, ASSUME)
    assert (million.weight == 1).all()
    assert million.id.tolist() == list(range(1_000_000))
    assert (other.size == million.size).all()
    assert (other.price != million.price).any()


def test_sizes_are_log_normal(million):
    for category in range(len(CATEGORIES)):
        logs = np.log(million.size[million.category == category])
        assert logs.std() == pytest.approx(ASSUME.merchant_size_sd, rel=1e-3)
        assert np.mean(((logs - logs.mean()) / logs.std()) ** 3) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("merchants", [3_000, 20_000])
def test_a_few_are_as_unequal_as_the_million(million, merchants):
    few = incumbents(merchants, 116, ASSUME)
    assert gini(few.size, few.weight) == pytest.approx(gini(million.size), abs=0.002)


def test_the_top_hundredth_sells_what_the_law_says_and_what_we_aim_at(million):
    head = million.tier == 0
    held = million.size[head].sum() / million.size.sum()
    assert held == pytest.approx(lognormal_top_share(ASSUME.merchant_size_sd, 0.01), abs=0.01)
    assert held == pytest.approx(ASSUME.top_percent_share, abs=0.15)


@pytest.mark.parametrize("merchants", [3_000, 1_000_000])
def test_kinds_of_shops_have_their_share_of_the_sales(merchants):
    some = incumbents(merchants, 116, ASSUME)
    gmv = some.weight * some.size * some.price
    held = np.bincount(some.kind, gmv) / gmv.sum()
    assert held[1] == pytest.approx(ASSUME.self_built_share, abs=0.02)
    assert held[2] == pytest.approx(ASSUME.alliance_share, abs=0.04)


def test_the_platform_takes_less_of_its_sales_than_the_prospectus_allows():
    some = incumbents(20_000, 116, ASSUME)
    settled = some.weight * some.size * some.price * (1 - some.returns)
    by_kind = np.bincount(some.kind, settled)
    earned = (
        ASSUME.standard_fee * by_kind[1] + value("alliance.commission") * value("alliance.platform_cut") * by_kind[2]
    )
    assert 0 < earned / (some.weight * some.size * some.price).sum() < value("take_rate_upper")


def test_another_seed_is_another_draw_of_traits_and_the_same_seed_the_same():
    first, again, other = (incumbents(300, seed, ASSUME) for seed in (1, 1, 2))
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert (first.price != other.price).any()


# Who comes


@pytest.mark.parametrize("merchants", [300, 3_000])
def test_newcomers_are_as_many_a_day_as_assumed_and_come_in_the_order_of_their_days(merchants):
    coming = newcomers(merchants, 116, ASSUME)
    assert np.bincount(coming.entered, coming.weight) == pytest.approx(ASSUME.newcomers_per_day)
    assert (np.diff(coming.entered) >= 0).all()
    assert np.unique(coming.id).size == coming.id.size
    assert coming.id.min() == value("active_merchants")


def test_newcomers_have_the_mean_and_the_spread_of_their_law():
    coming = newcomers(20_000, 116, ASSUME)
    logs = np.log(coming.size * value("average_order_value"))
    assert logs.std() == pytest.approx(ASSUME.newcomer_size_sd, rel=0.02)
    assert logs.mean() + ASSUME.newcomer_size_sd**2 / 2 == pytest.approx(np.log(ASSUME.newcomer_daily_sales), abs=0.02)


# At rest


@pytest.mark.parametrize("merchants", SIZES)
def test_at_rest_every_merchant_sells_its_size_and_the_inside_share_is_as_set(merchants):
    market = open_market(merchants)
    n, rest = market.incumbents, market.steady
    traits = type(market.traits)(*(column[:n] for column in market.traits))
    shares_of = venue_shares(ASSUME)
    assert shares_of.sum() == pytest.approx(1)
    occasions = rest.occasions.sum(axis=0)
    assert of(traits, "size") / occasions == pytest.approx(ASSUME.inside_share)
    assert rest.no_purchase + rest.rival == pytest.approx(rest.merchants)


def test_elasticities_of_the_segments_make_the_headline_one_weighted_by_orders():
    market = open_market(300)
    orders = market.steady.occasions.sum(axis=1)
    assert elasticities(ASSUME) @ orders / orders.sum() == pytest.approx(ASSUME.price_elasticity)


def test_needs_leak_to_the_rival_as_assumed():
    market = open_market(300)
    rest, inside = market.steady, ASSUME.inside_share
    rival = hazard(ASSUME) * (1 - inside) * rest.rival / rest.merchants
    assert rival == pytest.approx(ASSUME.leak)
    half = open_market(300, assume=ASSUME.but({"assume.rival_part": 0.5}))
    assert half.steady.rival == pytest.approx(rest.rival / 2)
    assert half.steady.need_lapse == pytest.approx(ASSUME.leak / 2)


# Calibrated numbers


def test_calibrated_numbers_are_what_the_command_finds_and_meet_their_targets(tmp_path):
    fits = calibrate()
    copy = shutil.copy(FILE, tmp_path)
    write(fits, Path(copy))
    assert Path(copy).read_text(encoding="utf-8") == FILE.read_text(encoding="utf-8")
    for fit in fits:
        assert value(fit.name) == fit.value
        assert abs(fit.residual) < 0.005 * value(fit.target)


def test_buyers_of_the_market_at_rest_come_back_as_often_as_reported():
    assert monthly_repeat(open_market(300)) == pytest.approx(value("monthly_repeat"), abs=0.002)
    more = open_market(300, assume=ASSUME.but({"assume.persons": 1.5 * ASSUME.persons}))
    assert monthly_repeat(more) < monthly_repeat(open_market(300))


# What cannot be


@both
@pytest.mark.parametrize("merchants", [0, -1, 29, 1_000_001, 12.5, "many"])
def test_a_number_of_merchants_that_cannot_be_is_refused_with_the_range(lang, merchants):
    with speaking(lang), pytest.raises(Refusal) as refused:
        open_market(merchants)
    assert str(merchants) in str(refused.value)
    assert "30" in str(refused.value)


@pytest.mark.parametrize("seed", [-1, 1.5, "x"])
def test_a_seed_that_cannot_be_is_refused(seed):
    with pytest.raises(Refusal, match="whole number from 0"):
        open_market(300, seed=seed)


@both
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"assume.inside_share": 0.02}, "no_rest_hazard"),
        ({"assume.inside_share": 0.5, "assume.need_hazard": 0.01, "assume.leak": 0.05}, "no_rest_leak"),
    ],
)
def test_assumptions_without_a_steady_start_are_refused_with_what_would_help(lang, changes, code):
    with speaking(lang), pytest.raises(Refusal) as refused:
        open_market(300, assume=ASSUME.but(changes))
    assert refused.value.code == code
    assert "assume." in str(refused.value)


@given(data=st.data())
def test_every_steady_start_that_is_not_refused_has_a_ladder_that_does_not_run_away(data):
    levers = ASSUME.levers()
    names = ("persons", "persons_new", "promotion_rate", "need_hazard", "impulse_share", "leak", "inside_share")
    moved = {f"assume.{name}": somewhere(data.draw, levers[f"assume.{name}"]) for name in names}
    assume = ASSUME.but(moved)
    try:
        market = open_market(60, assume=assume)
    except Refusal as refusal:
        # Only the two bounds that a person can be told how to keep.
        code = refusal.code
    else:
        code = "steady" if ladder_radius(market.steady, assume) <= 1 + 1e-9 else "unsteady"
    assert code in ("no_rest_hazard", "no_rest_leak", "steady")


def test_a_ladder_that_runs_away_is_seen_and_refused(monkeypatch):
    market = open_market(60)
    # So many needs a person that first purchases overshoot the persons there are.
    assert ladder_radius(market.steady._replace(arrivals=1000 * market.steady.arrivals), ASSUME) > 1.01
    monkeypatch.setattr("kit.simulator.steady_state.ladder_radius", lambda rest, assume: 1.01)
    with pytest.raises(Refusal, match=r"spectral radius 1\.01"):
        open_market(60)


def test_what_a_market_rests_on_is_what_was_read():
    names = open_market(300).assume.names_read()
    assert {"inside_share", "merchant_size_sd", "leak"} <= set(names)
    assert "festival_period" not in names
