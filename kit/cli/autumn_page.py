"""The autumn of 2020 on one printable page: gross and net, who gains, how sure it is, and what could turn it."""

from pathlib import Path

from kit.analysis.calibration import settled
from kit.analysis.sensitivity import by_assumption, tipping_points
from kit.analysis.validation import li_case
from kit.display.files import written
from kit.display.html import fill
from kit.display.tables import numbers
from kit.outcomes.autumn import bands, by_programme
from kit.outcomes.policy_effects import four_lines, full_effect, gross_and_net, weekly_gain, who_gains
from kit.parameters.levers import Levers
from kit.parameters.sourced import fact
from kit.policies.policy import Policy
from kit.text import label, number, words

WIDEST = 8  # rows: of all assumptions that the net depends on, those that move it most


def save_autumn(trial: Policy, assume: Levers, path: Path) -> Path:
    """Write the page of a policy with several programmes as .html in the reader's language; return the path."""
    found = full_effect(trial, assume)
    ends = tipping_points(gross_and_net, trial, assume, result="net")
    tables = {of.__name__: of(trial, assume) for of in (by_programme, weekly_gain, who_gains, four_lines)}
    tables |= {"bands": bands(trial, assume, turns=ends), "tipping_points": ends}
    tables["by_assumption"] = by_assumption(gross_and_net, trial, assume, result="net").head(WIDEST)
    fields = {"policy": label("policy", trial.name), "gross": found["gross"], "net": found["net"]}
    body = fill(
        "autumn.html",
        title=words("page.autumn_title", **fields),
        numbers=numbers(found),
        tables=tables,
        settled=_settled(),
        case=_case(trial, assume),
    )
    page = fill("page.html", name=words("page.autumn_name"), body=body)
    return written(path, lambda file: file.write_text(page, encoding="utf-8", newline="\n"))


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
