"""Results: tidy tables that add up, a policy against its twin, and files that hold the same numbers."""

import math

import numpy as np
import pandas as pd
import pytest
from oracles.reference_platform import steady_escrow

from kit.analysis import metrics
from kit.analysis.counterfactual import compare
from kit.economics.inequality import gini
from kit.parameters.sourced import RANGED, assumptions, fact, value
from kit.policies.policy import policy
from kit.simulator.population import CATEGORIES, TIERS
from kit.simulator.recorded import METRICS
from kit.simulator.records import Records
from kit.simulator.run import simulate
from kit.simulator.steady_state import open_market
from kit.text import LANGUAGES, Refusal, has, speaking, words

ASSUME = assumptions()
TODAY = policy("august_2020")
COUPON = TODAY.but({"coupon.depth": 0.15, "coupon.start": "2020-09-01", "coupon.end": "2020-09-13"})


@pytest.fixture(scope="module")
def market():
    return open_market(300)


@pytest.fixture(scope="module")
def runs(market):
    return simulate(market, COUPON), simulate(market, TODAY)


# Tables of one run


def escrow(records: Records) -> pd.DataFrame:
    """Return what buyers have paid and nobody has yet: one row is a day.

    Columns: ``paid``, ``settled``, ``refunded`` and ``escrow`` in yuan. A kept order is settled after the settlement
    lag, a returned one refunded after the return window. Money that was under way on the first day is that of a
    market at rest.
    """
    assume = records.market.assume
    lag = int(assume.return_days)
    paid, returned, settled = records.metric("gmv"), records.metric("returned"), records.metric("settled")
    traits = records.market.traits
    there = traits.entered < 0
    sold = np.where(there, traits.weight * traits.size * traits.price, 0.0)
    at_rest = float(sold @ traits.returns)
    kept_at_rest = float(sold.sum()) - at_rest
    refunded = np.concatenate([np.full(min(lag, records.days), at_rest), returned[:-lag] if records.days > lag else []])
    under_way = kept_at_rest * int(assume.settlement_days) + at_rest * lag
    table = pd.DataFrame(
        {"date": metrics.daily(records)["date"], "paid": paid, "settled": settled, "refunded": refunded}
    )
    table["escrow"] = under_way + (paid - settled - refunded).cumsum()
    return table


def by_class(records: Records) -> pd.DataFrame:
    """Return what each class of merchants did in a run: one row is a ``category`` and a ``tier`` (size at the start).

    Columns: the metrics, summed over the days (``merchants`` is the mean number).
    """
    totals = records.groups.sum(axis=0).reshape(len(CATEGORIES), len(TIERS), len(METRICS))
    rows = []
    for k, category in enumerate(CATEGORIES):
        for t, tier in enumerate(TIERS):
            rows.append({"category": category, "tier": tier, **dict(zip(METRICS, totals[k, t], strict=True))})
    table = pd.DataFrame(rows)
    table["merchants"] /= records.days
    return table


def test_days_add_up_to_weeks_and_to_classes(runs):
    days, weeks, classes = metrics.daily(runs[0]), metrics.weekly(runs[0]), by_class(runs[0])
    for name in METRICS:
        if name != "merchants":
            assert weeks[name].sum() == pytest.approx(days[name].sum())
            assert classes[name].sum() == pytest.approx(days[name].sum())
    assert classes["merchants"].sum() == pytest.approx(days["merchants"].mean())
    assert len(weeks) == 26
    assert weeks["date"].diff().dropna().eq(pd.Timedelta(7, "D")).all()
    assert set(zip(classes["category"], classes["tier"], strict=True)) == {
        (category, tier)
        for category in ("apparel", "premium", "home")
        for tier in ("head", "waist", "tail", "newcomer")
    }


def test_the_first_day_is_the_first_of_august(runs):
    assert metrics.daily(runs[0])["date"][0] == pd.Timestamp("2020-08-01")


def test_the_account_keeps_its_lines_apart(runs):
    days = metrics.daily(runs[0])
    lines = days[list(metrics.ACCOUNT)].sum()
    assert list(lines.index) == ["cash_revenue", "subsidy", "credit", "displaced", "content"]
    assert lines["cash_revenue"] == pytest.approx((days["fees"] + days["cut"] + days["cash"]).sum())
    assert lines["subsidy"] == pytest.approx(runs[0].metric("subsidy").sum())


def test_paid_money_is_settled_refunded_or_under_way(runs):
    table = escrow(runs[0])
    assert (table["escrow"] > 0).all()
    flow = table["paid"] - table["settled"] - table["refunded"]
    assert table["escrow"].diff().dropna().to_numpy() == pytest.approx(flow[1:].to_numpy(), abs=1e-3)
    # Long after the coupon all that it moved has come through.
    assert table["escrow"].iloc[-1] == pytest.approx(escrow(runs[1])["escrow"].iloc[-1], rel=0.01)


