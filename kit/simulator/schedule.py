"""The schedule of a policy: what each of its programmes does to a market on each day of the season."""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from types import ModuleType

import numpy as np

from kit.parameters.calendar import FIRST
from kit.parameters.categories import ShopKind
from kit.parameters.levers import Levers
from kit.policies.effects import TABLE, Effects, Entry, Merchants, Term, check, terms
from kit.policies.policy import Policy
from kit.simulator.population import DAYS, Traits, live_frequency, sales_within
from kit.simulator.providers.run import simulate_providers
from kit.simulator.state import State
from kit.simulator.steady_state import Market
from kit.text import Refusal


@dataclass(frozen=True)
class Schedule:
    """What the programmes of a policy do: effects by programme, from the days on which they begin.

    ``by_day``: programmes that look at the state of the market each day, so that a run goes day by day: for each a
    function of the date, the merchants and the yuan spent so far that returns the effects of that day.
    """

    effects: dict[str, Effects]
    begins: dict[str, int]
    merchants: Merchants = field(repr=False)
    by_day: dict[str, Callable[..., Effects]] = field(default_factory=dict)

    def digest(self) -> str:
        """Return a hash of the effects: two schedules with the same one are the same."""
        seen = hashlib.sha256(repr((self.begins, list(self.by_day))).encode())
        for name, effects in self.effects.items():
            for effect, value in effects._asdict().items():
                given = terms(value) if TABLE[effect].shape == "merchant" else (value,)
                seen.update(f"{name} {effect} {len(given)}".encode())
                for part in (part for one in given for part in (one if isinstance(one, Term | Entry) else (one,))):
                    seen.update(repr(part).encode() if not isinstance(part, np.ndarray) else part.tobytes())
        return seen.hexdigest()

    def on(self, day: datetime.date, state: State, spent: dict[str, float]) -> dict[str, Effects]:
        """Return the effects of all programmes on a day, given the state this morning."""
        if not self.by_day:
            return self.effects
        there = slice(self.merchants.id.size)
        parts = {name: getattr(state, name)[there] for name in ("in_plan", "sold", "equipped")}
        seen = self.merchants._replace(**parts, learned=state.learned)
        today = {}
        for name, effects in self.by_day.items():
            begun = (day - FIRST).days >= self.begins[name]
            given = effects(day, seen, spent=spent[name]) if begun else Effects()
            today[name] = check(given, name, DAYS, seen.id.size)
        return {name: today[name] if name in today else self.effects[name] for name in self.begins}


def schedule(
    market: Market, policy: Policy, days: int = DAYS, disabled: frozenset[str] = frozenset(), seed: int | None = None
) -> Schedule:
    """Return what a policy's programmes do to a market in so many days.

    Service providers' months are simulated beforehand; ``seed`` is theirs, the market's by default.
    """
    return read_schedule(market._replace(assume=market.assume.fork()), policy, days, disabled, seed)


def read_schedule(
    market: Market, policy: Policy, days: int = DAYS, disabled: frozenset[str] = frozenset(), seed: int | None = None
) -> Schedule:
    """Return the schedule, as ``schedule`` does; the market notes the assumptions that it reads."""
    seed = market.seed if seed is None else seed
    merchants = _merchants(market, disabled, seed)
    dates = np.datetime64(FIRST) + np.arange(DAYS)
    effects, begins, by_day = {}, {}, {}
    for name, plan in policy.programmes.items():
        module = _programme(name)
        begins[name] = (plan.begins - FIRST).days
        if begins[name] >= days:
            effects[name] = Effects()
        elif hasattr(module, "schedule"):
            given = module.schedule(plan, dates, merchants, market.assume)
            effects[name] = check(given, name, DAYS, merchants.id.size)
        else:
            by_day[name] = partial(module.effects, plan, assume=market.assume)
    return Schedule(effects, begins, merchants, by_day)


def _programme(name: str) -> ModuleType:
    module = import_module(f"kit.policies.programmes.{name}")
    if not (hasattr(module, "schedule") or hasattr(module, "effects")):
        raise Refusal("no_effects", name=name)
    return module


def _merchants(market: Market, disabled: frozenset[str], seed: int) -> Merchants:
    """All merchants, present and future, as programmes know them."""
    there = slice(market.incumbents if "entry" in disabled else None)
    traits = Traits(*(trait[there] for trait in market.traits))
    return Merchants(
        entered=np.datetime64(FIRST) + traits.entered.astype("timedelta64[D]"),
        self_built=traits.kind == ShopKind.SELF_BUILT,
        id=traits.id,
        weight=traits.weight,
        tier=traits.tier,
        live=live_frequency(traits.size, market.assume),
        category=traits.category,
        own_goods=traits.kind != ShopKind.ALLIANCE,
        sales_within=partial(sales_within, traits, market.incumbents, market.assume.merchant_size_sd),
        services=partial(_services, market, traits.id.size, seed, "services" in disabled),
    )


def _services(market: Market, merchants: int, seed: int, disabled: bool, plan: Levers) -> Effects:
    """The effects of a plan's providers on the first merchants; their months are simulated beforehand."""
    return Effects() if disabled else simulate_providers(market, plan, seed=seed).effects(merchants)
