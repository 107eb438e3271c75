"""The simulator is compiled before anybody waits for it: every programme and all together, once."""

import numba
import pytest

from kit.policies.policy import policy
from kit.policies.programmes import programmes
from kit.simulator import warm_up
from kit.text import Refusal


@pytest.fixture
def runs(tmp_path, monkeypatch):
    """An empty cache, and the list of runs that are made."""
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path))
    made = []
    monkeypatch.setattr(warm_up, "simulate", lambda market, plan, draws: made.append((*plan.programmes, draws)))
    return made


def test_every_programme_is_run_with_luck_and_without_and_never_again(runs):
    told = []
    assert warm_up.warm_up(lambda: told.append(len(runs)))
    assert told == [0]
    tried = [(), *zip(programmes()), tuple(policy("announced_autumn").programmes)]
    assert runs == [(*names, draws) for names in tried for draws in ("expected", "sampled")]
    assert not warm_up.warm_up(lambda: told.append("again"))
    assert told == [0]


def test_a_run_that_fails_leaves_the_work_to_be_done(runs, monkeypatch):
    def refused(market, policy, draws):
        raise Refusal("days", value=0, low=1, high=2)

    monkeypatch.setattr(warm_up, "simulate", refused)
    with pytest.raises(Refusal):
        warm_up.warm_up()
    monkeypatch.setattr(warm_up, "simulate", lambda *_, **__: None)
    assert warm_up.warm_up()
