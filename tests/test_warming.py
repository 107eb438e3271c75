"""The simulator is compiled before anybody waits for it: every programme and all together, once."""

import numba
import pytest

from kit import warming
from kit.policies import policy
from kit.programmes import programmes
from kit.text import Refusal


@pytest.fixture
def runs(tmp_path, monkeypatch):
    """An empty cache, and the list of runs that are made."""
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path))
    made = []
    monkeypatch.setattr(warming, "simulate", lambda market, plan, draws: made.append((*plan.programmes, draws)))
    return made


def test_every_programme_is_run_with_luck_and_without_and_never_again(runs):
    told = []
    assert warming.warm_up(lambda: told.append(len(runs)))
    assert told == [0]
    tried = [(), *zip(programmes()), tuple(policy("announced_autumn").programmes)]
    assert runs == [(*names, draws) for names in tried for draws in ("expected", "sampled")]
    assert not warming.warm_up(lambda: told.append("again"))
    assert told == [0]


def test_a_run_that_fails_leaves_the_work_to_be_done(runs, monkeypatch):
    def refused(market, policy, draws):
        raise Refusal("days", value=0, low=1, high=2)

    monkeypatch.setattr(warming, "simulate", refused)
    with pytest.raises(Refusal):
        warming.warm_up()
    monkeypatch.setattr(warming, "simulate", lambda *_, **__: None)
    assert warming.warm_up()
