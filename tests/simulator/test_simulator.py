"""The simulator: flat at rest, honest about luck, and nothing made or lost under any policy."""

import datetime
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invariants import invariants
from lever_strategies import somewhere

from kit.analysis.counterfactual import run_with_counterfactual
from kit.numerics.compiled import version
from kit.parameters.calendar import FIRST
from kit.parameters.sourced import assumptions, value
from kit.paths import ROOT
from kit.policies.policy import policy
from kit.simulator.population import DAYS
from kit.simulator.recorded import FLOWS, METRICS
from kit.simulator.run import simulate
from kit.simulator.state import MECHANISMS
from kit.simulator.steady_state import open_market
from kit.text import LANGUAGES, Refusal, speaking

ASSUME = assumptions()
TODAY = policy("august_2020")
both = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def market():
    return open_market(300)


def coupon(**levers):
    return TODAY.but({f"coupon.{name}": value for name, value in ({"depth": 0.15} | levers).items()})


# At rest


@pytest.mark.parametrize("merchants", [30, 3_000])
def test_with_no_policy_and_no_growth_nothing_moves(merchants):
    records = simulate(open_market(merchants), TODAY, disabled=["entry"])
    assert records.days == DAYS
    assert (
        np.abs(
            records.groups / np.where(records.groups[0], records.groups[0], 1) - records.groups[0].astype(bool)
        ).max()
        < 1e-9
    )
    assert (
        np.abs(records.flows / np.where(records.flows[0], records.flows[0], 1) - records.flows[0].astype(bool)).max()
        < 1e-9
    )


def test_a_simulated_august_has_the_orders_and_the_order_value_of_the_sources():
    august = simulate(open_market(3_000), TODAY, days=31, disabled=["entry"])
    orders = august.metric("orders").sum()
    assert orders == pytest.approx(value("orders_august"))
    assert august.metric("gmv").sum() / orders == pytest.approx(value("average_order_value"))
    occasions = open_market(3_000).steady.occasions.sum() * 31
    assert orders / occasions == pytest.approx(ASSUME.inside_share)


@settings(max_examples=25)
@given(data=st.data())
def test_whatever_the_assumptions_the_start_is_steady(data):
    levers = ASSUME.levers()
    names = (
        "inside_share",
        "impulse_share",
        "leak",
        "rival_part",
        "merit_feedback",
        "fan_concentration",
        "private_share",
        "private_intent",
        "fan_decay",
        "attention_made",
        "supply_fixity",
        "merchant_size_sd",
        "appeal_trust",
    )
    moved = {f"assume.{name}": somewhere(data.draw, levers[f"assume.{name}"]) for name in names}
    try:
        market = open_market(60, assume=ASSUME.but(moved))
    except Refusal:
        return
    orders = simulate(market, TODAY, days=40, disabled=["entry"]).metric("orders")
    assert orders == pytest.approx(value("orders_august") / 31, rel=1e-9)


# Luck


def test_the_same_seed_gives_the_same_bits_and_another_seed_other_luck(market):
    first, again, other = (simulate(market, TODAY, days=20, draws="sampled", seed=seed) for seed in (1, 1, 2))
    assert (first.groups == again.groups).all()
    assert (first.metric("orders") != other.metric("orders")).all()


def test_expected_runs_have_no_luck(market):
    first, other = (simulate(market, TODAY, days=20, seed=seed) for seed in (1, 2))
    assert (first.groups == other.groups).all()


def test_who_enters_later_changes_nobody_s_luck_before():
    few, many = open_market(300), open_market(300, assume=ASSUME.but({"assume.newcomers_per_day": 4000}))
    with_few, with_many = (simulate(m, TODAY, days=1, draws="sampled", disabled=["entry"]) for m in (few, many))
    assert (with_few.groups == with_many.groups).all()


def test_sampled_orders_scatter_about_the_expected_ones_as_their_law_says():
    market = open_market(3_000)
    expected = simulate(market, TODAY, days=1, disabled=["entry", "sessions"]).metric("orders")[0]
    drawn = [
        simulate(market, TODAY, days=1, draws="sampled", seed=s, disabled=["entry", "sessions"]) for s in range(200)
    ]
    orders = np.array([records.metric("orders")[0] for records in drawn])
    # Without the luck of sessions, orders are Poisson whatever the weights.
    assert orders.mean() == pytest.approx(expected, abs=4 * np.sqrt(expected / 200))
    assert orders.std() == pytest.approx(np.sqrt(expected), rel=0.2)


