"""Orders, splits and refunds to the cent: the worked example, every invariant on made histories, and the rules."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.reference_bookings import Bookings, Slot, slot_position
from oracles.reference_ledger import adjust_fees, book_credit, daily_fees
from oracles.reference_step_commission import step_rates
from order_histories import lived, made_events, made_orders
from reconciliation import BOUNDS, reconcile, settle_sampled

from kit.economics.fees import Scale
from kit.parameters.sourced import value
from kit.settlement.batch import settle
from kit.settlement.book import open_orders, replay
from kit.settlement.entitlements import (
    ACCOUNTS,
    CREATED,
    INVALID,
    PAID,
    RECEIVED,
    SETTLED,
    Rates,
    cents,
    entitlements,
    per_mille,
    position,
    rates_of_2019,
)
from kit.settlement.journal import KINDS, Journal
from kit.settlement.ledger import DAY, Ledger
from kit.settlement.step_commission import Step, step_commission
from kit.text import Refusal

EXAMPLE = Rates(tech=50, commission=200, service=100, leader=10)
BATCHES, EACH = 40, 250  # 10,000 histories


def opened(base=9_900, coupon=2_000, rates=EXAMPLE) -> Ledger:
    ledger = Ledger()
    ledger.open("A1", base, coupon, rates, ("S1", "P1", "L1", ""))
    return ledger


def settled(*refunds: int, **terms) -> Ledger:
    """An order paid on day 0, received on day 3, settled on day 10, refunded from day 20 on."""
    ledger = opened(**terms)
    for seq, (event, day) in enumerate([("paid", 0), ("received", 3), ("settled", 10)], start=1):
        ledger.apply("A1", seq, event, day * DAY)
    for n, amount in enumerate(refunds):
        ledger.apply("A1", 4 + n, "refunded", (20 + n) * DAY, amount)
    return ledger


def some(ledger: Ledger) -> dict[str, int]:
    """The balances that are not 0."""
    return {account: amount for account, amount in ledger.balances().items() if amount}


# The worked example


def test_the_worked_example_is_split_cent_by_cent():
    assert some(settled()) == {
        "buyer": -7_900,
        "platform_subsidy": -2_000,
        "supply_chain": 7_326,
        "promoter": 1_782,
        "leader": 99,
        "platform_fee": 693,
    }


def test_the_worked_example_refunded_in_part_is_taken_back_to_what_the_rest_entitles_to():
    before, after = settled(), settled(3_333)
    assert entitlements(6_567, EXAMPLE) == (4_861, 1_313 - 131, 65, 0, 328 + 131)
    assert after.balances()["supply_chain"] == 4_861
    back = {name: after.balances()[name] - before.balances()[name] for name in ("buyer", "platform_subsidy")}
    assert back == {"buyer": 2_659, "platform_subsidy": 674}
    assert after.orders["A1"].state == SETTLED


def test_the_worked_example_refunded_whole_leaves_every_account_at_zero():
    ledger = settled(3_333, 3_333, 3_234)
    assert some(ledger) == {}
    assert ledger.orders["A1"].state == INVALID
    assert len(ledger.journal) == 6


def test_money_waits_in_escrow_until_it_is_settled():
    ledger = opened()
    ledger.apply("A1", 1, "paid", 0)
    assert some(ledger) == {"buyer": -7_900, "platform_subsidy": -2_000, "escrow": 9_900}
    ledger.apply("A1", 2, "refunded", 1, 3_333)
    assert some(ledger) == {"buyer": -5_241, "platform_subsidy": -1_326, "escrow": 6_567}
    ledger.apply("A1", 3, "received", 2)
    assert ledger.balances()["escrow"] == 6_567


def test_refunds_are_not_pro_rated():
    # Three refunds of 33.33 on 99.99 at 20 %: a percentage of each would take back 20.01 where 19.99 was paid.
    rates = Rates(commission=200)
    charged = settled(base=9_999, coupon=0, rates=rates).balances()["promoter"]
    pro_rated = sum(round(3_333 * 0.2) for _ in range(3))
    assert (pro_rated, charged) == (2_001, 1_999)
    taken, left = [], charged
    for n in (1, 2, 3):
        now = settled(*[3_333] * n, base=9_999, coupon=0, rates=rates).balances()["promoter"]
        taken, left = [*taken, left - now], now
    assert sum(taken) == charged
    assert taken == [666, 667, 666]


# The shares


@settings(max_examples=300, deadline=None)
@given(
    base=st.integers(1, 10**9),
    rates=st.tuples(*[st.integers(0, 333)] * 3),
    cut=st.integers(0, 1000),
    second=st.integers(0, 1000),
)
def test_the_shares_are_the_floors_of_the_exact_shares_and_add_up(base, rates, cut, second):
    tech, commission, leader = (math.floor(Fraction(base * rate, 1000)) for rate in rates)
    got = entitlements(base, Rates(rates[0], rates[1], cut, rates[2], second))
    assert sum(got) == base
    assert min(got) >= 0
    assert got.promoter + got.platform_fee == commission + tech
    assert got.platform_fee - tech == math.floor(Fraction(commission * cut, 1000))
    assert got.leader + got.second_leader == leader
    assert got.second_leader == math.floor(Fraction(leader * second, 1000))


@pytest.mark.parametrize("seed", range(20))
def test_every_party_but_the_residual_gains_with_the_base(seed):
    luck = np.random.default_rng(seed)
    rates = Rates(*(int(luck.integers(0, high + 1)) for high in (80, 500, 500, 100, 1000)))
    got = entitlements(np.arange(20_000), rates)
    for name, share in zip(got._fields, got, strict=True):
        step = np.diff(share)
        if name == "supply_chain":
            # It takes what remains: a cent more may cost it what up to two of the others gain at once.
            assert step.min() >= 1 - 3
        else:
            assert step.min() >= 0


def test_a_second_leader_is_paid_out_of_the_first_ones_share():
    alone, passed = entitlements(9_900, EXAMPLE), entitlements(9_900, Rates(50, 200, 100, 10, 300))
    assert (passed.leader, passed.second_leader) == (70, 29)
    assert alone.leader == passed.leader + passed.second_leader
    assert alone.supply_chain == passed.supply_chain


@pytest.mark.parametrize(
    "rates", [(500, 400, 0, 101), (-1, 0, 0, 0), (0, 1_001, 0, 0), (0, 0, 1_001, 0), (0.5, 0, 0, 0)]
)
def test_rates_beyond_the_whole_price_are_refused(rates):
    with pytest.raises(Refusal, match="per mille"):
        Rates(*rates)


def test_the_rule_of_2019_takes_half_of_the_commission_or_five_per_cent():
    price, commission, elsewhere = (value(f"F03{part}") for part in "abc")
    net = per_mille((commission - elsewhere) / price)
    assert entitlements(cents(price), rates_of_2019(net)).platform_fee == cents(value("F03d")) == 750
    assert entitlements(10_000, rates_of_2019(200, leader=10)) == (7_900, 1_000, 100, 0, 1_000)
    assert entitlements(10_000, rates_of_2019(0, leader=10)) == (9_400, 0, 100, 0, 500)


@pytest.mark.parametrize(("read", "wrong"), [(cents, 0.005), (cents, 99.999), (per_mille, 0.0125), (per_mille, 0.0001)])
def test_fractions_of_a_cent_and_of_a_per_mille_are_refused(read, wrong):
    with pytest.raises(Refusal, match="whole"):
        read(wrong)


# Invariants on made histories


@pytest.fixture(scope="module", params=range(BATCHES))
def history(request):
    orders = made_orders(EACH, seed=request.param)
    events = made_events(orders, seed=request.param)
    return orders, events, lived(orders, events)


def by_order(ledger: Ledger) -> np.ndarray:
    """What each order's accounts hold: orders x accounts."""
    wide = ledger.journal.matrix()
    held = np.zeros((len(ledger.orders), len(ACCOUNTS)), dtype=np.int64)
    np.add.at(held, wide[:, 0], wide[:, 6:])
    return held


