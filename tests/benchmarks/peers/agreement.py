"""Do the peers compute the same? ``python tests/benchmarks/peers/agreement.py`` prints by how much they differ."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.peers.plain import with_numpy
from benchmarks.peers.stated import with_kit
from benchmarks.peers.with_mesa import with_mesa

from kit.simulator.steady_state import open_market

MERCHANTS = 20_000
SAMPLED, EXPECTED = 0.005, 1e-9  # how far totals may lie apart


def apart(merchants: int = MERCHANTS, mesa: bool = True) -> dict[str, float]:
    """Return how far the peers' totals lie from the kit's, as shares of them: by peer, kind of draws and metric."""
    market, found = open_market(merchants), {}
    runs = [(with_numpy, "expected"), (with_numpy, "sampled"), *([(with_mesa, "sampled")] if mesa else [])]
    for draws in ("expected", "sampled"):
        kit = with_kit(market, draws=draws)
        for peer in [peer for peer, kind in runs if kind == draws]:
            theirs = peer(market, draws=draws)
            for metric in ("gmv", "orders"):
                name = f"{peer.__name__.removeprefix('with_')}.{draws}.{metric}"
                found[name] = abs(theirs[metric].sum() / kit[metric].sum() - 1)
    return found


def check(found: dict[str, float]) -> None:
    """Raise AssertionError for a peer that computes something else."""
    for name, gap in found.items():
        assert gap <= (EXPECTED if ".expected." in name else SAMPLED), f"{name}: {gap:.2%} apart"


if __name__ == "__main__":
    found = apart()
    for name, gap in found.items():
        print(f"{name:24} {gap:.2e}")
    check(found)
