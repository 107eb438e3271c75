"""Findings: a tidy table, the numbers that its headline needs, and the names of all that it rests on."""

import pandas as pd


def tidy(
    rows: dict, finding: dict, rests_on: tuple[str, ...], facts: tuple[str, ...] = (), simulated=False
) -> pd.DataFrame:
    """Return a tidy table that says what it found and what it stands on, in its ``attrs``.

    ``finding`` holds the numbers of the headline as pairs (value, unit); ``rests_on`` names the
    assumptions behind the table, ``facts`` the ids of the sourced numbers that it reads; ``simulated`` says whether
    it comes from the simulator or from a closed form.
    """
    table = pd.DataFrame(rows)
    table.attrs = {"finding": finding, "rests_on": rests_on, "facts": facts, "simulated": simulated}
    return table
