"""Fee scales on cumulative sales: kinks and notches.

A scale charges ``fee`` up to the ``cap`` and ``standard`` beyond it: in the marginal reading on the sales beyond the
cap (a kink), in the whole-base reading on everything (a notch). The article does not say which is meant.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from kit.numerics.special import normal_cdf


@dataclass(frozen=True)
class Scale:
    """A two-step fee scale: rates as shares of settled sales, the cap in yuan."""

    fee: float
    cap: float
    standard: float
    reading: Literal["marginal", "whole"] = "marginal"

    def __post_init__(self):
        if not (0 <= self.fee < 1 and 0 <= self.standard < 1 and self.cap >= 0):
            raise ValueError(f"{self}: rates are shares of sales, 0 to 1, and the cap is not negative")


def fee_total(sales, scale: Scale):
    """Return the fee in yuan on cumulative settled sales in yuan (a number or an array): Phi(G).

    >>> [fee_total(150_000, Scale(0.01, 100_000, 0.05, reading)) for reading in ("marginal", "whole")]
    [3500.0, 7500.0]
    """
    sales = np.asarray(sales, dtype=float)
    below = np.minimum(sales, scale.cap)
    if scale.reading == "marginal":
        fee = scale.fee * below + scale.standard * (sales - below)
    else:
        fee = np.where(sales <= scale.cap, scale.fee, scale.standard) * sales
    return fee.item() if fee.ndim == 0 else fee


def dominated_interval(scale: Scale, margin: float = 1.0) -> tuple[float, float]:
    """Return the dominated interval: sales (low, high] in yuan at which a shop keeps less than at the cap (O11).

    ``margin`` is the gross margin before the fee, as a share of sales; 1 compares revenue after the fee. The marginal
    reading has no such interval: low = high. Below the standard fee no higher sales make up for it: high = inf.

    >>> [round(dominated_interval(Scale(0.01, 100_000, 0.05, "whole"), margin)[1]) for margin in (1, 0.4)]
    [104211, 111429]
    """
    if scale.reading == "marginal" or scale.standard <= scale.fee or not scale.cap:
        return scale.cap, scale.cap
    if margin <= scale.standard:
        return scale.cap, np.inf
    return scale.cap, scale.cap * (margin - scale.fee) / (margin - scale.standard)


def bunching(scale: Scale, elasticity: float) -> float:
    """Return the width above a kink from which shops bunch at it, as a share of the cap (O10).

    Isoelastic supply z ~ (1 - t)^e at a kink (Saez 2010): dz/z = ((1 - t0)/(1 - t1))^e - 1.

    >>> round(bunching(Scale(0.01, 100_000, 0.05), elasticity=0.5), 4)
    0.0208
    """
    return ((1 - scale.fee) / (1 - scale.standard)) ** elasticity - 1


def savings_by_size(mean: float, log_sd: float, scale: Scale, edges) -> list[tuple[float, float]]:
    """Return the share of shops in each size class and the fees saved there, if sizes are log-normal.

    ``mean`` is the mean of settled sales per shop in yuan, ``log_sd`` the standard deviation of their logarithm,
    ``edges`` the upper ends of all classes but the last, in yuan, rising. One pair is one class: (share of shops,
    yuan saved per shop of all classes).

    >>> classes = savings_by_size(60_921, 1.9, Scale(0.01, 100_000, 0.05), edges=[10_000, 100_000])
    >>> [round(share, 3) for share, _ in classes]
    [0.5, 0.387, 0.113]
    """
    if mean <= 0 or log_sd <= 0:
        raise ValueError(f"mean {mean} and log_sd {log_sd} must be positive")
    centre = np.log(mean) - log_sd**2 / 2
    cuts = np.unique([0.0, *edges, scale.cap, np.inf])
    with np.errstate(divide="ignore"):
        z = (np.log(cuts) - centre) / log_sd
    shops, sales = np.diff(normal_cdf(z)), mean * np.diff(normal_cdf(z - log_sd))
    # Shops past the cap keep the reduction below it, or lose all of it in the whole-base reading.
    capped = shops * (scale.cap if scale.reading == "marginal" else 0.0)
    saved = (scale.standard - scale.fee) * np.where(cuts[1:] <= scale.cap, sales, capped)
    owner = np.searchsorted(edges, cuts[1:])
    return [(float(shops[owner == n].sum()), float(saved[owner == n].sum())) for n in range(len(edges) + 1)]


@dataclass(frozen=True)
class Savings:
    """The fees that a scale saves shops of many sizes."""

    saving: float  # mean fee saved, yuan per shop
    crossing: float  # share of shops that pass the cap
    to_crossers: float  # share of all savings that goes to shops past the cap


@lru_cache(maxsize=64)
def expected_savings(mean: float, log_sd: float, scale: Scale) -> Savings:
    """Return the fees saved if settled sales are log-normal: (f1 - f0) E[min(G, C)] (O13).

    >>> s = expected_savings(967 * 0.7 * 90, 1.9, Scale(0.01, 100_000, 0.05))
    >>> round(s.saving), round(s.crossing, 3), round(s.to_crossers, 2)
    (1050, 0.113, 0.43)
    """
    (_, below), (crossing, above) = savings_by_size(mean, log_sd, scale, edges=[scale.cap])
    total = below + above
    return Savings(total, crossing, above / total if total else 0.0)
