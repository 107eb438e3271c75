"""Tables of one run: days add up to weeks and classes, money is settled or under way, newcomers survive or leave."""

import math

import numpy as np
import pandas as pd
import pytest
from coupon_runs import TODAY
from oracles.reference_platform import steady_escrow

from kit.analysis import run_tables
from kit.economics.inequality import gini
from kit.parameters.sourced import assumptions
from kit.simulator.population import CATEGORIES, TIERS
from kit.simulator.recorded import METRICS
from kit.simulator.records import Records
from kit.simulator.run import simulate
from kit.text import LANGUAGES, speaking, words

ASSUME = assumptions()


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
        {"date": run_tables.daily(records)["date"], "paid": paid, "settled": settled, "refunded": refunded}
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
    days, weeks, classes = run_tables.daily(runs[0]), run_tables.weekly(runs[0]), by_class(runs[0])
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
    assert run_tables.daily(runs[0])["date"][0] == pd.Timestamp("2020-08-01")


def test_the_account_keeps_its_lines_apart(runs):
    days = run_tables.daily(runs[0])
    lines = days[list(run_tables.ACCOUNT)].sum()
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


def test_at_rest_escrow_is_what_a_queue_of_days_holds(market):
    still = simulate(market, TODAY, days=3, disabled=["entry"])
    paid, returned = still.metric("gmv")[0], still.metric("returned")[0]
    held = steady_escrow(paid, returned / paid, int(ASSUME.settlement_days), int(ASSUME.return_days))
    assert escrow(still)["escrow"].to_numpy() == pytest.approx(held)


def test_shares_of_the_top_and_gini_lie_between_equal_and_one(runs):
    for unequal in run_tables.inequality(runs[0]).values():
        assert 0 < unequal < 1


def test_at_rest_sales_are_as_unequal_as_sizes_times_prices(market):
    there = market.traits.entered < 0
    traits = type(market.traits)(*(column[there] for column in market.traits))
    unequal = run_tables.inequality(simulate(market, TODAY, days=10, disabled=["entry"]))
    assert unequal["gini"] == pytest.approx(gini(traits.size * traits.price, traits.weight))


def test_survivors_are_those_who_entered_less_those_who_left(market, runs):
    assert 0 < run_tables.survival(runs[1]) < 1
    assert run_tables.survival(simulate(market, TODAY, disabled=["exit"])) == pytest.approx(1)
    assert math.isnan(run_tables.survival(simulate(market, TODAY, days=30)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_metric_has_words(lang):
    with speaking(lang):
        for name in METRICS:
            assert words(f"column.{name}")
