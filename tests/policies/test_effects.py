"""Effects of the wrong form are refused by name before anything runs."""

import numpy as np
import pytest
from trial_programme import market, trial

from kit.policies.effects import Effects, Entry, Term, check
from kit.policies.policy import policy
from kit.simulator.run import simulate

WRONG = {
    "by day, too short": (Effects(floor=np.zeros(90)), "floor is an array of 90; .* 182 days"),
    "by day, by merchant": (Effects(visits=np.zeros(50)), "visits is an array of 50"),
    "by merchant, too short": (Effects(boost=np.zeros(49)), "boost, merchants is an array of 49; .* 50 merchants"),
    "swapped": (Effects(boost=Term(np.zeros(50), np.zeros(182))), "boost, merchants is an array of 182"),
    "a term of two dimensions": (Effects(boost=Term(np.zeros((182, 50)))), "boost, days is an array of 182 x 50"),
    "an entry too short": (Effects(credit=Entry(np.zeros(3))), "credit, merchants is an array of 3"),
    "not a number": (Effects(discount=np.full(50, np.nan)), "discount, merchants .*nan"),
    "a word": (Effects(floor="much"), "floor is 'much'"),
    "a list": (Effects(boost=[0.1, 0.2]), "boost is a list; it must be a number, an array"),
    "nothing": (None, "returned NoneType; it must return Effects"),
    "by day as by merchant": (Effects(boost=np.zeros(182)), r"boost, merchants is an array of 182; .*Term\(days\)"),
    "of length one": (Effects(credit=np.array([200.0])), "credit, merchants is an array of 1; .* 50 merchants"),
    "a tuple of arrays": (Effects(boost=(np.zeros(50),)), "boost holds a ndarray"),
    "an entry that would last": (Effects(boost=Entry(np.zeros(50))), "boost is an Entry; it lasts"),
    "two coachings": (Effects(coaching=(Term(4.0), Term(4.0))), "coaching has 2 terms"),
    "no budget": (Effects(budget=np.nan), "budget is not a number"),
    "less than no budget": (Effects(budget=-1e6), r"budget is -1e\+06 yuan; it must be 0 to inf"),
    "a budget by day in all": (
        Effects(total_budget=np.ones(182)),
        "total_budget is an array of 182; .* one number",
    ),
    "no delay": (Effects(lag=0.0), "lag is 0 days"),
    "per cent": (Effects(discount=30.0), "discount is 30 share; it must be 0 to 1"),
    "a term out of range": (Effects(discount=Term(np.full(182, 2.0), np.full(50, 0.6))), "discount is 1.2 share"),
    "no visits": (Effects(visits=None), "visits is not a number"),
    "a rate for a scale": (Effects(scale=0.02), "scale is 0.02; it must be a Scale"),
}


@pytest.mark.parametrize("case", WRONG)
def test_effects_of_the_wrong_form_are_told(case):
    given, says = WRONG[case]
    with pytest.raises(ValueError, match=f"trial: .*{says}|trial: {says}"):
        check(given, "trial", days=182, merchants=50)


def test_a_programme_that_is_asked_day_by_day_is_told_too(monkeypatch):
    with pytest.raises(ValueError, match="trial: boost, merchants is an array of 3"):
        simulate(market(100), trial(monkeypatch, lambda merchants, day: Effects(boost=np.zeros(3))), days=2)


def test_an_entry_may_be_one_number_for_all(monkeypatch):
    def run(given):
        return simulate(market(100), trial(monkeypatch, lambda merchants, day: Effects(credit=given)), days=20)

    one, each = run(Entry(200.0)), run(Entry(np.full(market(100).traits.id.size, 200.0)))
    assert one.metric("credit").sum() == each.metric("credit").sum() > 0


def test_what_shops_get_that_register_again_is_spent_where_nobody_else_gets_credit():
    fan_xing = policy("fan_xing")
    alone = simulate(market(300), fan_xing, days=60, disabled="entry")
    assert alone.metric("credit").sum() == pytest.approx(572_776, rel=1e-3)
