"""Deals, leaders and bookings: pencil figures, limits, ablations, and tables that hold wherever the levers stand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lever_strategies import somewhere
from oracles.reference_bookings import NO_SHOW, Slot, slot_position

from kit.economics.matching import (
    belief,
    brokered,
    labelled,
    outside_offer,
    showing_up,
    urn_ball,
    worthwhile,
)
from kit.outcomes import alliance_bookings, alliance_leaders, alliance_orders
from kit.outcomes.alliance_bookings import Booking
from kit.outcomes.alliance_leaders import RIGHTS, Match
from kit.outcomes.alliance_orders import Deal, my_deal
from kit.parameters.levers import Levers
from kit.parameters.sourced import assumptions, fact, value
from kit.settlement.book import book
from kit.settlement.entitlements import ACCOUNTS, SETTLED, cents, per_mille
from kit.text import Refusal

ASSUMED = assumptions()
OUTCOMES = {
    "split": lambda terms, match, slot, assume: alliance_orders.split(terms),
    "refunds": lambda terms, match, slot, assume: alliance_orders.refunds(terms),
    "fee_rules": lambda terms, match, slot, assume: alliance_orders.fee_rules(terms),
    "step_readings": lambda terms, match, slot, assume: alliance_orders.step_readings(terms),
    "matches": lambda terms, match, slot, assume: alliance_leaders.matches(match, assume),
    "leader_rights": lambda terms, match, slot, assume: alliance_leaders.leader_rights(match, assume),
    "endorsement": lambda terms, match, slot, assume: alliance_leaders.endorsement(match, assume),
    "no_shows": lambda terms, match, slot, assume: alliance_bookings.no_shows(slot, assume),
}
every_outcome = pytest.mark.parametrize("name", OUTCOMES)
few = settings(max_examples=50, deadline=None)
shares = st.floats(0, 1)
counts = st.floats(1, 10_000)


def found(table) -> dict[str, float]:
    return {name: number for name, (number, _) in table.attrs["finding"].items()}


# O28: matching


def test_urn_ball_is_the_textbook_number():
    assert urn_ball(3_000, 2_000) == pytest.approx(1_553.9, abs=0.05)


@pytest.mark.parametrize(("searchers", "slots"), [(40, 25), (25, 40), (30, 30)])
def test_urn_ball_is_the_mean_of_many_draws(searchers, slots):
    luck = np.random.default_rng(116)
    hit = [len(np.unique(luck.integers(0, slots, searchers))) for _ in range(20_000)]
    error = np.std(hit) / math.sqrt(len(hit))
    assert abs(np.mean(hit) - urn_ball(searchers, slots)) < 4 * error


@few
@given(searchers=counts, slots=counts, reach=shares, accuracy=shares)
def test_a_broker_stands_between_chance_and_perfection(searchers, slots, reach, accuracy):
    paired, matched = brokered(searchers, slots, reach, accuracy)
    assert 0 <= paired <= matched + 1e-9
    assert urn_ball(searchers, slots) - 1e-9 <= matched <= min(searchers, slots) * (1 + 1e-12)
    assert brokered(searchers, slots, 1, 1)[1] == pytest.approx(min(searchers, slots))
    assert brokered(searchers, slots, 0, accuracy)[1] == urn_ball(searchers, slots)
    assert brokered(searchers, slots, reach, min(1, accuracy + 0.1))[1] >= matched - 1e-9
    assert brokered(searchers, slots, min(1, reach + 0.1), accuracy)[1] >= matched - 1e-9


@few
@given(searchers=counts, slots=st.floats(2, 10_000))
def test_chance_leaves_somebody_over_and_more_searchers_fill_more(searchers, slots):
    matched = urn_ball(searchers, slots)
    assert matched <= min(searchers, slots) + 1e-9
    assert urn_ball(searchers + 1, slots) >= matched


def test_half_of_the_pairs_pay_at_the_median_cost():
    assert worthwhile(200, 200) == 0.5
    assert worthwhile(0, 200) == 0
    assert worthwhile(1e9, 200) == pytest.approx(1)


# O24: beliefs


@few
@given(
    prior=st.floats(0.01, 0.99),
    hit=st.floats(0.5, 1),
    wrong=st.tuples(st.floats(0, 0.5), st.floats(0, 0.5)),
    labels=st.tuples(st.integers(1, 90), st.integers(1, 90)),
)
def test_beliefs_average_to_the_prior_and_labels_go_to_no_more_than_pass(prior, hit, wrong, labels):
    given_out, rest = labelled(prior, 100, [(labels[n], hit, wrong[n]) for n in (0, 1)])
    (first, gold), (second, silver) = given_out
    assert first * gold + second * silver + (100 - first - second) * rest == pytest.approx(100 * prior)
    assert first <= labels[0]
    assert first <= 100 * (prior * hit + (1 - prior) * wrong[0]) + 1e-9
    assert all(-1e-9 <= share <= 1 + 1e-9 for share in (gold, silver, rest))
    assert gold >= prior - 1e-9
    assert rest <= prior + 1e-9


def test_an_audit_that_tells_nothing_changes_no_belief_and_a_perfect_one_settles_it():
    assert belief(0.3, 0.5, 0.5) == pytest.approx(0.3)
    assert belief(0.3, 0.9, 0.0) == 1.0
    assert belief(0.3, 0.0, 0.0) == 0.3


def test_belief_is_the_share_of_good_ones_among_those_who_pass():
    luck = np.random.default_rng(1)
    good = luck.random(400_000) < 0.4
    passed = luck.random(400_000) < np.where(good, 0.9, 0.2)
    assert good[passed].mean() == pytest.approx(belief(0.4, 0.9, 0.2), abs=0.004)


# O29: bookings


@few
@given(earning=st.floats(100, 1e5), deposit=st.floats(0, 2e4), rate=st.floats(0.02, 0.15))
def test_a_deposit_takes_the_no_show_rate_to_a_power_of_itself(earning, deposit, rate):
    outside = outside_offer(earning, rate)
    assert 1 - showing_up(earning, 0, outside) == pytest.approx(rate)
    assert 1 - showing_up(earning, deposit, outside) == pytest.approx(
        rate ** ((earning + deposit) / earning), abs=1e-12
    )


def test_showing_up_is_the_share_whose_other_offer_is_smaller():
    luck = np.random.default_rng(2)
    offers = luck.exponential(1_200, 400_000)
    assert (offers < 3_600).mean() == pytest.approx(showing_up(3_600, 0, 1_200), abs=0.002)
    assert (offers < 4_600).mean() == pytest.approx(showing_up(3_600, 1_000, 1_200), abs=0.002)


@few
@given(cover=shares, deposit=st.floats(0, 20_000).map(round).map(float))
def test_cover_changes_who_pays_and_never_who_shows(cover, deposit):
    terms = Booking().but({"booking.deposit": deposit})
    with_cover, without = (
        alliance_bookings.no_shows(terms.but({"booking.cover": part}), ASSUMED) for part in (cover, 0.0)
    )
    for design in ("nothing", "cover", "deposit", "both"):
        rate = f"rate_{design}"
        assert found(with_cover)[rate] == found(without)[rate]
        # The loss is the same; only its bearers differ.
        losses = [table[table["design"] == design]["loss"].sum() for table in (with_cover, without)]
        assert losses[0] == pytest.approx(losses[1])
    now = found(with_cover)
    assert now["rate_cover"] == now["rate_nothing"] == pytest.approx(ASSUMED.no_show_rate)
    assert now["rate_both"] == now["rate_deposit"] <= now["rate_nothing"] + 1e-12


def test_a_deposit_above_the_loss_counts_as_the_loss():
    table = alliance_bookings.no_shows(Booking().but({"booking.deposit": 20_000.0}), ASSUMED)
    assert (table["loss"] >= 0).all()
    losses = table[table["design"] == "deposit"].set_index("bearer")["loss"]
    assert losses["promoter"] == pytest.approx(found(table)["rate_deposit"] * ASSUMED.no_show_loss)
    assert losses["chain"] == losses["platform"] == 0


def test_the_platform_pays_less_beside_a_deposit():
    now = found(alliance_bookings.no_shows(Booking(), ASSUMED))
    assert now["platform_cover"] == pytest.approx(0.05 * 0.5 * 5_000)
    assert now["platform_both"] < 0.1 * now["platform_cover"]


def test_the_loss_of_a_no_show_is_shared_as_a_booking_in_cents_posts_it():
    found_loss = alliance_bookings.no_shows(Booking(), ASSUMED)
    terms = Slot(cents(Booking().deposit), cents(ASSUMED.no_show_loss), per_mille(Booking().cover), 800, 0)
    posted = dict(zip(ACCOUNTS, slot_position(NO_SHOW, terms), strict=True))
    rate = found(found_loss)["rate_both"]
    borne = found_loss[found_loss["design"] == "both"].set_index("bearer")["loss"] / rate * 100
    assert borne["promoter"] == pytest.approx(-posted["promoter"])
    assert borne["platform"] == pytest.approx(-posted["platform_comp"])


# Leaders and their rights


def test_no_broker_means_chance_and_a_perfect_one_the_shorter_side():
    table = alliance_leaders.matches(Match().but({"match.leader_fee": 0.0}), ASSUMED)
    assert found(table)["led"] == found(table)["random"]
    now = found(alliance_leaders.matches(Match(), ASSUMED))
    assert now["random"] < now["led"] < now["perfect"] == 2_000
    assert now["worth"] == pytest.approx(446.1, abs=0.05)


ABLATIONS = {
    "settlement": ({"assume.fee_collected": 1.0}, {}),
    "data": ({"assume.data_gain": 0.0}, {}),
    "recommendation": ({"assume.recommended_saving": 0.0}, {}),
    "zero_fee": ({"assume.leader_fee_cut": 0.0}, {}),
    "cover": ({}, {}),
    "marketing": ({"assume.marketing_lift": 0.0}, {}),
}


@pytest.mark.parametrize("right", RIGHTS)
def test_each_right_of_a_leader_adds_matches_and_adds_none_where_its_cause_is_gone(right):
    off = Match().but({f"match.{right}": "off"})
    assert (
        found(alliance_leaders.matches(off, ASSUMED))["led"] < found(alliance_leaders.matches(Match(), ASSUMED))["led"]
    )
    table = alliance_leaders.leader_rights(Match(), ASSUMED).set_index("right")["added"]
    assert table[right] == pytest.approx(
        found(alliance_leaders.matches(Match(), ASSUMED))["led"] - found(alliance_leaders.matches(off, ASSUMED))["led"]
    )
    cause, _ = ABLATIONS[right]
    if cause:
        gone = alliance_leaders.leader_rights(Match(), ASSUMED.but(cause)).set_index("right")["added"]
        assert gone[right] == pytest.approx(0, abs=1e-9)
        assert (gone.drop(right) > 0).all()


def test_gold_is_trusted_more_than_silver_and_the_rest_a_little_less_than_before():
    now = found(alliance_leaders.endorsement(Match(), ASSUMED))
    assert now["gold"] > now["silver"] > now["before"] > now["none"]
    total = value("alliance.gold_chains") * now["gold"] + value("alliance.silver_chains") * now["silver"]
    total += 1_940 * now["none"]
    assert total == pytest.approx(2_000 * now["before"])
    assert now["lost"] == pytest.approx(100 * (now["before"] - now["none"]))
    small = found(alliance_leaders.endorsement(Match().but({"match.chains": 100.0}), ASSUMED))
    assert 0 <= small["none"] < 0.2


# Deals


def test_the_deal_of_the_lesson_is_the_worked_example():
    now = found(alliance_orders.split(my_deal()))
    expected = {"buyer": 79.0, "platform_subsidy": 20.0, "supply_chain": 73.26, "promoter": 17.82, "leader": 0.99}
    assert {name: now[name] for name in expected} == expected
    assert now["platform_fee"] == 6.93
    back = found(alliance_orders.split(my_deal(refunded=33.33)))
    assert (back["buyer_back"], back["platform_subsidy_back"], back["promoter_back"]) == (26.59, 6.74, 6.0)
    assert back["supply_chain"] == 48.61


def test_a_coupon_or_a_refund_above_the_price_counts_as_the_price():
    now = found(alliance_orders.split(my_deal(coupon=300, refunded=300)))
    assert (now["buyer"], now["platform_subsidy"], now["rest"]) == (0, 99, 0)
    assert (now["buyer_back"], now["platform_subsidy_back"], now["supply_chain"]) == (0, 99, 0)


def test_pro_rating_is_out_by_two_cents_an_order():
    now = found(alliance_orders.refunds(my_deal(price=99.99)))
    assert (now["charged"], now["pro_rated"], now["recomputed"]) == (19.99, 20.01, 19.99)
    assert now["million"] == 20_000


def test_under_the_rule_of_2019_a_token_commission_escapes_the_fee():
    now = found(alliance_orders.fee_rules(my_deal()))
    assert (now["without"], now["token"], now["old"], now["new"]) == (4.95, 0.49, 9.9, 6.93)
    assert now["even"] == pytest.approx(0.1)
    table = alliance_orders.fee_rules(my_deal())
    old = table[table["rule"] == "rule_2019"].set_index("commission_rate")["kept_of_it"]
    assert old.idxmin() == 0.001
    assert old[0.1] == old[0.0]


def test_the_notch_is_worth_twenty_orders():
    now = found(alliance_orders.step_readings(my_deal()))
    assert (now["one_order"], now["notch"], now["at_step"]) == (24.75, 519.75, 1_980)


@pytest.mark.parametrize(("lever", "wrong"), [("price", 99.999), ("commission", 0.2005), ("coupon", 0.001)])
def test_terms_finer_than_a_cent_or_a_per_mille_are_refused(lever, wrong):
    with pytest.raises(Refusal, match=f"{lever} = {wrong}"):
        my_deal(**{lever: wrong})


# The made tables


def test_the_made_orders_settle_and_their_three_wrong_rows_are_refused():
    made = book()
    assert made.refused[["table", "row", "reason"]].values.tolist() == [
        ["made_events.csv", 191, "refund_above"],
        ["made_events.csv", 192, "event_twice"],
        ["made_events.csv", 193, "out_of_order"],
    ]
    assert made.check()["holds"].all()
    assert made.balances().set_index("account")["cents"]["total"] == 0
    assert made.ledger.orders["M001"].state == SETTLED
    first = made.ledger.records().iloc[0]
    assert (first["oid"], first["baseAmount"], first["settlementAmount"]) == ("M001", 6_567, 1_182)
    assert made.statement("promoter", "P1")["balance"].iloc[-1] > 0


# Every table, everywhere


def anywhere(draw, group: Levers) -> Levers:
    moved = {}
    for name, lever in group.levers().items():
        place = somewhere(draw, lever)
        scale = {"yuan": 100, "share": 1000}.get(lever.unit, 1) if group.group == "deal" and not lever.choices else 0
        moved[name] = min(max(round(place * scale) / scale, lever.low), lever.high) if scale else place
    return group.but(moved)


@st.composite
def settings_of_everything(draw):
    return tuple(anywhere(draw, group) for group in (Deal(), Match(), Booking(), ASSUMED))


@every_outcome
@few
@given(drawn=settings_of_everything())
def test_no_table_holds_anything_that_is_not_finite(name, drawn):
    table = OUTCOMES[name](*drawn)
    assert np.isfinite(table.select_dtypes("number").to_numpy()).all()
    assert all(math.isfinite(number) for number, _ in table.attrs["finding"].values())


@few
@given(drawn=settings_of_everything())
def test_what_comes_into_an_order_goes_out_of_it_to_the_cent(drawn):
    table = alliance_orders.split(drawn[0])
    paid = (100 * table["paid"]).round().astype(int).groupby(table["side"]).sum()
    assert paid["in"] == paid["out"] == drawn[0].base
    got = table[(table["side"] == "out") & ~table["flow"].str.endswith("_back")]["paid"].sum()
    assert round(100 * got) == drawn[0].rest
    assert (table["paid"] >= 0).all()


ACTIVE = (Deal(), Match().but({"match.settlement": "off", "match.zero_fee": "off"}), Booking(), ASSUMED)


@every_outcome
def test_a_table_rests_on_exactly_the_assumptions_that_move_it(name):
    terms, match, slot, assume = ACTIVE
    moving = set()
    for lever in assume.levers().values():
        low, high = (
            OUTCOMES[name](terms, match, slot, assume.but({lever.name: end})) for end in (lever.low, lever.high)
        )
        if not low.equals(high) or low.attrs["finding"] != high.attrs["finding"]:
            moving.add(lever.name.removeprefix("assume."))
    rests_on = OUTCOMES[name](*ACTIVE).attrs["rests_on"]
    assert len(set(rests_on)) == len(rests_on)
    # What starts another group's lever is named too: its terms are no facts.
    terms = {key for key in rests_on if "." in key or (name in ("split", "fee_rules") and key == "standard_fee")}
    assert all(fact(key).status == "assumption" for key in terms)
    assert set(rests_on) - terms == moving
    assert terms
