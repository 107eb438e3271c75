"""Compile the simulator ahead of its first use, once for every version of its sources."""

import sys
from collections.abc import Callable
from pathlib import Path

import numba

from kit.policies.policy import Policy, policy
from kit.policies.programmes import programmes
from kit.simulator.run import simulate
from kit.simulator.steady_state import open_market
from kit.text import language, words


def warm_up(begun: Callable[[], None] = lambda: None) -> bool:
    """Compile the simulator by runs of a tiny market under each programme and all of them; return False if it was.

    ``begun`` is called before compilation starts. Numba caches the result.
    """
    done = Path(numba.config.CACHE_DIR) / "warm"
    if done.exists():
        return False
    begun()
    market = open_market(100)
    alone = (Policy(name, {name: model()}) for name, model in programmes().items())
    # Only all programmes together exceed the capacity of the belts.
    for tried in (Policy("none"), *alone, policy("announced_autumn")):
        for draws in ("expected", "sampled"):
            simulate(market, tried, draws=draws)
    done.touch()
    return True


if __name__ == "__main__":
    language(sys.argv[1])
    if warm_up(lambda: print(words("warm.begun"), flush=True)):
        print(words("warm.done"))