def states(ledger: Ledger) -> np.ndarray:
    return np.array([order.state for order in ledger.orders.values()])


def test_every_journal_sums_to_zero_and_escrow_is_never_overdrawn(history):
    _, _, ledger = history
    wide = ledger.journal.wide()
    assert (wide[list(ACCOUNTS)].sum(axis=1) == 0).all()
    assert (wide.groupby("subject")["escrow"].cumsum() >= 0).all()


def test_escrow_is_empty_once_an_order_is_settled_or_void_and_void_orders_leave_nothing(history):
    _, _, ledger = history
    held, state = by_order(ledger), states(ledger)
    assert set(state) >= {CREATED, PAID, SETTLED, INVALID}
    escrow = held[:, ACCOUNTS.index("escrow")]
    assert not escrow[np.isin(state, [SETTLED, INVALID])].any()
    rest = np.array([order.net for order in ledger.orders.values()])
    waiting = np.isin(state, [PAID, RECEIVED])
    assert (escrow[waiting] == rest[waiting]).all()
    assert not held[state == INVALID].any()


def test_nobody_is_paid_before_receipt_plus_the_lag(history):
    _, _, ledger = history
    wide = ledger.journal.wide()
    parties = ["supply_chain", "promoter", "leader", "second_leader", "platform_fee"]
    paid = wide[(wide[parties] > 0).any(axis=1) & (wide["event"] != "rated")]
    received = wide[wide["event"] == "received"].set_index("subject")["time"]
    assert len(paid)
    assert (paid["time"] - paid["subject"].map(received) >= pd.Timedelta(days=7)).all()
    first = wide[(wide[parties] != 0).any(axis=1)].groupby("subject")["event"].first()
    assert set(first) == {"settled"}


