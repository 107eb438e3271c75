"""Schedules: all days at once or one by one, the same run; and nothing before a programme begins."""

import sys
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from trial_programme import market, trial

from kit.parameters.calendar import FIRST
from kit.policies.effects import Effects, Term, terms
from kit.policies.policy import FOLDER, Policy, policy
from kit.simulator.run import simulate
from kit.simulator.schedule import schedule

SHIPPED = sorted(path.stem for path in FOLDER.glob("*.toml"))


def one_day(given: Effects, day: int) -> Effects:
    """What a schedule without entries holds on one day, as a programme that is asked day by day says it."""

    def held(value):
        if isinstance(value, np.ndarray) and value.size == 182:
            return float(value[day])
        if isinstance(value, Term | tuple):
            return tuple(Term(np.broadcast_to(term.days, 182)[day], term.merchants) for term in terms(value))
        return value

    return Effects(*map(held, given))


@pytest.mark.parametrize("name", ["ten_billion", "traffic", "alliance", "festival", "providers"])
def test_a_programme_asked_day_by_day_is_the_same_run(monkeypatch, name):
    trial_policy = policy(name)
    whole = simulate(market(100), trial_policy, days=130)
    season = schedule(market(100), trial_policy, 130)
    begins = season.begins[name]

    def effects(plan, day, merchants, assume, spent):
        n = (day - FIRST).days
        return one_day(season.effects[name], n) if n >= begins else Effects()

    monkeypatch.setitem(sys.modules, f"kit.policies.programmes.{name}", SimpleNamespace(effects=effects))
    by_day = simulate(market(100), trial_policy, days=130)
    np.testing.assert_allclose(by_day.groups, whole.groups, rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(by_day.platform, whole.platform, rtol=1e-12)
    assert (by_day.how.by_day, whole.how.by_day) == ((name,), ())
    assert f"day by day for {name}, which is slower" in repr(by_day)


def test_a_programme_that_is_asked_day_by_day_sees_the_state_of_the_morning(monkeypatch):
    seen = {}

    def look(merchants, day):
        seen[day] = merchants.sold.sum(), merchants.in_plan.sum()
        return Effects(reduced_fee=merchants.self_built & (merchants.entered == np.datetime64(day)))

    records = simulate(market(100), trial(monkeypatch, look), days=60)
    days = sorted(seen)
    assert len(days) == 60
    assert seen[days[0]] == (0, 0)
    assert seen[days[30]][1] > 0
    sold = [seen[day][0] for day in days]
    assert all(after >= before for before, after in pairwise(sold))
    assert records.state.sold.sum() > sold[-1] > 0


def test_nothing_is_read_for_a_programme_that_begins_after_the_run():
    early, late = (set(simulate(market(100), policy("festival"), days=days).rests_on) for days in (40, 120))
    assert "waiting" not in early
    assert "waiting" in late


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_policy_has_a_schedule_for_all_its_programmes(name):
    season = schedule(market(100), policy(name))
    assert list(season.effects) == list(policy(name).programmes)
    assert not season.by_day


def test_a_policy_without_programmes_has_none():
    season = schedule(market(100), Policy("nothing"))
    assert (season.effects, season.begins) == ({}, {})


def test_the_digest_is_that_of_what_is_done():
    at, autumn = market(100), policy("announced_autumn")
    first = schedule(at, autumn).digest()
    assert schedule(at, autumn.but({"fan_xing.credit": 200}, name="the same by another name")).digest() == first
    moved = {"credit": {"fan_xing.credit": 201}, "day": {"festival.end": "2020-11-12"}, "scale": {"fan_xing.fee": 0.02}}
    found = {name: schedule(at, autumn.but(change)).digest() for name, change in moved.items()}
    assert len({first, *found.values()}) == 4
    assert schedule(market(120), autumn).digest() != first
