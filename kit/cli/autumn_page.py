"""The autumn of 2020 on one printable page: gross and net, who gains, how sure it is, and what could turn it."""

import html
from pathlib import Path

import pandas as pd

from kit.analysis.calibration import settled
from kit.analysis.sensitivity import by_assumption, tipping_points
from kit.analysis.validation import li_case
from kit.display.files import written
from kit.display.html import figure, framed, lines, part, rows_of, text
from kit.display.tables import numbers
from kit.outcomes.autumn import bands, by_programme
from kit.outcomes.policy_effects import four_lines, full_effect, gross_and_net, weekly_gain, who_gains
from kit.parameters.levers import Levers
from kit.parameters.sourced import fact
from kit.policies.policy import Policy
from kit.text import label, number, words

WIDEST = 8  # rows


def save_autumn(trial: Policy, assume: Levers, path: Path) -> Path:
    """Write the page as .html in the reader's language and return the path."""
    made = page(trial, assume)
    return written(path, lambda file: file.write_text(made, encoding="utf-8", newline="\n"))


def page(trial: Policy, assume: Levers) -> str:
    """Return the page of a policy with several programmes."""
    found = full_effect(trial, assume)
    title = words("page.autumn_title", policy=label("policy", trial.name), gross=found["gross"], net=found["net"])
    ends = tipping_points(gross_and_net, trial, assume, result="net")
    parts = [
        f"<h1>{html.escape(title)}</h1>",
        text(words("page.autumn_about")),
        part("autumn_numbers", rows_of(numbers(found))),
        part("autumn_programmes", figure("by_programme", by_programme(trial, assume))),
        part("autumn_weeks", figure("weekly_gain", weekly_gain(trial, assume))),
        part("autumn_who", *(figure(of.__name__, of(trial, assume)) for of in (who_gains, four_lines))),
        part("autumn_sure", figure("bands", bands(trial, assume, turns=ends))),
        part("autumn_tipping_points", figure("tipping_points", ends)),
        part("autumn_widest", text(words("page.autumn_widest_about")), figure("by_assumption", _widest(trial, assume))),
        part("autumn_settled", text(words("page.autumn_settled_about")), rows_of(_settled(), head=True)),
        part("autumn_case", text(words("page.autumn_case_about")), rows_of(_case(trial, assume), head=True)),
        part("autumn_limits", lines([words(f"page.autumn_limit{n}") for n in range(1, 5)])),
    ]
    return framed(words("page.autumn_name"), "".join(parts))


def _widest(trial: Policy, assume: Levers) -> pd.DataFrame:
    """Of all assumptions that the net rests on, those that move it most."""
    return by_assumption(gross_and_net, trial, assume, result="net").head(WIDEST)


def _settled() -> list[tuple]:
    head = tuple(words(f"settled.{name}") for name in ("name", "range", "kept", "left"))
    rows = [head]
    for row in settled().sort_values("left").to_dict("records"):
        unit = fact(row["name"]).unit
        ends, kept = ((number(row[a], unit), number(row[b], unit)) for a, b in (("low", "high"), ("from", "to")))
        span = [words("settled.span", low=low, high=high) for low, high in (ends, kept)]
        rows.append((label("fact", row["name"]), *span, number(row["left"], "share")))
    return rows


def _case(trial: Policy, assume: Levers) -> list[tuple]:
    units = {"times_usual": "times", "viewers": "viewers", "yuan_per_viewer": "yuan", "follow_rate": "share"}
    rows = [tuple(words(f"case.{name}") for name in ("measure", "case", "band", "within"))]
    for row in li_case(trial, assume).to_dict("records"):
        unit = units[row["measure"]]
        band = words("settled.span", low=number(row["low"], unit), high=number(row["high"], unit))
        within = words("table.yes" if row["within"] else "table.no")
        rows.append((words(f"case.{row['measure']}"), number(row["case"], unit), band, within))
    return rows
