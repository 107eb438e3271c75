"""A small market, and a run of it under a coupon next to its baseline."""

import pytest
from coupon_runs import COUPON, TODAY

from kit.simulator.run import simulate
from kit.simulator.steady_state import open_market


@pytest.fixture(scope="module")
def market():
    return open_market(300)


@pytest.fixture(scope="module")
def runs(market):
    return simulate(market, COUPON), simulate(market, TODAY)