def test_sampled_totals_stay_near_the_expected_ones():
    market = open_market(20_000)
    sure = simulate(market, TODAY, days=60).metric("orders").sum()
    drawn = [simulate(market, TODAY, days=60, draws="sampled", seed=seed).metric("orders").sum() for seed in range(4)]
    assert np.mean(drawn) == pytest.approx(sure, rel=0.004)


def test_buyers_learn_a_posted_price_whether_or_not_a_room_is_live(market):
    runs = [simulate(market, coupon(end="2020-08-20"), days=40, draws=draws) for draws in ("expected", "sampled")]
    sure, drawn = (records.state.reference for records in runs)
    assert sure.min() < 0.99
    assert (sure == drawn).all()


# A coupon


def test_a_coupon_sells_more_today_and_less_afterwards(market):
    with_it = simulate(market, coupon(end="2020-08-13"), disabled=["entry"]).metric("orders")
    without_it = simulate(market, TODAY, disabled=["entry"]).metric("orders")
    assert (with_it[:13] > without_it[:13]).all()
    assert (with_it[13:40] < without_it[13:40]).all()


def test_spending_stops_at_the_budget_and_says_on_which_day(market):
    whole = simulate(market, coupon(), days=30).metric("subsidy")
    budget = whole[:10].sum() + 0.4 * whole[10]
    records = simulate(market, coupon(budget=budget), days=30)
    spent = records.metric("subsidy")
    assert spent.sum() == pytest.approx(budget, rel=1e-6)
    assert spent.sum() <= budget * (1 + 1e-9)
    assert records.spent_out == {"coupon": FIRST + datetime.timedelta(10)}
    assert (spent[11:] == 0).all()
    assert spent[:10] == pytest.approx(whole[:10])


def test_a_coupon_of_nothing_is_no_coupon(market):
    for nothing in (coupon(depth=0), coupon(reach=0), coupon(budget=0)):
        assert simulate(market, nothing, days=10).groups == pytest.approx(simulate(market, TODAY, days=10).groups)


def test_what_the_platform_does_not_pay_the_merchant_does(market):
    paid, shared = (simulate(market, coupon(platform_part=part), days=1) for part in (1.0, 0.25))
    assert shared.metric("orders") == pytest.approx(paid.metric("orders"))
    assert shared.metric("subsidy") == pytest.approx(0.25 * paid.metric("subsidy"))
    assert shared.metric("profit") < paid.metric("profit")


def test_before_its_first_day_a_programme_does_nothing(market):
    late = simulate(market, coupon(start="2020-08-11"), days=12)
    assert (late.groups[:10] == simulate(market, TODAY, days=10).groups).all()
    assert late.metric("subsidy")[10] > 0


# Fan Xing


def test_fan_xing_goes_to_self_built_newcomers_of_its_window(market):
    records = simulate(market, policy("fan_xing"), disabled=["re_registration"])
    twin = simulate(market, TODAY)
    window = slice(31, 31 + 61)
    more = records.metric("credit")
    assert (more[:31] == 0).all()
    assert (more[window] > 0).all()
    assert (more[31 + 61 + int(ASSUME.credit_days) :] == 0).all()
    entered = records.cohorts[window, 0].sum()
    assert more.sum() == pytest.approx(200 * entered * ASSUME.self_built_newcomers, rel=0.05)
    assert entered > twin.cohorts[window, 0].sum()
    assert records.metric("fees").sum() < twin.metric("fees").sum()


def test_who_left_before_the_window_or_came_after_it_pays_the_standard_fee(market):
    state = simulate(market, policy("fan_xing")).state
    entered = market.traits.entered
    in_window = (entered >= 31) & (entered < 31 + 61)
    assert state.in_plan.any()
    assert not state.in_plan[~in_window].any()
    assert not state.in_plan[market.traits.kind != 1].any()


# Whatever the policy


@settings(max_examples=30)
@given(data=st.data())
def test_nothing_is_made_or_lost_under_any_policy(data):
    market = open_market(60)
    levers = coupon().levers()
    names = [
        name
        for name in levers
        if name.startswith(("coupon.", "fan_xing.", "belts.", "alliance.")) and levers[name].kind != "date"
    ]
    moved = {name: somewhere(data.draw, levers[name]) for name in names}
    without = data.draw(st.sets(st.sampled_from(MECHANISMS), max_size=4))
    draws = data.draw(st.sampled_from(["expected", "sampled"]))
    plan = TODAY.but(moved | {"coupon.start": "2020-08-03", "coupon.end": "2020-09-20"})
    check = invariants(market, shares=draws == "expected")
    records = simulate(market, plan, days=60, draws=draws, disabled=without, check=check)
    assert np.isfinite(records.groups).all()
    spent = records.metric("subsidy").sum()
    # In a sampled run luck may pass the budget by what is drawn above its mean on the last day.
    assert draws == "sampled" or spent <= moved["coupon.budget"] * (1 + 1e-6) + 1e-6


