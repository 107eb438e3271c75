"""Simulation: a market under a policy, day by day, and the records of it."""

import datetime
from collections.abc import Callable, Iterable
from typing import Literal

import numpy as np

from kit.numerics.engine import Engine, Kernel, default_engine, has_native
from kit.parameters.calendar import FIRST
from kit.policies.policy import Policy, check_policy
from kit.simulator.kernel_schedule import combined, kernel_schedule, rows_by_day
from kit.simulator.population import DAYS, check_seed
from kit.simulator.recorded import Days
from kit.simulator.records import How, Records
from kit.simulator.schedule import read_schedule
from kit.simulator.state import MECHANISMS, Scratch, State, allocate_scratch, initial_state, rates
from kit.simulator.steady_state import Market
from kit.text import Refusal, words

RUN_DAYS = Kernel("kit.simulator.day.run_days", "run_days", moved=(6, 7, 11))
_LARGE = 100_000  # rows of a market from which compiling first takes less time than it saves
_MERCHANT_DAYS = 1_000_000  # in one compiled call, which cannot be interrupted: some 50 ms


def simulate(
    market: Market,
    policy: Policy,
    days: int = DAYS,
    draws: Literal["expected", "sampled"] = "expected",
    seed: int | None = None,
    disabled: Iterable[str] = (),
    progress: bool = False,
    check: Callable[[State, Scratch, np.ndarray, np.ndarray], None] | None = None,
    engine: Engine | None = None,
) -> Records:
    """Run a market under a policy from 1 August 2020 on, and return the records of each day.

    ``draws``: "expected" (mean flows) or "sampled" (random sessions, whole orders); ``seed``: of the random numbers,
    the market's by default; ``disabled``: mechanisms to switch off (MECHANISMS); ``check``: called after each day with
    its state, scratch, groups and flows. An interrupted run returns the days that were done.

    ``engine``: "portable" has the same last digits on every machine, "native" is faster in large markets and needs
    Numba; by default portable, and native in a market of more than 100,000 rows where Numba is installed. A policy with
    a programme that looks at the state of the market each day runs day by day, which is slower. The records say both.

    Raises Refusal for what is no policy, and for impossible days, seeds, kinds of draws, mechanisms or engines.
    """
    check_policy(policy)
    disabled = _checked(days, draws, seed, disabled)
    engine = _engine(engine, market)
    seed = market.seed if seed is None else seed
    market = market._replace(assume=market.assume.fork())
    season = read_schedule(market, policy, days, disabled, seed)
    rows = rows_by_day(market, DAYS, "entry" not in disabled)
    state = initial_state(market, len(season.begins))
    how = rates(market, disabled, draws == "sampled")
    made, scratch, plan, done = Days.zeros(days), None, None, 0
    each_day = bool(check or season.by_day)
    try:
        for first, last in _counted(days, 1 if each_day else max(_MERCHANT_DAYS // int(rows[-1]), 1), progress):
            if plan is None or season.by_day:
                spent = dict(zip(season.begins, state.spent.tolist(), strict=True))
                effects = season.on(FIRST + datetime.timedelta(first), state, spent)
                plan = kernel_schedule(effects, season.begins, market, rows, disabled)
                scratch = allocate_scratch(market.traits.id.size, combined(plan), scratch)
            parts = (market.traits, market.start, state, scratch, market.steady, how, plan, made)
            RUN_DAYS(first, last, seed, draws == "sampled", *parts, engine=engine)
            if check:
                check(state, scratch, made.groups[first], made.flows[first])
            done = last
    except KeyboardInterrupt:
        pass
    spent_out = zip(season.begins, state.spent_out.tolist(), strict=True)
    out = {name: FIRST + datetime.timedelta(day) for name, day in spent_out if day >= 0}
    how_run = How(draws, seed, engine, tuple(season.by_day), tuple(sorted(disabled)))
    return Records(market, policy, how_run, *(part[:done] for part in made), state, scratch, out)


def _engine(engine: Engine | None, market: Market) -> Engine:
    """The engine to run a market with."""
    if engine not in (None, "portable", "native"):
        raise Refusal("unknown", what=words("what.engine"), name=engine, names=["portable", "native"])
    if engine == "native" and not has_native():
        raise Refusal("no_native")
    if engine is None:
        return "native" if market.traits.id.size > _LARGE and has_native() else default_engine()
    return engine


def _checked(days: int, draws: str, seed: int | None, disabled: Iterable[str]) -> frozenset[str]:
    if isinstance(days, bool) or not (isinstance(days, int) and 1 <= days <= DAYS):
        raise Refusal("days", value=days, low=1, high=DAYS)
    if draws not in ("expected", "sampled"):
        raise Refusal("unknown", what=words("what.draws"), name=draws, names=["expected", "sampled"])
    if seed is not None:
        check_seed(seed)
    disabled = frozenset([disabled] if isinstance(disabled, str) else disabled)
    for name in sorted(disabled - set(MECHANISMS)):
        raise Refusal("unknown", what=words("what.mechanism"), name=name, names=list(MECHANISMS))
    return disabled


def _counted(days: int, at_once: int, progress: bool) -> Iterable[tuple[int, int]]:
    """Parts of the days, from the first of a part to before its last, with a bar of progress if wanted."""
    if not progress:
        yield from ((first, min(first + at_once, days)) for first in range(0, days, at_once))
        return
    from tqdm.auto import tqdm

    with tqdm(total=days, unit=words("unit.days"), leave=False) as bar:
        for first, last in _counted(days, min(at_once, 7), False):
            yield first, last
            bar.update(last - first)
