"""Findings: a tidy table with the numbers that its headline needs."""

import pandas as pd


def tidy(rows: dict, finding: dict, rests_on: tuple[str, ...]) -> pd.DataFrame:
    """A tidy table with the numbers that its headline needs, and the names of the assumptions behind it."""
    table = pd.DataFrame(rows)
    table.attrs = {"finding": finding, "rests_on": rests_on}
    return table
