"""The day derived twice more from its specification, in NumPy and with agents: the kit must say the same."""

import numpy as np
import pytest
from benchmarks.peers.agreement import apart, check
from benchmarks.peers.plain import with_numpy
from benchmarks.peers.stated import COUPON_DAYS, METRICS, with_kit
from benchmarks.peers.with_mesa import with_mesa

from kit.simulator.steady_state import open_market

DAYS = COUPON_DAYS + 15  # with the coupon, after it, and past the settlement of what it sold


def differences(one: dict, other: dict) -> dict[str, float]:
    """By how much of their size two runs differ, the day on which it is most."""
    assert set(one) == set(other)
    return {name: float(np.abs(one[name] - other[name]).max() / np.abs(other[name]).max()) for name in one}


@pytest.mark.parametrize(("peer", "merchants"), [(with_numpy, 300), (with_mesa, 60)])
def test_a_peer_expects_what_the_kit_expects_on_every_day_in_every_metric(peer, merchants):
    market = open_market(merchants)
    kit = with_kit(market, DAYS, "expected")
    # Were a metric idle, nothing would be compared.
    assert all(np.abs(kit[name]).max() > 0 for name in METRICS)
    assert max(differences(peer(market, DAYS, "expected"), kit).values()) < 1e-12


@pytest.mark.parametrize("peer", [with_numpy, with_mesa])
def test_sampled_peers_scatter_around_what_is_expected(peer):
    market = open_market(120)
    expected, days = with_kit(market, DAYS, "expected"), 12
    for name in ("orders", "gmv", "views", "profit"):
        drawn = [peer(market, days, "sampled", seed)[name].sum() for seed in range(5)]
        aim = expected[name][:days].sum()
        assert np.std(drawn) > 0
        assert abs(np.mean(drawn) - aim) < 4 * np.std(drawn, ddof=1) / np.sqrt(len(drawn)) + 0.005 * abs(aim)


def test_sampled_numpy_and_kit_agree_on_totals():
    check(apart(2_000, mesa=False))


def test_the_agreement_check_bites():
    with pytest.raises(AssertionError, match=r"sampled\.gmv"):
        check({"mesa.sampled.orders": 0.001, "mesa.sampled.gmv": 0.006})
    with pytest.raises(AssertionError, match="expected"):
        check({"numpy.expected.gmv": 1e-6})
