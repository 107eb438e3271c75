"""Ablations: each mechanism moves what it is there for, and leaves alone what it must not touch."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from trial_programme import NOTHING, coupon, market, trial

from kit.policies.effects import Effects
from kit.policies.policy import Policy, policy
from kit.policies.programmes.fan_xing import FanXing
from kit.simulator.recorded import METRICS, Metric
from kit.simulator.run import Records, simulate
from kit.simulator.state import MECHANISMS

FAN_XING = Policy("fan_xing", {"fan_xing": FanXing()})
SEPTEMBER = 31  # the first day of Fan Xing
NEWCOMERS = np.arange(12) % 4 == 3


@dataclass(frozen=True)
class Ablation:
    """What is run with and without a mechanism: ``moves`` rises (``sign`` +1) or falls by it, ``stays`` does not."""

    policy: Policy | Effects | Callable
    moves: Callable[[Records], np.ndarray]
    stays: Callable[[Records], np.ndarray]
    sign: int = 1
    days: int = 60
    draws: str = "expected"
    also: tuple[str, ...] = ()
    assume: dict = field(default_factory=dict)


def metric(name: str, days: slice = slice(None), groups=slice(None)) -> Callable[[Records], np.ndarray]:
    """The sum of a metric over days and groups."""
    return lambda run: run.groups[days, groups, Metric[name.upper()]].sum()


def metrics(*names: str, days: slice = slice(None), groups=slice(None)) -> Callable[[Records], np.ndarray]:
    """Some metrics (all of them without names), day by day and group by group."""
    which = [Metric[name.upper()] for name in names or METRICS]
    return lambda run: run.groups[days, groups][..., which]


def at_end(name: str) -> Callable[[Records], np.ndarray]:
    """What stands in the state at the end, merchant by merchant."""
    return lambda run: getattr(run.state, name)


def half_boosted(merchants, _) -> Effects:
    return Effects(boost=np.where(merchants.id % 2 == 0, 1.0, 0.0))


def of_the_boosted(name: str) -> Callable[[Records], np.ndarray]:
    """What the boosted incumbents have of something at the end, together."""

    def total(run: Records):
        traits, there = run.market.traits, run.market.incumbents
        boosted = traits.id[:there] % 2 == 0
        return (traits.weight[:there] * getattr(run.state, name)[:there])[boosted].sum()

    return total


FIRST = slice(0, 1)
FESTIVAL, TEN_BILLION = policy("festival"), policy("ten_billion")
BELTS_AT_116 = FESTIVAL.but({"belts.start": "2020-09-22"})
DAYS_OF_116 = slice(90, 103)
BEFORE_116 = metrics(days=slice(0, 80))
ABLATIONS = {
    "attention_load": Ablation(
        Effects(commerce_share=0.2), lambda run: run.platform[-1, 1], lambda run: run.platform[:, 2], sign=-1
    ),
    "sessions": Ablation(
        NOTHING,
        lambda run: run.metric("views").std(),
        metrics("cash", groups=~NEWCOMERS),
        draws="sampled",
    ),
    "merit_feedback": Ablation(half_boosted, of_the_boosted("gmv"), metrics(days=FIRST)),
    "fans": Ablation(half_boosted, of_the_boosted("fans"), metrics(days=FIRST)),
    "trust": Ablation(
        NOTHING, metric("orders", groups=NEWCOMERS), metrics("cash"), sign=-1, also=("entry_response", "exit")
    ),
    "need_pool": Ablation(coupon(), metric("orders"), metrics(days=FIRST), sign=-1, also=("entry",)),
    "ladder": Ablation(coupon(), lambda run: run.flow("persons")[-1, 2].sum(), metrics(days=FIRST), also=("entry",)),
    "reference_price": Ablation(coupon(), metric("orders"), metrics(days=FIRST), sign=-1),
    "returns_follow_discount": Ablation(
        coupon(), metric("returned"), metrics("orders", "gmv", "views", days=FIRST), also=("entry",)
    ),
    "coupon": Ablation(coupon(), metric("orders"), metrics("cash", "merchants"), also=("exit",)),
    "credits": Ablation(
        FAN_XING, metric("displaced"), lambda run: np.stack([run.state.lift, run.state.in_plan]), also=("exit",)
    ),
    "fee_scale": Ablation(FAN_XING, metric("fees"), metrics("orders", "gmv", "settled", "credit"), sign=-1),
    "coaching": Ablation(FAN_XING, metric("orders", groups=NEWCOMERS), metrics("credit", "merchants"), also=("exit",)),
    "boost": Ablation(half_boosted, of_the_boosted("gmv"), metrics("cash", "merchants"), also=("exit",)),
    "floor": Ablation(
        Effects(floor=0.05), metric("views", groups=NEWCOMERS), metrics("cash", "merchants"), also=("exit",)
    ),
    "rival": Ablation(FESTIVAL, metric("orders"), BEFORE_116, sign=-1, days=130),
    "anticipation": Ablation(FESTIVAL, metric("orders", days=slice(84, 90)), BEFORE_116, sign=-1, days=130),
    "festival": Ablation(FESTIVAL, metric("orders", days=DAYS_OF_116), BEFORE_116, days=130),
    "visits": Ablation(FESTIVAL, metric("views", days=DAYS_OF_116), metrics("cash"), days=130, also=("exit",)),
    "newcomer_deal": Ablation(
        TEN_BILLION, lambda run: run.flow("persons")[-1, 1].sum(), metrics("cash"), also=("exit", "entry")
    ),
    "sybil": Ablation(
        TEN_BILLION,
        lambda run: run.flow("deals")[:, 1].sum(),
        lambda run: run.flow("deals").sum(axis=(1, 2)),
    ),
    "sourcing": Ablation(policy("alliance"), metric("commission"), metrics("fees", days=slice(0, 52)), days=90),
    "services": Ablation(policy("providers"), metric("profit"), metrics("cash", days=slice(0, 52)), days=150),
    "capacity": Ablation(BELTS_AT_116, metric("shortage"), BEFORE_116, days=104),
    "c2m": Ablation(
        coupon().but({"belts.start": "2020-08-01"}), metric("orders"), metrics("cash", "merchants"), also=("exit",)
    ),
    "brands": Ablation(TEN_BILLION, metric("merchants"), metrics("cash", "merchants", groups=~NEWCOMERS)),
    "tournament": Ablation(FESTIVAL, metric("credit"), BEFORE_116, days=130),
    "card_pool": Ablation(FESTIVAL, metric("views", days=DAYS_OF_116), BEFORE_116, days=104),
    "no_show": Ablation(
        policy("alliance"),
        metric("commission", groups=NEWCOMERS),
        metrics("fees", days=slice(0, 52)),
        sign=-1,
        days=90,
    ),
    "re_registration": Ablation(
        FAN_XING, metric("credit", groups=~NEWCOMERS), metrics(days=slice(0, SEPTEMBER)), also=("exit",)
    ),
    "entry": Ablation(NOTHING, metric("merchants"), metrics("cash", "merchants", groups=~NEWCOMERS)),
    "entry_response": Ablation(FAN_XING, metric("merchants"), metrics(days=slice(0, SEPTEMBER))),
    "exit": Ablation(
        NOTHING, metric("merchants", groups=NEWCOMERS), metrics("cash", "merchants", groups=~NEWCOMERS), sign=-1
    ),
}


def run(monkeypatch, case: Ablation, *without: str) -> Records:
    policy = case.policy if isinstance(case.policy, Policy) else trial(monkeypatch, case.policy)
    at_rest = market(**case.assume)
    return simulate(at_rest, policy, days=case.days, draws=case.draws, disabled=[*case.also, *without])


def test_every_mechanism_has_its_ablation():
    assert sorted(ABLATIONS) == sorted(MECHANISMS)


@pytest.mark.parametrize("name", ABLATIONS)
def test_a_mechanism_moves_what_it_is_there_for(monkeypatch, name):
    case = ABLATIONS[name]
    on, off = (float(case.moves(run(monkeypatch, case, *without))) for without in ((), (name,)))
    print(f"{name}: {on:,.4g} with it, {off:,.4g} without it")
    assert case.sign * (on - off) > 1e-4 * max(abs(on), abs(off))


@pytest.mark.parametrize("name", ABLATIONS)
def test_a_mechanism_leaves_alone_what_it_must_not_touch(monkeypatch, name):
    case = ABLATIONS[name]
    on, off = (np.asarray(case.stays(run(monkeypatch, case, *without))) for without in ((), (name,)))
    assert on.size > 0
    assert (on != 0).any()
    np.testing.assert_allclose(on, off, rtol=1e-14)


@pytest.mark.parametrize("name", [name for name in MECHANISMS if name != "entry"])
def test_no_mechanism_is_needed_for_the_market_to_stand_still(name):
    records = simulate(market(), NOTHING, days=60, disabled=["entry", name])
    for what in ("orders", "gmv", "settled", "views"):
        path = records.metric(what)
        np.testing.assert_allclose(path, path[0], rtol=1e-9)
    for what in ("needs", "persons"):
        path = records.flow(what)
        np.testing.assert_allclose(path, np.broadcast_to(path[0], path.shape), rtol=1e-9)


@pytest.mark.parametrize("name", ["sessions", "reference_price", "returns_follow_discount", "coupon", "boost"])
def test_without_a_policy_and_without_luck_there_is_nothing_to_switch_off(name):
    usual, off = (simulate(market(), NOTHING, days=60, disabled=without) for without in ((), (name,)))
    np.testing.assert_array_equal(usual.groups, off.groups)
    np.testing.assert_array_equal(usual.flows, off.flows)


@pytest.mark.parametrize("name", ["credits", "fee_scale", "coaching", "entry_response", "re_registration"])
def test_before_fan_xing_there_is_nothing_of_it_to_switch_off(name):
    usual, off = (simulate(market(), FAN_XING, days=SEPTEMBER, disabled=without) for without in ((), (name,)))
    np.testing.assert_array_equal(usual.groups, off.groups)
