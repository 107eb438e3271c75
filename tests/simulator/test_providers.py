"""Providers: each mechanism moves what it is there for; who is there, who gets what, and what the tables say."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from provider_targets import targets
from trial_programme import provider_run as run
from trial_programme import services_on

from kit.analysis.provider_metrics import providers, summary
from kit.parameters.categories import Role
from kit.parameters.sourced import assumptions, value
from kit.policies.effects import Merchants
from kit.policies.programmes.providers import Providers, schedule
from kit.simulator.population import DAYS, category_prices
from kit.simulator.providers.admission import INCUBATING, RECRUITING, ROLES, admitted, duty_weights
from kit.simulator.providers.pay import Pay
from kit.simulator.providers.review import Marks
from kit.simulator.providers.run import PROVIDER_MECHANISMS, ProviderRecords
from kit.simulator.providers.services import (
    MONTH,
    Services,
    acceptance,
    accepted,
    monthly_sales,
    selection,
    services_of,
    strength,
)
from kit.text import LANGUAGES, Refusal, has, speaking

MANY = {"count": 999, "admission_bar": 0.0}

# Ablations


@dataclass(frozen=True)
class Ablation:
    """``moves`` rises (``sign`` +1) or falls by a mechanism, ``stays`` does not change by it."""

    moves: Callable[[ProviderRecords], float]
    stays: Callable[[ProviderRecords], np.ndarray]
    sign: int = 1
    plan: dict = field(default_factory=dict)
    months: int = 12
    assume: dict = field(default_factory=dict)


def last(name: str) -> Callable[[ProviderRecords], float]:
    """A column of the summary at the last review."""
    return lambda records: summary(records)[name].iloc[-1]


def opening(*names: str) -> Callable[[ProviderRecords], np.ndarray]:
    """What the opening review says of each provider."""
    return lambda records: np.stack([np.asarray(getattr(records.reviews[0], name), float) for name in names])


def firms(name: str) -> Callable[[ProviderRecords], np.ndarray]:
    return lambda records: getattr(records.firms, name)


def total(name: str) -> Callable[[ProviderRecords], float]:
    """The sum of something over providers and reviews."""
    return lambda records: sum(float(getattr(review, name).sum()) for review in records.reviews)


def fooled(records: ProviderRecords) -> float:
    """How many merchants per head those with a false plaque have in care, against those without any."""
    review = records.reviews[1]
    start = records.reviews[0]
    false = start.plaque & ~start.badge & review.alive
    return review.caseload[false].mean() / review.caseload[~start.plaque & review.alive].mean()


ABILITY = firms("ability")
ABLATIONS = {
    "admission": Ablation(lambda r: r.firms.ability.mean(), lambda r: np.bincount(r.firms.role)),
    "badges": Ablation(last("badged"), opening("score", "caseload")),
    "listing": Ablation(fooled, opening("score", "badge", "plaque"), sign=-1, assume={"fake_plaques": 0.4}),
    "shrinkage": Ablation(
        lambda r: float(np.mean((r.reviews[1].score - r.firms.ability)[r.reviews[1].alive] ** 2)),
        ABILITY,
        sign=-1,
        plan={"shrinkage": "shrunk"},
    ),
    "effort": Ablation(last("effort"), opening("score", "badge", "trust")),
    "small_numbers": Ablation(
        lambda r: float(np.std(r.reviews[0].score - r.firms.ability - r.firms.bias)), ABILITY, assume={}
    ),
    "mix_bias": Ablation(
        lambda r: float(np.corrcoef(r.firms.category == 1, r.reviews[0].score)[0, 1]), ABILITY, assume={"mix_bias": 1}
    ),
    "tiers": Ablation(lambda r: r.reviews[-1].caseload.mean(), opening("score", "badge", "caseload")),
    "exit": Ablation(lambda r: int(r.reviews[-1].alive.sum()), opening("score", "badge"), sign=-1),
    "congestion": Ablation(last("growth_net"), opening("score", "badge", "caseload"), sign=-1),
    "trust": Ablation(last("trust"), opening("score", "badge", "caseload")),
    "selection": Ablation(
        lambda r: last("growth_measured")(r) - last("growth_net")(r),
        lambda r: np.stack([(r.reviews[-1].growth), r.reviews[-1].cash]),
    ),
    "recruiting": Ablation(total("recruits"), total("incubated")),
    "incubation": Ablation(total("incubated"), total("recruits")),
}


def test_every_mechanism_has_its_ablation():
    assert sorted(ABLATIONS) == sorted(PROVIDER_MECHANISMS)


@pytest.mark.parametrize("name", ABLATIONS)
def test_a_mechanism_moves_what_it_is_there_for(name):
    case = ABLATIONS[name]
    on, off = (float(case.moves(run(case.plan, case.months, disabled=w, **case.assume))) for w in ((), (name,)))
    print(f"{name}: {on:,.4g} with it, {off:,.4g} without it")
    assert case.sign * (on - off) > 1e-3 * max(abs(on), abs(off))


@pytest.mark.parametrize("name", ABLATIONS)
def test_a_mechanism_leaves_alone_what_it_must_not_touch(name):
    case = ABLATIONS[name]
    on, off = (np.asarray(case.stays(run(case.plan, case.months, disabled=w, **case.assume))) for w in ((), (name,)))
    if name != "admission":
        assert (on != 0).any()
    np.testing.assert_array_equal(on, off)


# Who is there


def test_admission_takes_those_who_look_best_and_leaves_the_roles_alike():
    open_to_all, strict = (run({"count": 400, "admission_bar": bar}).firms for bar in (0.0, 0.6))
    assert open_to_all.id.tolist() == list(range(400))
    assert np.bincount(strict.role).tolist() == [100] * 4
    assert strict.ability.mean() > open_to_all.ability.mean() + 0.5
    both = np.intersect1d(open_to_all.id, strict.id)
    assert both.size > 50
    np.testing.assert_array_equal(strict.ability[np.isin(strict.id, both)], open_to_all.ability[both])


def test_who_is_admitted_is_chosen_by_what_can_be_seen():
    abilities = [run({"count": 999, "admission_bar": 0.5}, 1, seed).firms.ability.mean() for seed in range(6)]
    # The mean of the better half of what looks good: ability is only a part of how it looks.
    expected = np.sqrt(value("score_reliability")) * np.sqrt(2 / np.pi)
    assert np.mean(abilities) == pytest.approx(expected, abs=0.04)


def test_there_are_as_many_roles_as_the_article_names():
    assert len(ROLES) == value("providers.roles")
    assert (RECRUITING ^ INCUBATING).all()


def test_the_weights_of_the_score_are_those_of_a_roles_own_duties():
    weights = duty_weights(Providers(weight_recruit=1, weight_incubate=0, weight_gmv=0.5, weight_service=0.5))
    np.testing.assert_allclose(weights[0], [0.5, 0, 0.25, 0.25])
    np.testing.assert_allclose(weights[1], [0, 0, 0.5, 0.5])
    np.testing.assert_allclose(duty_weights(Providers()).sum(axis=1), 1)
    nothing = Providers(weight_recruit=0, weight_incubate=1, weight_gmv=0, weight_service=0)
    assert duty_weights(nothing)[0].tolist() == [0.25] * 4


def test_a_score_of_one_duty_alone_has_more_luck_in_it():
    assume = assumptions()
    alone = Providers(weight_recruit=0, weight_incubate=0, weight_gmv=0, weight_service=1)
    assert (admitted(alone, assume, 1, frozenset()).noise > 1.5).all()
    np.testing.assert_allclose(admitted(Providers(), assume, 1, frozenset()).noise, 1)


def test_dear_categories_are_flattered_and_the_mean_is_not():
    records = run(MANY)
    by_category = [records.firms.bias[records.firms.category == k].mean() for k in range(3)]
    assert np.argsort(by_category).tolist() == np.argsort(category_prices(records.market.assume)).tolist()
    assert records.firms.bias.mean() == pytest.approx(0, abs=0.01)


# Luck


def test_the_same_seed_gives_the_same_bits_and_another_seed_does_not():
    first, again, other = run(), run(), run(seed=7)
    for one, two in zip(first.reviews, again.reviews, strict=True):
        for a, b in zip(one, two, strict=True):
            np.testing.assert_array_equal(a, b)
    assert (first.firms.id == again.firms.id).all()
    assert (first.reviews[0].score[:10] != other.reviews[0].score[:10]).all()


def test_more_providers_change_nobody_elses_luck():
    few, many = run({"count": 300, "admission_bar": 0}), run({"count": 400, "admission_bar": 0})
    for name in ("score", "badge", "caseload", "trust", "effort", "cash"):
        # False plaques alone hang on how many there are.
        unfooled = ~few.reviews[0].plaque & ~many.reviews[0].plaque[:300]
        unfooled &= ~few.reviews[1].plaque & ~many.reviews[1].plaque[:300]
        one, two = getattr(few.reviews[-1], name)[unfooled], getattr(many.reviews[-1], name)[:300][unfooled]
        np.testing.assert_array_equal(one, two)


def test_common_luck_narrows_the_difference_between_two_policies():
    def badged(keep: float, seed: int) -> float:
        return summary(run({"keep_bar": keep}, 6, seed))["badged"].iloc[-1]

    together = [badged(0.05, seed) - badged(0.25, seed) for seed in range(20)]
    apart = [badged(0.05, seed) - badged(0.25, seed + 100) for seed in range(20)]
    assert np.var(together) < 0.5 * np.var(apart)


# Acceptance, care, pay


def test_a_badge_raises_acceptance_by_as_much_as_is_assumed():
    assume = assumptions()
    trust, fee = assume.provider_trust, assume.provider_fee
    plain, badged = acceptance(trust, 0.0, fee, assume), acceptance(trust, 1.0, fee, assume)
    assert plain == pytest.approx(assume.provider_acceptance)
    assert badged == pytest.approx(plain * (1 + assume.badge_effect))
    assert acceptance(trust + 0.1, 0.0, fee, assume) > plain > acceptance(trust, 0.0, fee + 0.1, assume)


def test_only_who_does_not_look_up_is_taken_in_by_a_false_plaque():
    assume, yes, no = assumptions(), np.array([True]), np.array([False])
    for lookup in (0.0, 0.5, 1.0):
        honest, false, no_purchase = (
            float(accepted(0.4, b, p, lookup, 0.2, 0.05, assume)[0]) for b, p in ((yes, yes), (no, yes), (no, no))
        )
        assert honest >= false >= no_purchase
        assert (false > no_purchase) == (lookup < 1)
    assert honest == pytest.approx(assume.provider_acceptance * (1 + assume.badge_effect))
    doubted = float(accepted(0.4, yes, no, 0.0, 0.2, 0.05, assume)[0])
    assert doubted == pytest.approx(float(acceptance(0.4, 0.8, 0.05, assume)))


def test_twice_the_merchants_are_not_twice_the_help():
    assume = assumptions()
    few, many = (n * strength(0.0, n, assume, frozenset()) for n in (50.0, 100.0))
    assert few < many < 2 * few
    assert strength(0.0, assume.provider_capacity, assume, frozenset()) == 0.5
    assert strength(1.0, 0, assume, frozenset()) == pytest.approx(np.exp(assume.skill_effect))


def test_what_merchants_get_adds_up_to_what_providers_give():
    records = run({"admission_bar": 0}, 3)
    at, traits, assume = records.market, records.market.traits, records.market.assume
    care, month = services_on(records, datetime.date(2020, 12, 1)), records.months[2]
    for k in range(3):
        here = traits.category == k
        fans = (traits.weight * care.fan_rate)[here].sum()
        assert fans == pytest.approx(month.clients[1, k] * assume.mcn_fans * month.strength[1, k], rel=1e-9)
        saved = (traits.weight * care.cost_cut)[here].sum()
        assert saved == pytest.approx(month.clients[2, k] * assume.provider_cost_cut * month.strength[2, k], rel=1e-9)
        taught = np.expm1(assume.appeal_quality * assume.training_quality * month.strength[0, k])
        matched = np.expm1(assume.supply_matches * month.strength[3, k])
        risen = month.incubated[:, k].sum() * np.expm1(assume.incubation_gain)
        more = (traits.weight * np.expm1(care.appeal))[here].sum()
        assert more == pytest.approx(month.clients[0, k] * taught + month.clients[3, k] * matched + risen, rel=1e-9)
    served = (traits.entered < 0) & (traits.tier != 0)
    assert (care.appeal[served] > 0).all()
    for given in (care.appeal, care.fan_rate, care.cost_cut):
        assert (given[~served] == 0).all()
    assert at.incumbents < traits.id.size
    assert care.entrants == pytest.approx(month.recruits / (assume.newcomers_per_day * MONTH))


def test_hosts_who_rose_sell_more_and_nobody_else_does():
    records = run({"admission_bar": 0}, 3, training_quality=0, supply_matches=0)
    traits, care = records.market.traits, services_on(records, datetime.date(2020, 12, 1))
    hosts, gain = records.months[2].incubated.sum(axis=0), records.market.assume.incubation_gain
    more = np.bincount(traits.category, traits.weight * np.expm1(care.appeal))
    np.testing.assert_allclose(more, hosts * np.expm1(gain), rtol=1e-9)
    assert hosts.sum() > 500
    assert (care.appeal[traits.tier != 2] == 0).all()


def test_clients_growth_is_the_mean_of_help_and_the_sum_of_those_who_rose():
    steady = ("badges", "tiers", "trust", "effort", "exit")
    monthly, quarterly = (run({"review_months": months}, 3, disabled=steady) for months in (1, 3))
    growth = np.stack([review.growth for review in monthly.reviews[1:]])
    recruiting = RECRUITING[monthly.firms.role]
    assert (growth > 0)[:, monthly.firms.role != 2].all()
    found = quarterly.reviews[1].growth
    np.testing.assert_allclose(found[recruiting], growth.mean(axis=0)[recruiting], rtol=1e-12)
    belts = monthly.firms.role == Role.BELT  # only by those who rose: a lower cost moves no list price
    np.testing.assert_allclose(found[belts], growth.sum(axis=0)[belts], rtol=1e-12)


def test_cash_is_what_was_earned_less_what_it_cost():
    records = run({"review_months": 1}, 8, disabled="exit")
    assume = records.market.assume
    for before, after in pairwise(records.reviews):
        cost = assume.provider_fixed_cost + assume.client_cost * after.caseload
        cost = cost + assume.effort_cost / 3 * after.effort**2 / 2
        np.testing.assert_allclose(after.cash - before.cash, after.income - cost, atol=1e-6)
    assert records.reviews[-1].effort.max() > 0.2


def test_care_waits_for_the_programme_and_lasts_while_nothing_new_is_known():
    records = run(months=4)
    assert services_on(records, datetime.date(2020, 9, 21)) == Services()
    fans = [
        services_on(records, datetime.date(2020, 9, 22) + datetime.timedelta(d)).fan_rate.sum() for d in (0, 30, 31)
    ]
    assert fans[0] == fans[1] < fans[2]
    first = services_of(records.months[0], records.clients, records.market)
    np.testing.assert_array_equal(services_on(records, datetime.date(2020, 9, 22)).fan_rate, first.fan_rate)
    before, after = (services_on(records, datetime.date(2020, 9, 22) + datetime.timedelta(d)) for d in (115, 400))
    np.testing.assert_array_equal(before.appeal, after.appeal)


def test_the_programme_hands_on_what_providers_do_and_nothing_before_its_first_day():
    records = run()
    traits, days = records.market.traits, np.datetime64("2020-08-01") + np.arange(DAYS)
    seen = Merchants(np.zeros(0, "datetime64[D]"), traits.kind == 1, services=lambda plan: records.effects())
    given = schedule(records.plan, days, seen, records.market.assume)
    for day in ("2020-09-01", "2020-09-22", "2020-11-06", "2021-01-29"):
        there = services_on(records, datetime.date.fromisoformat(day))
        n = int(np.flatnonzero(days == np.datetime64(day))[0])
        for part in ("appeal", "fan_rate", "cost_cut"):
            total = sum(term.days[n] * term.merchants for term in getattr(given, part))
            np.testing.assert_array_equal(total, np.zeros(traits.id.size) + getattr(there, part))
        assert given.entrants[n] == there.entrants
    assert given.entrants[:52].max() == 0 < given.entrants[52]


def test_every_way_of_paying_pays_the_mean_provider_at_rest_the_same():
    records = run({"admission_bar": 0, "count": 999})
    assume, firms = records.market.assume, records.firms
    still = np.full(firms.id.size, 100.0)
    pays = []
    for regime in ("gmv_share", "per_head", "on_score"):
        plan = Providers(pay=regime)
        sales = monthly_sales(records.market)
        pay = Pay.of(plan, sales, np.bincount(firms.category) / firms.id.size, assume)
        pays.append(pay.a_month(firms, still, still * assume.client_loss, 0.0, 0.0).mean())
    assert pays[1:] == pytest.approx([pays[0]] * 2)


def test_pay_on_the_score_calls_forth_effort_and_wears_the_badge_out():
    by_regime = {pay: summary(run({"pay": pay}, 12)).iloc[-1] for pay in ("gmv_share", "per_head", "on_score")}
    assert by_regime["on_score"]["effort"] > 3 * by_regime["gmv_share"]["effort"]
    # The marks stand still: where all try, more reach them, and fewer of these are able.
    assert by_regime["on_score"]["badged"] > by_regime["gmv_share"]["badged"]
    assert by_regime["on_score"]["precision"] < by_regime["gmv_share"]["precision"]


def test_after_a_review_effort_is_chosen_anew_for_the_mark_that_now_counts():
    _, second, third = run(months=6).reviews
    there = third.alive & second.alive
    won = there & second.badge & ~second.before
    assert won.sum() > 3
    # Who has a badge needs only the lower mark to keep it.
    assert third.effort[won].mean() != pytest.approx(second.effort[won].mean(), rel=0.05)


def test_pay_by_the_head_rewards_recruiters_and_a_share_of_sales_does_not():
    def ahead(pay: str) -> float:
        rows = providers(run({"pay": pay, "admission_bar": 0}, 12, disabled="exit"))
        income = rows[rows["quarter"] > 0].groupby("role")["income"].mean()
        return income["training"] / income["belt"]

    assert ahead("per_head") > 1.02 * ahead("gmv_share")


def test_survival_hangs_on_more_than_one_policy():
    alive = {pay: summary(run({"pay": pay}, 24))["providers"].iloc[-1] for pay in ("gmv_share", "per_head", "on_score")}
    lean = summary(run(months=24, provider_fixed_cost=10_000))["providers"].iloc[-1]
    print(alive, lean)
    assert alive["gmv_share"] < alive["per_head"]
    assert alive["gmv_share"] < lean


def test_who_fails_twice_in_a_row_must_go_and_who_has_no_money_too():
    records = run(months=24, provider_cash=1e6, provider_fixed_cost=5_000)
    stay = records.marks.stay
    for first, second, third in zip(records.reviews, records.reviews[1:], records.reviews[2:], strict=False):
        twice = first.alive & second.alive & (first.score < stay) & (second.score < stay)
        assert not third.alive[twice].any()
        failed = (second.score < stay) & (third.score < stay)
        assert not (second.alive & ~third.alive & ~failed).any()
    poor = run({"admission_bar": 0}, 6, provider_cash=20_000, provider_fixed_cost=150_000)
    assert not poor.reviews[-1].alive.any()
    assert summary(poor)["providers"].iloc[-1] == 0


def test_who_left_has_no_merchants_and_no_badge():
    records = run(months=24)
    gone = ~records.reviews[-1].alive
    assert gone.any()
    assert (records.reviews[-1].caseload[gone] == 0).all()
    assert not records.reviews[-1].badge[gone].any()


# Tables


def test_the_table_of_reviews_has_a_row_for_each_quarter_and_provider():
    records = run(months=9)
    table = providers(records)
    assert len(table) == 4 * 300
    assert not table.duplicated(["quarter", "provider"]).any()
    assert table["date"].drop_duplicates().dt.strftime("%Y-%m-%d").tolist() == [
        "2020-09-22",
        "2020-12-22",
        "2021-03-23",
        "2021-06-23",
    ]


def test_the_summary_is_what_pandas_makes_of_the_rows():
    records = run(months=9)
    rows, found = providers(records), summary(records).set_index("quarter")
    for quarter, of in rows[rows["alive"]].groupby("quarter"):
        row, badged = found.loc[quarter], of[of["badge"]]
        assert row["precision"] == pytest.approx(badged["good"].mean())
        assert row["recall"] == pytest.approx(of[of["good"]]["badge"].mean())
        assert row["effort"] == pytest.approx(of["effort"].mean())
        assert row["trust"] == pytest.approx(of["trust"].mean())
        assert row["belt"] == (of["role"] == "belt").sum()
        gap = badged["score"] - badged["ability"] - badged["effort"]
        assert row["score_gap"] == pytest.approx(gap.mean())
        if quarter:
            assert row["churn"] == pytest.approx(1 - of[of["badge_before"]]["badge"].mean())
            net = np.average(of["growth"], weights=of["caseload"])
            assert row["growth_net"] == pytest.approx(net)
            assert row["growth_measured"] - net == pytest.approx(selection(records.clients, records.market.traits))


def test_the_targets_are_those_announced_and_are_met_one_day():
    short, long = targets(run(months=6)).set_index("target"), targets(run(months=60)).set_index("target")
    assert short["announced"].to_dict() == {"bases": 100, "official": 300, "streamers": 10_000, "sessions": 1_000_000}
    assert short.loc["streamers", "share"] < 1
    assert pd.isna(short.loc["streamers", "met"])
    assert long.loc["streamers", "share"] >= 1
    assert long.loc["streamers", "met"] > pd.Timestamp("2021-03-23")
    hosts = providers(run(months=60))["incubated"].sum()
    assert long.loc["streamers", "reached"] == pytest.approx(hosts)


def test_every_column_and_finding_has_words_in_both_languages():
    records = run()
    tables = (providers(records), summary(records), targets(records))
    for lang in LANGUAGES:
        with speaking(lang):
            for table in tables:
                assert [name for name in table if not has(f"column.{name}") and not has(f"role.{name}")] == []
            assert [name for name in tables[1].attrs["finding"] if not has(f"finding.providers.{name}")] == []
            assert [name for name in tables[2]["target"] if not has(f"target.{name}")] == []
            assert [name for name in ROLES if not has(f"role.{name}")] == []


# What it rests on


@cache
def _usual() -> tuple:
    return tuple(table.drop(columns="date", errors="ignore") for table in _tables())


def _tables(plan: dict | None = None, **assume) -> tuple:
    records = run(plan, 9, **assume)
    care = services_on(records, datetime.date(2021, 5, 1))
    appeal = pd.DataFrame({"appeal": care.appeal, "fans": care.fan_rate, "cost": care.cost_cut, "more": care.entrants})
    return providers(records), summary(records), targets(records), appeal


def _moved(tables: tuple) -> bool:
    pairs = zip(_usual(), tables, strict=True)
    return any(not one.equals(two.drop(columns="date", errors="ignore")) for one, two in pairs)


OWN = [
    *("provider_ability_sd", "score_reliability", "badge_effect", "fake_plaques", "trust_memory", "incubation_months"),
    *("provider_capacity", "provider_calls", "provider_acceptance", "acceptance_trust", "acceptance_fee"),
    *("client_loss", "badge_lookup", "provider_trust", "provider_trust_weight", "provider_word", "service_good"),
    *("service_skill", "skill_effect", "training_quality", "mcn_fans", "provider_cost_cut", "supply_matches"),
    *("recruits_a_month", "incubated_share", "incubation_gain", "mix_bias", "client_growth_sd", "client_selection"),
    *("effort_cost", "provider_fixed_cost", "client_cost", "provider_cash", "provider_fee", "tier_leads"),
    *("provider_clients", "score_pay"),
]
UNUSUAL = {"acceptance_fee": {"pay": "per_head"}, "score_pay": {"pay": "on_score"}}


@pytest.mark.parametrize("name", OWN)
def test_every_assumption_of_the_providers_moves_something_and_is_named(name):
    plan = UNUSUAL.get(name)
    low, high = (
        _tables(plan, **{name: getattr(assumptions().levers()[f"assume.{name}"], end)}) for end in ("low", "high")
    )
    assert any(not one.equals(two) for one, two in zip(low, high, strict=True))
    assert name in low[1].attrs["rests_on"]


MOVES = {
    "count": 250.0,
    "admission_bar": 0.4,
    "review_months": 2.0,
    "keep_bar": 0.2,
    "gain_bar": 0.3,
    "marks": "equal",
    "caseload_floor": 40.0,
    "shrinkage": "shrunk",
    "tiers": 4.0,
    "weight_recruit": 0.5,
    "weight_incubate": 0.0,
    "weight_gmv": 0.6,
    "weight_service": 0.6,
    "listing": "unlisted",
    "pay": "per_head",
}


def test_every_lever_but_the_first_day_is_tried():
    assert {name.partition(".")[2] for name in Providers.levers()} == {*MOVES, "start"}


@pytest.mark.parametrize("lever", MOVES)
def test_every_lever_of_the_programme_moves_something(lever):
    assert _moved(_tables({lever: MOVES[lever]}))


# Refusals


@pytest.mark.parametrize(
    "how", [{"months": 0}, {"months": 2.5}, {"months": 5_000}, {"seed": -1}, {"disabled": "nothing"}], ids=str
)
def test_what_cannot_be_is_refused_in_both_languages(how):
    for lang in LANGUAGES:
        with speaking(lang):
            with pytest.raises(Refusal) as refused:
                run(**how)
            assert str(next(iter(how.values()))).strip("-") in str(refused.value)


def test_the_marks_stand_in_their_order():
    marks = run().marks
    assert isinstance(marks, Marks)
    assert marks.stay < marks.keep < marks.gain
