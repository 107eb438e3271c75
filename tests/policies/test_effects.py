"""Effects of the wrong form are refused by name before anything runs."""

import numpy as np
import pytest
from trial_programme import market, trial

from kit.policies.effects import Effects, Entry, Term, check
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
    "nothing": (None, "NoneType; it must return Effects"),
}


@pytest.mark.parametrize("case", WRONG)
def test_effects_of_the_wrong_form_are_told(case):
    given, says = WRONG[case]
    with pytest.raises(ValueError, match=f"trial: .*{says}|trial: {says}"):
        check(given, "trial", days=182, merchants=50)


def test_a_programme_that_is_asked_day_by_day_is_told_too(monkeypatch):
    with pytest.raises(ValueError, match="trial: boost, merchants is an array of 3"):
        simulate(market(100), trial(monkeypatch, lambda merchants, day: Effects(boost=np.zeros(3))), days=2)
