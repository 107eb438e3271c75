"""The autumn of 2020 as announced, against August continued: each programme alone and all together, and how sure."""

import numpy as np
import pandas as pd

from kit.analysis.calibration import DRAWN, assumptions_at, kept
from kit.analysis.counterfactual import MERCHANTS, run_with_counterfactual
from kit.analysis.outcome import Outcome, in_unit, outcome
from kit.analysis.sensitivity import tipping_points
from kit.outcomes.policy_effects import gross_and_net
from kit.parameters.levers import Levers, bare
from kit.policies.policy import Policy
from kit.simulator.steady_state import open_market
from kit.text import Refusal

SEEDS = 8  # draws of random shocks, and of merchants
KEPT = 40  # draws of the assumptions


@outcome
def by_programme(trial: Policy, assume: Levers) -> Outcome:
    """Return what each programme of a policy brings alone, and all of them together: one row is (programme, measure).

    ``programme`` is one of the policy's, or together; ``measure`` is gross or net; ``gmv`` in yuan over all the days.
    The finding holds the sum of the nets and the net of all together: what two programmes do is not the sum of both.
    """
    single = {name: Policy(name, {name: plan}) for name, plan in trial.programmes.items()}
    alone = {name: run_with_counterfactual(plan, assume) for name, plan in single.items()}
    runs = alone | {"together": run_with_counterfactual(trial, assume)}
    rows = [(name, measure, run.effect[measure][0]) for name, run in runs.items() for measure in ("gross", "net")]
    finding = {name: runs["together"].effect[name] for name in ("gross", "net")}
    finding |= in_unit("yuan", sum=sum(run.effect["net"][0] for run in alone.values()))
    if finding["gross"][0] > 0:
        finding["kept"] = finding["net"][0] / finding["gross"][0], "share"
    return pd.DataFrame(rows, columns=["programme", "measure", "gmv"]), finding


@outcome
def bands(
    trial: Policy, assume: Levers, result="net", turns: pd.DataFrame | None = None, seeds=SEEDS, draws=KEPT
) -> Outcome:
    """Return how far a result of a policy goes: one row is a source of ``doubt``, from ``low`` to ``high``.

    ``doubt``: luck (``seeds`` of random shocks), merchants (as many other representatives of the million), headline
    (each of the five at both ends of its range), assumptions (so many ``draws`` that meet the targets; nine of ten lie
    within). ``runs`` counts a row's runs, ``positive`` is the share of them in which the result is above zero.
    ``turns``: the table of kit.analysis.sensitivity.tipping_points, where it is known.
    """
    assume = bare(assume)
    start, unit = run_with_counterfactual(trial, assume).effect[result]
    ends = tipping_points(gross_and_net, trial, assume, result=result) if turns is None else turns
    results = {
        "luck": [_result(trial, result, assume, draws="sampled", seed=seed) for seed in range(seeds)],
        "merchants": [_result(trial, result, market=open_market(MERCHANTS, seed, assume)) for seed in range(seeds)],
        "headline": [*ends["low"], *ends["high"]],
        "assumptions": [_result(trial, result, assumptions_at(draw)) for draw in kept().head(draws).to_dict("records")],
    }
    rows = []
    for doubt, several in results.items():
        amounts = np.array([amount for amount in several if amount is not None])
        reach = (0.05, 0.95) if doubt == "assumptions" else (0.0, 1.0)
        low, high = np.quantile(amounts, reach)
        rows.append((doubt, low, high, len(amounts), float((amounts > 0).mean())))
    table = pd.DataFrame(rows, columns=["doubt", "low", "high", "runs", "positive"]).assign(bound="between")
    widest, assumed = table.loc[(table["high"] - table["low"]).idxmax()], table.iloc[-1]
    finding = in_unit(unit, start=start, least=assumed["low"], most=assumed["high"])
    finding |= in_unit("", drawn=len(DRAWN)) | in_unit("runs", runs=assumed["runs"])
    return table, finding | {"widest": (f"doubt.{widest['doubt']}", "words")}


def _result(trial: Policy, result: str, *assume: Levers, **how) -> float | None:
    """A result of a policy, or none where the market cannot rest at the assumptions."""
    try:
        return run_with_counterfactual(trial, *assume, **how).effect[result][0]
    except Refusal:
        return None