def test_settled_at_once_is_settled_event_by_event(history):
    orders, _, ledger = history
    now = list(ledger.orders.values())
    table = orders.assign(
        refunded=[order.base - order.net for order in now],
        cpsOrderStatus=[order.state for order in now],
        commissionRate=[order.rates.commission for order in now],
    )
    at_once, read = settle(table)
    assert read.refused.empty
    assert (at_once[list(ACCOUNTS)].to_numpy() == by_order(ledger)).all()


def test_a_replay_posts_nothing_twice(history):
    orders, events, ledger = history
    before = len(ledger.journal), ledger.balances()
    again = replay(ledger, events)
    assert again.posted == 0
    assert set(again.refused["reason"]) == {"event_twice"}
    assert set(open_orders(ledger, orders).refused["reason"]) == {"order_twice"}
    assert (len(ledger.journal), ledger.balances()) == before


def test_events_out_of_order_are_refused_and_find_their_place_when_sent_again(history):
    orders, events, ledger = history
    shuffled, other = events.sample(frac=1, random_state=1), Ledger()
    open_orders(other, orders)
    assert "out_of_order" in set(replay(other, shuffled).refused["reason"])
    while replay(other, shuffled).posted:
        pass
    assert (by_order(other) == by_order(ledger)).all()


@pytest.mark.parametrize("seed", range(10))
def test_any_order_and_any_partition_of_the_same_refunds_comes_to_the_same(seed):
    luck = np.random.default_rng(seed)
    for row in made_orders(50, seed=1_000 + seed).to_dict("records"):
        rates = Rates(*(row[f"{name}Rate"] for name in ("tech", "commission", "service", "regimentalPromotion")), 250)
        base, total = row["baseAmount"], int(luck.integers(0, row["baseAmount"] + 1))
        found = set()
        for _ in range(3):
            cuts = np.sort(luck.integers(0, total + 1, size=3))
            parts = [int(part) for part in np.diff([0, *cuts, total]) if part]
            early = int(luck.integers(0, len(parts) + 1)) if sum(parts) < base else len(parts)
            ledger = opened(base, row["coupon"], rates)
            ledger.apply("A1", 1, "paid", 0)
            steps = [("refunded", part) for part in parts]
            if total < base:
                steps[early:early] = [("received", 0), ("settled", 0)]
            for seq, (event, amount) in enumerate(steps, start=2):
                ledger.apply("A1", seq, event, seq * 10 * DAY, amount)
            found.add(tuple(ledger.balances().values()))
        assert len(found) == 1


