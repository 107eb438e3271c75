"""What a programme can do to merchants on one day. The engine knows these, never programmes."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Merchants:
    """What a programme may know of merchants: one element is one merchant.

    ``entered`` are days (datetime64[D]); ``self_built`` says whether the shop is the platform's own kind.
    """

    entered: np.ndarray
    self_built: np.ndarray


@dataclass(frozen=True)
class Effects:
    """One programme's effects on one day: one element is one merchant.

    ``credit``: promotion credit handed out today (yuan at face); ``reduced_fee``: whether the
    programme's fee scale applies; ``coaching``: hours of advice begun today.
    """

    credit: np.ndarray
    reduced_fee: np.ndarray
    coaching: np.ndarray
