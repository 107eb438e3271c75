"""Records: what happened in a run, day by day."""

import datetime
from dataclasses import dataclass, field

import numpy as np

from kit.policies.policy import Policy
from kit.simulator.recorded import METRICS, Flow, Metric
from kit.simulator.state import Scratch, State
from kit.simulator.steady_state import Market
from kit.text import Refusal, words


@dataclass(frozen=True)
class Records:
    """What happened, day by day.

    ``groups`` is (day, group, metric), ``flows`` (day, flow, segment, category), ``platform`` (day, [users, minutes a
    user, commerce share, promotion]), ``cohorts`` (day of entry, [merchants who entered, those who stayed 90 days]);
    ``spent_out``: when a programme's budget ran out. ``state`` and ``scratch`` are those of the last day.
    """

    market: Market
    policy: Policy
    draws: str
    groups: np.ndarray
    flows: np.ndarray
    platform: np.ndarray
    cohorts: np.ndarray
    state: State
    scratch: Scratch
    spent_out: dict[str, datetime.date] = field(default_factory=dict)

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