ACTIONS = st.tuples(
    st.sampled_from(["paid", "received", "settled", "refunded", "closed", "rated", "shipped"]),
    st.integers(-5, 200),
    st.integers(-1, 12),
    st.sampled_from([0, 0, 0, 0, 1, -1]),
)


@settings(max_examples=300, deadline=None)
@given(base=st.integers(1, 150), coupon=st.integers(0, 50), actions=st.lists(ACTIONS, max_size=12))
def test_whatever_is_sent_the_book_balances_and_a_refused_event_changes_nothing(base, coupon, actions):
    ledger = opened(base, min(coupon, base), EXAMPLE)
    time = 0
    for event, amount, days, astray in actions:
        time += days * DAY
        before = (len(ledger.journal), ledger.balances(), ledger.orders["A1"].state, ledger.orders["A1"].net)
        try:
            ledger.apply("A1", len(ledger.orders["A1"].journals) + 1 + astray, event, time, amount)
        except Refusal:
            assert (len(ledger.journal), ledger.balances(), *before[2:]) == before
        else:
            assert len(ledger.journal) == before[0] + 1
        balances = ledger.balances()
        assert sum(balances.values()) == 0
        assert balances["escrow"] >= 0
        order = ledger.orders["A1"]
        assert 0 <= order.net <= base
        if order.state in (SETTLED, INVALID):
            assert balances["escrow"] == 0
        if order.state == INVALID:
            assert not any(balances.values())


# What the ledger refuses


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (("A2", 1, "paid", 0), "order_unknown"),
        (("A1", 1, "shipped", 0), "event_unknown"),
        (("A1", 2, "paid", 0), "out_of_order"),
        (("A1", 0, "paid", 0), "out_of_order"),
        (("A1", 1, "received", 0), "event_state"),
        (("A1", 1, "settled", 0), "event_state"),
        (("A1", 1, "refunded", 0, 100), "event_state"),
    ],
)
def test_an_event_that_does_not_fit_a_new_order_is_refused_by_name(event, reason):
    ledger = opened()
    with pytest.raises(Refusal) as refused:
        ledger.apply(*event)
    assert refused.value.code == reason
    assert len(ledger.journal) == 0


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ((3, "settled", 10 * DAY - 1), "too_early"),
        ((3, "received", 4 * DAY), "event_state"),
        ((3, "refunded", 4 * DAY, 9_901), "refund_above"),
        ((3, "refunded", 4 * DAY, 0), "refund_above"),
        ((3, "refunded", 4 * DAY, -100), "refund_above"),
        ((3, "refunded", 2 * DAY, 100), "event_time"),
        ((3, "rated", 4 * DAY, 950), "rates_sum"),
        ((2, "received", 3 * DAY), "event_twice"),
        ((2, "received", 4 * DAY), "event_differs"),
        ((1, "refunded", 0, 100), "event_differs"),
        ((5, "settled", 20 * DAY), "out_of_order"),
    ],
)
def test_an_event_that_does_not_fit_a_received_order_is_refused_by_name(event, reason):
    ledger = opened()
    ledger.apply("A1", 1, "paid", 0)
    ledger.apply("A1", 2, "received", 3 * DAY)
    before = ledger.balances()
    with pytest.raises(Refusal) as refused:
        ledger.apply("A1", *event)
    assert refused.value.code == reason
    assert ledger.balances() == before
    ledger.apply("A1", 3, "settled", 10 * DAY)


def test_a_void_order_takes_no_more_events():
    ledger = settled(9_900)
    for event in ("paid", "received", "settled", "refunded", "closed", "rated"):
        with pytest.raises(Refusal) as refused:
            ledger.apply("A1", 5, event, 90 * DAY, 1)
        assert refused.value.code == "event_state"


