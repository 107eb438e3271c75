"""Records: what happened in a run, day by day."""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from kit.parameters.calendar import FIRST
from kit.policies.policy import Policy
from kit.simulator.recorded import METRICS, Flow, Metric
from kit.simulator.state import Scratch, State
from kit.simulator.steady_state import Market
from kit.text import Refusal, words


class How(NamedTuple):
    """How a run was made: ``draws`` and ``seed``, the ``engine``, programmes that ran ``by_day``, what was disabled."""

    draws: str
    seed: int
    engine: str
    by_day: tuple[str, ...]
    disabled: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Records:
    """What happened, day by day.

    ``groups`` is (day, group, metric), ``flows`` (day, flow, segment, category), ``platform`` (day, [users, minutes a
    user, commerce share, promotion]), ``cohorts`` (day of entry, [merchants who entered, those who stayed 90 days]);
    ``spent_out``: when a programme's budget ran out. ``state`` and ``scratch`` are those of the last day.
    """

    market: Market
    policy: Policy
    how: How
    groups: np.ndarray
    flows: np.ndarray
    platform: np.ndarray
    cohorts: np.ndarray
    state: State
    scratch: Scratch
    spent_out: dict[str, datetime.date] = field(default_factory=dict)

    def __repr__(self) -> str:
        how, by_day, there = self.how, self.how.by_day, self.market.incumbents
        last = FIRST + datetime.timedelta(self.days - 1)
        slow = f", day by day for {', '.join(by_day)}, which is slower" if by_day else ""
        return "\n".join(
            (
                f"Records of {self.policy.name}: {self.days} days to {last}",
                f"  market      {there:,} rows for {self.market.traits.weight[:there].sum():,.0f} merchants",
                f"  draws       {how.draws}, seed {how.seed}; disabled: {', '.join(how.disabled) or 'nothing'}",
                f"  engine      {how.engine}{slow}",
                f"  totals      GMV {self.metric('gmv').sum():.4g} yuan, orders {self.metric('orders').sum():.4g}",
            )
        )

    @property
    def days(self) -> int:
        """How many days were simulated."""
        return len(self.groups)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The assumptions that the run read."""
        return self.market.assume.names_read()

    def metric(self, name: str) -> np.ndarray:
        """Return one metric by day, over all merchants; the names are METRICS."""
        if name not in METRICS:
            raise Refusal("unknown", what=words("what.metric"), name=name, names=list(METRICS))
        return self.groups[:, :, Metric[name.upper()]].sum(axis=1)

    def flow(self, name: str) -> np.ndarray:
        """Return one flow by (day, segment, category); the names are FLOWS."""
        return self.flows[:, Flow[name.upper()]]