def test_shares_of_the_top_and_gini_lie_between_equal_and_one(runs):
    for unequal in metrics.inequality(runs[0]).values():
        assert 0 < unequal < 1


def test_at_rest_sales_are_as_unequal_as_sizes_times_prices(market):
    there = market.traits.entered < 0
    traits = type(market.traits)(*(column[there] for column in market.traits))
    unequal = metrics.inequality(simulate(market, TODAY, days=10, disabled=["entry"]))
    assert unequal["gini"] == pytest.approx(gini(traits.size * traits.price, traits.weight))


def test_survivors_are_those_who_entered_less_those_who_left(market, runs):
    assert 0 < metrics.survival(runs[1]) < 1
    assert metrics.survival(simulate(market, TODAY, disabled=["exit"])) == pytest.approx(1)
    assert math.isnan(metrics.survival(simulate(market, TODAY, days=30)))


# Against the twin


def test_a_policy_that_is_its_own_twin_does_nothing(market):
    table = compare(market, {"one": TODAY, "other": TODAY}, days=28)
    more = [column for column in table if column.endswith("_more")]
    assert (table[more] == 0).all(axis=None)
    assert table.attrs["finding"]["net"] == (0, "yuan")


def test_weeks_of_a_comparison_are_policy_less_twin(market, runs):
    table = compare(market, {"today": TODAY, "coupon": COUPON})
    trial = table[table["scenario"] == "coupon"].reset_index(drop=True)
    weeks, base = (metrics.weekly(records) for records in runs)
    assert trial["gmv_more"].to_numpy() == pytest.approx((weeks["gmv"] - base["gmv"]).to_numpy())
    assert list(table["scenario"].unique()) == ["today", "coupon"]
    assert set(type(ASSUME).model_fields) & set(table.attrs["rests_on"])
    assert all(fact(name).status in RANGED for name in table.attrs["rests_on"])


def test_at_rest_escrow_is_what_a_queue_of_days_holds(market):
    still = simulate(market, TODAY, days=3, disabled=["entry"])
    paid, returned = still.metric("gmv")[0], still.metric("returned")[0]
    held = steady_escrow(paid, returned / paid, int(ASSUME.settlement_days), int(ASSUME.return_days))
    assert escrow(still)["escrow"].to_numpy() == pytest.approx(held)


def test_gross_is_more_than_net_for_a_coupon_and_the_rest_would_have_been_bought_anyway(runs):
    found = {name: amount for name, (amount, _) in metrics.effect(*runs).items()}
    assert 0 < found["net"] < found["gross"]
    subsidised = runs[0].metric("subsidised").sum()
    assert found["more_per_subsidised"] == pytest.approx(found["net_orders"] / subsidised)
    # Of a policy that is a coupon alone, the twin is the policy without its coupon.
    anyway = metrics.infra_marginal_share(runs[0], lambda: runs[1])["infra_marginal"][0]
    assert 0 < anyway < 1
    assert anyway == pytest.approx(1 - found["more_per_subsidised"])
    assert metrics.infra_marginal_share(runs[1], lambda: pytest.fail("nothing to ask")) == {}
    assert found["subsidy_more"] == pytest.approx(runs[0].metric("subsidy").sum())
    assert found["cost_per_buyer"] > value("average_order_value")


def test_the_day_of_payback_is_the_first_from_which_cash_is_never_short_again():
    assert metrics.payback_day(np.array([1.0, 2.0])) == 0
    assert metrics.payback_day(np.array([-1.0, -1.0, 0.5, 1.0])) == 3
    assert metrics.payback_day(np.array([-1.0, 1.0, -0.5, 1.0])) == 4
    assert metrics.payback_day(np.array([1.0, -1.0])) == math.inf


def test_one_policy_alone_is_no_comparison(market):
    with pytest.raises(Refusal, match="at least two"):
        compare(market, {"today": TODAY})


# Files


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".xlsx"])
def test_a_file_holds_the_numbers_of_its_table(runs, tmp_path, ending):
    table = metrics.weekly(runs[0])
    path = metrics.export(table, tmp_path / f"weeks{ending}")
    read = {".csv": pd.read_csv, ".parquet": pd.read_parquet, ".xlsx": pd.read_excel}[ending](path)
    assert list(read) == list(table)
    numbers = [column for column in table if column != "date"]
    assert read[numbers].to_numpy(float) == pytest.approx(table[numbers].to_numpy(float), rel=1e-12)
    assert pd.to_datetime(read["date"]).tolist() == table["date"].tolist()


def test_a_kind_of_file_that_we_do_not_write_is_refused_with_those_that_we_do(runs, tmp_path):
    with pytest.raises(Refusal, match="parquet"):
        metrics.export(metrics.weekly(runs[0]), tmp_path / "weeks.docx")
    assert not list(tmp_path.iterdir())


# Words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_and_metric_has_words(lang, runs):
    with speaking(lang):
        for name in metrics.effect(*runs):
            assert has(f"finding.compare.{name}"), name
        for name in METRICS:
            assert words(f"column.{name}")
