"""Step commission (阶梯佣金): a higher rate past a number of orders.

In the reading "after" the higher rate applies to the orders past the step; in the reading "all" to every order of
the period once the step is passed, which makes the step a notch.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from kit.settlement.entitlements import Rates


@dataclass(frozen=True)
class Step:
    """After ``after`` orders the commission is ``rate`` (per mille)."""

    after: int
    rate: int
    reading: Literal["after", "all"] = "after"

    def __post_init__(self):
        Rates(commission=self.rate)


def step_commission(base: int, commission: int, orders, step: Step):
    """Return the commission in cents on ``orders`` orders (a number or an array) of the same net base (cents).

    >>> [int(step_commission(9_900, 200, n, Step(100, 250))) for n in (100, 101)]
    [198000, 200475]
    >>> [int(step_commission(9_900, 200, n, Step(100, 250, "all"))) for n in (100, 101)]
    [198000, 249975]
    """
    orders = np.asarray(orders)
    low, high = base * commission // 1000, base * step.rate // 1000
    past = np.maximum(orders - step.after, 0)
    if step.reading == "all":
        past = np.where(past > 0, orders, 0)
    return low * (orders - past) + high * past