@pytest.mark.parametrize("steps", [[], ["paid"], ["paid", "received"], ["paid", "received", "settled"]])
def test_an_order_can_be_closed_from_any_state_and_leaves_nothing(steps):
    ledger = opened()
    for seq, event in enumerate([*steps, "closed"], start=1):
        ledger.apply("A1", seq, event, seq * 10 * DAY)
    assert some(ledger) == {}
    assert ledger.orders["A1"].state == INVALID
    assert ledger.records()["baseAmount"].item() == 0


def test_a_journal_that_does_not_sum_to_zero_is_refused():
    journal = Journal()
    subject = journal.subject("order", "A1", ("", "", "", ""))
    with pytest.raises(Refusal, match="adds up to 5"):
        journal.post(subject, 1, 0, 0, 0, (5,) + (0,) * 9)
    assert len(journal) == 0


def test_records_carry_the_names_and_codes_of_the_platform():
    record = settled(3_333).records().iloc[0]
    assert record["cpsOrderStatus"] == 60
    assert (record["baseAmount"], record["settlementAmount"]) == (6_567, 1_182)
    assert (record["commissionRate"], record["serviceRate"], record["regimentalPromotionRate"]) == (200, 100, 10)
    assert [record[name].day for name in ("payTime", "recvTime", "settlementSuccessTime")] == [1, 4, 11]
    new = opened().records().iloc[0]
    assert (new["cpsOrderStatus"], new["settlementAmount"]) == (0, 0)
    assert pd.isna(new["payTime"])


# A merchant's fee scale, step commission


@pytest.mark.parametrize("reading", ["marginal", "whole"])
@pytest.mark.parametrize("seed", range(5))
def test_the_fees_of_a_merchant_come_to_the_scale_exactly_also_after_refunds(seed, reading):
    scale = Scale(0.01, 1_000, 0.05, reading)
    luck, ledger = np.random.default_rng(seed), Ledger()
    ledger.open("B1", 500_000, 0, Rates(50, 200, 100, 10), ("S1", "P1", "L1", ""))
    ledger.apply("B1", 1, "paid", 0)  # not settled: no fee is due on it
    for n in range(60):
        base = int(luck.integers(1_000, 7_000))
        ledger.open(f"A{n}", base, 0, Rates(50, 200, 100, 10), ("S1", "P1", "L1", ""))
        for seq, event in enumerate(["paid", "received", "settled"], start=1):
            ledger.apply(f"A{n}", seq, event, (n + 10 * seq) * DAY)
        if n % 7 == 0:
            assert fees_are(ledger, scale, 200 * DAY)
    assert fees_are(ledger, scale, 200 * DAY)
    assert settled_sales(ledger) > 100_000
    for n in range(50):  # late refunds bring it back under the cap
        ledger.apply(f"A{n}", 4, "refunded", 300 * DAY, ledger.orders[f"A{n}"].net)
    assert fees_are(ledger, scale, 301 * DAY)
    assert settled_sales(ledger) < 100_000
    assert adjust_fees(ledger, "S1", scale, 302 * DAY) == 0


def settled_sales(ledger: Ledger) -> int:
    return sum(order.net for order in ledger.orders.values() if order.state == SETTLED)