def test_the_invariants_bite(market):
    def thief(state, scratch, groups, flows):
        state.needs[0, 0] *= 0.999

    check = invariants(market)
    with pytest.raises(AssertionError, match="needs were made or lost"):
        simulate(market, TODAY, days=3, check=lambda *day: (check(*day), thief(*day)))


# Mechanisms and bad input


def test_a_run_that_is_interrupted_returns_the_days_that_were_done(market):
    days = []

    def stop(state, scratch, groups, flows):
        days.append(1)
        if len(days) == 5:
            raise KeyboardInterrupt

    records = simulate(market, TODAY, days=30, check=stop)
    assert 4 <= records.days <= 5
    assert (records.metric("orders") > 0).all()


@both
@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"days": 0}, "182"),
        ({"days": 183}, "182"),
        ({"days": 1.5}, "182"),
        ({"draws": "lucky"}, "sampled"),
        ({"seed": -1}, "0"),
        ({"disabled": ["gravity"]}, "merit_feedback"),
    ],
)
def test_what_cannot_be_run_is_refused_with_what_can(market, lang, wrong, right):
    with speaking(lang), pytest.raises(Refusal) as refused:
        simulate(market, TODAY, **wrong)
    assert right in str(refused.value)


def test_an_unknown_metric_is_refused_with_all_that_there_are(market):
    with pytest.raises(Refusal, match="orders"):
        simulate(market, TODAY, days=1).metric("gvm")


def test_records_are_named_as_they_are_laid_out(market):
    records = simulate(market, TODAY, days=2)
    assert records.groups.shape[2] == len(METRICS)
    assert records.flow("persons").shape == (2, 3, 3)
    assert records.flows.shape[1] == len(FLOWS)
    assert records.flow("orders").sum(axis=(1, 2)) == pytest.approx(records.metric("orders"))


def test_a_run_rests_on_what_it_read_itself(market):
    names = {name: set(simulate(market, policy(name), days=40).rests_on) for name in ("fan_xing", "august_2020")}
    assert {"coaching_lift", "newcomer_size_sd"} <= names["fan_xing"]
    assert "coaching_lift" not in names["august_2020"]


# Compiled code


def test_an_edit_in_any_source_is_another_cache(tmp_path):
    compiles = "from kit.numerics.compiled import compiled\n"
    (tmp_path / "a.py").write_text(compiles + "x = 1")
    before = version(tmp_path)
    (tmp_path / "words.py").write_text("nothing that compiles")
    assert version(tmp_path) == before
    (tmp_path / "b.py").write_text(compiles + "y = 1")
    assert version(tmp_path) != before
    added = version(tmp_path)
    (tmp_path / "b.py").write_text(compiles + "y = 2")
    assert version(tmp_path) != added


def test_an_edited_callee_moves_the_result(tmp_path):
    """The whole way, in processes of their own: call, edit what is called in another file, call again."""
    package = tmp_path / "kit"
    shutil.copytree(ROOT / "kit", package, ignore=shutil.ignore_patterns("__pycache__"))
    ask = "from kit.simulator.day.attention import session_shock; print(session_shock(1, 2, 3, 1.0, 0.5))"

    def drawn() -> str:
        # Read-only sources and no home: the cache must find its place all the same.
        environment = {"PYTHONPATH": str(tmp_path), "PATH": os.environ["PATH"], "TMPDIR": str(tmp_path)}
        return subprocess.run(
            [sys.executable, "-c", ask], env=environment, cwd=tmp_path, check=True, text=True, capture_output=True
        ).stdout

    first, again = drawn(), drawn()
    draws = package / "numerics" / "draws.py"
    draws.write_text(
        draws.read_text(encoding="utf-8").replace("0xBF58476D1CE4E5B9", "0xBF58476D1CE4E5BB"), encoding="utf-8"
    )
    assert first == again != drawn()


@pytest.mark.parametrize("given", ["fan_xing", None])
def test_what_is_no_policy_is_refused(market, given):
    for run in (lambda: simulate(market, given), lambda: run_with_counterfactual(given, market=market)):
        with pytest.raises(Refusal, match="not a policy"):
            run()
    with pytest.raises(Refusal, match="Market is not a policy"):
        run_with_counterfactual(market, policy("fan_xing"))
