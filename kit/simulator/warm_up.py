"""Compiling the simulator before anybody waits for it: once for every version of its sources."""

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
    """Compile what a simulation calls; return whether there was anything to do.

    A run of a tiny market under each programme and under all of them does it, and Numba keeps the result. ``begun`` is
    called before a work that takes long.
    """
    done = Path(numba.config.CACHE_DIR) / "warm"
    if done.exists():
        return False
    begun()
    market = open_market(100)
    alone = (Policy(name, {name: model()}) for name, model in programmes().items())
    # All together ask more of the belts than they make, which no programme alone does.
    for tried in (Policy("none"), *alone, policy("announced_autumn")):
        for draws in ("expected", "sampled"):
            simulate(market, tried, draws=draws)
    done.touch()
    return True


if __name__ == "__main__":
    language(sys.argv[1])
    if warm_up(lambda: print(words("warm.begun"), flush=True)):
        print(words("warm.done"))