def fees_are(ledger: Ledger, scale: Scale, time: int) -> bool:
    """After the adjustment, what the platform holds less its cuts of commission is Phi(G)."""
    adjust_fees(ledger, "S1", scale, time)
    done = [order for order in ledger.orders.values() if order.state == SETTLED]
    cuts = sum(order.net * 200 // 1000 * 100 // 1000 for order in done)
    due = int(daily_fees(np.array([settled_sales(ledger)]), scale)[0])
    return ledger.balances()["platform_fee"] - cuts == due and sum(ledger.balances().values()) == 0


def test_the_step_after_pays_more_on_later_orders_and_the_notch_on_all():
    counts = np.arange(0, 300)
    for reading in ("after", "all"):
        step = Step(100, 250, reading)
        total = step_commission(9_900, 200, counts, step)
        one_by_one = [
            step_rates(pd.DataFrame({"promoter": ["P1"] * n, "commissionRate": [200] * n, "baseAmount": 9_900}), step)
            for n in counts[::13]
        ]
        paid = [int((rated["commissionRate"] * rated["baseAmount"] // 1000).sum()) for rated in one_by_one]
        assert paid == total[::13].tolist()
    after, notch = (np.diff(step_commission(9_900, 200, counts, Step(100, 250, name))) for name in ("after", "all"))
    assert after[99] == 1_980
    assert after[100] == 2_475
    assert after.max() == 2_475
    assert notch[100] == 101 * 2_475 - 100 * 1_980 == 51_975


def test_a_refund_takes_a_promoter_below_the_step_again():
    table = pd.DataFrame({"promoter": ["P1"] * 101, "commissionRate": 200, "baseAmount": 9_900, "refunded": 0})
    step = Step(100, 250, "all")
    assert set(step_rates(table, step)["commissionRate"]) == {250}
    table.loc[3, "refunded"] = 9_900
    assert set(step_rates(table, step)["commissionRate"]) == {200}


def test_orders_that_came_back_whole_do_not_count_towards_the_step():
    table = pd.DataFrame({"promoter": ["P1", "P2"] * 102, "commissionRate": 200, "baseAmount": 9_900, "refunded": 0})
    table.loc[table["promoter"] == "P1", "refunded"] = [9_900] + [0] * 101
    rated = step_rates(table, Step(100, 250))["commissionRate"]
    mine, other = (rated[table["promoter"] == name].to_numpy() for name in ("P1", "P2"))
    assert np.flatnonzero(mine == 250).tolist() == [101]
    assert np.flatnonzero(other == 250).tolist() == [100, 101]


def test_a_changed_commission_is_trued_up_after_settlement():
    ledger = settled()
    ledger.apply("A1", 4, "rated", 30 * DAY, 250)
    ledger.apply("A1", 5, "refunded", 31 * DAY, 3_333)
    assert ledger.balances()["promoter"] == entitlements(6_567, Rates(50, 250, 100, 10)).promoter


# Promotion credit, bookings


def test_promotion_credit_is_another_unit_and_never_below_zero():
    ledger = settled()
    cash = ledger.balances()
    book_credit(ledger, "P1", 20_000, 0)
    book_credit(ledger, "P1", -15_000, DAY)
    assert ledger.balances() == cash
    assert ledger.balances(unit=1)["promoter"] == 5_000
    assert sum(ledger.balances(unit=1).values()) == 0
    with pytest.raises(Refusal, match="only 5000"):
        book_credit(ledger, "P1", -5_001, 2 * DAY)
    assert set(ledger.journal.wide().groupby("unit").size().items()) == {("cash", 3), ("credit", 2)}


@pytest.mark.parametrize("deposit", [0, 100_000, 250_000, 400_000])
@pytest.mark.parametrize("cover", [0, 500, 1000])
def test_a_no_show_is_paid_by_the_deposit_first_and_topped_up_by_the_cover(deposit, cover):
    stands = dict(zip(ACCOUNTS, slot_position("no_show", Slot(deposit, 500_000, cover, 800, 0)), strict=True))
    assert sum(stands.values()) == 0
    assert stands["promoter"] == -deposit
    got = stands["supply_chain"] + stands["leader"]
    assert got == max(deposit, 500 * cover)
    assert stands["platform_comp"] == -(got - deposit)
    assert stands["supply_chain"] == got * 8 // 10


@pytest.mark.parametrize("outcome", ["shown", "no_show", "cancelled_in_time"])
def test_a_booking_holds_the_deposit_and_lets_it_go_at_the_end(outcome):
    journal = Journal()
    bookings = Bookings(journal)
    slot = Slot(200_000, 500_000, 500, 800, cancel_by=100)
    bookings.book("B1", slot, ("S1", "P1", "L1", ""), time=0)
    held = journal.wide().iloc[0]
    assert (held["promoter"], held["promoter_deposit"]) == (-200_000, 200_000)
    bookings.close("B1", outcome, time=100)
    total = journal.wide()[list(ACCOUNTS)].sum()
    assert total["promoter_deposit"] == 0
    assert total["promoter"] == (-200_000 if outcome == "no_show" else 0)
    assert total.sum() == 0
    with pytest.raises(Refusal):
        bookings.close("B1", outcome, time=101)
    assert len(journal) == 2


def test_a_booking_is_not_cancelled_in_time_after_its_last_moment():
    bookings = Bookings(Journal())
    bookings.book("B1", Slot(200_000, 500_000, 500, 800, cancel_by=100), ("S1", "P1", "L1", ""), time=0)
    with pytest.raises(Refusal, match="1970-01-01T00:01:40"):
        bookings.close("B1", "cancelled_in_time", time=101)
    assert bookings.states["B1"] == "booked"


@pytest.mark.parametrize(("name", "outcome"), [("B2", "shown"), ("B1", "booked"), ("B1", "late")])
def test_a_booking_that_is_not_there_or_an_outcome_that_is_none_is_refused(name, outcome):
    bookings = Bookings(Journal())
    bookings.book("B1", Slot(1, 1, 0, 0, 0), ("S1", "P1", "L1", ""), time=0)
    with pytest.raises(Refusal) as refused:
        bookings.close(name, outcome, time=0)
    assert refused.value.code == "booking_state"
    with pytest.raises(Refusal):
        bookings.book("B1", Slot(1, 1, 0, 0, 0), ("S1", "P1", "L1", ""), time=0)


@pytest.mark.parametrize("terms", [(-1, 0, 0, 0), (0, -1, 0, 0), (0, 0, 1_001, 0), (0, 0, 0, -1)])
def test_terms_of_a_slot_that_cannot_be_are_refused(terms):
    with pytest.raises(Refusal, match="deposit"):
        Slot(*terms, 0)


# Sampled orders against a model's floats


@pytest.mark.parametrize("seed", range(10))
def test_sampled_orders_reconcile_with_float_totals_within_the_rounding_bounds(seed):
    luck = np.random.default_rng(seed)
    count = 5_000
    price, returned = luck.integers(1, 30_000, count), luck.random(count) < 0.3
    rates = Rates(*(luck.integers(0, high + 1, count) for high in (80, 500, 500, 100, 1000)))
    posted = settle_sampled(price, returned, rates)
    kept = np.where(returned, 0.0, price / 100)
    tech, commission, service, leader, second = (rate / 1000 for rate in vars(rates).values())
    floats = {
        "supply_chain": kept * (1 - tech - commission - leader),
        "promoter": kept * commission * (1 - service),
        "leader": kept * leader * (1 - second),
        "second_leader": kept * leader * second,
        "platform_fee": kept * (tech + commission * service),
    }
    exact = {account: float(np.sum(yuan)) for account, yuan in floats.items()}
    settled_orders = int((~returned).sum())
    assert reconcile(posted, exact, settled_orders)["holds"].all()
    assert sum(posted.values()) == int(price[~returned].sum())
    # Order by order too: the bounds are those of one order.
    one = position(SETTLED, price, price, 0, rates)
    for account, yuan in floats.items():
        apart = (one[ACCOUNTS.index(account)] - 100 * np.where(returned, np.nan, yuan))[~returned]
        low, high = BOUNDS[account]
        assert low - 1e-6 <= apart.min() <= apart.max() <= high + 1e-6
        assert apart.std() > 0
    for account in exact:
        worse = exact | {account: exact[account] + 0.05 * settled_orders}
        assert not reconcile(posted, worse, settled_orders)["holds"].all()


def test_sampled_prices_are_whole_cents_and_not_negative():
    with pytest.raises(Refusal, match="whole cents"):
        settle_sampled(np.array([99.5]), np.array([False]), EXAMPLE)
    with pytest.raises(Refusal, match="1 cent"):
        settle_sampled(np.array([-5]), np.array([False]), EXAMPLE)


def test_the_kinds_of_journals_have_each_a_word():
    from kit.text import has

    assert [kind for kind in KINDS if not has(f"event.{kind}")] == []
    assert [account for account in ACCOUNTS if not has(f"account.{account}")] == []
