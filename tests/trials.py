"""Small markets, and programmes that tests make up: what the oracles and the ablations of the simulator share."""

import sys
from functools import cache
from types import SimpleNamespace

import numpy as np

from kit.facts import assumptions
from kit.market.rest import Market, open_market
from kit.model.day import METRICS
from kit.model.provider_records import ProviderRecords
from kit.model.providers import simulate_providers
from kit.model.run import FIRST_DAY, Records
from kit.policies import Policy
from kit.programmes.coupon import Coupon
from kit.programmes.effects import Effects
from kit.programmes.providers import Providers

NOTHING = Policy("nothing")
# One elasticity for all segments: where a closed form knows only one buyer.
ONE_BUYER = {"elasticity_new": 1, "elasticity_occasional": 1}


@cache
def _market(merchants: int, changes: tuple) -> Market:
    return open_market(merchants, assume=assumptions().but({f"assume.{name}": value for name, value in changes}))


def market(merchants: int = 300, **changes) -> Market:
    """A small market at rest, some assumptions changed."""
    return _market(merchants, tuple(changes.items()))


def coupon(**levers) -> Policy:
    return Policy("coupon", {"coupon": Coupon(**levers)})


def trial(monkeypatch, gives) -> Policy:
    """A policy of one programme that this test makes up: ``gives`` is Effects, or (merchants, date) -> Effects."""
    made = SimpleNamespace(effects=lambda plan, day, merchants, assume, spent=0.0: plan.gives(merchants, day))
    monkeypatch.setitem(sys.modules, "kit.programmes.trial", made)
    always = (lambda merchants, day: gives) if isinstance(gives, Effects) else gives
    return Policy("trial", {"trial": SimpleNamespace(start=FIRST_DAY, begins=FIRST_DAY, gives=always)})


def orders(records: Records) -> np.ndarray:
    """Orders of each merchant over the whole run, where nothing was sold below its list price but by coupon."""
    return records.state.gmv / records.market.traits.price


def by_category(records: Records, metric: str) -> np.ndarray:
    """One metric by (day, category)."""
    return records.groups[:, :, METRICS.index(metric)].reshape(records.days, 3, 4).sum(axis=2)


def size_share(market: Market) -> np.ndarray:
    """Each incumbent's share of its category's shopping occasions at rest."""
    traits, there = market.traits, market.incumbents
    sold = traits.weight[:there] * traits.size[:there]
    return sold / market.rest.occasions.sum(axis=0)[traits.category[:there]]


def provider_run(
    plan: dict | None = None, months: int = 6, seed: int | None = None, without=(), **assume
) -> ProviderRecords:
    """Providers on a small market: levers of the programme in ``plan``, some assumptions changed."""
    return simulate_providers(market(**assume), Providers(**plan or {}), months, seed, without)
