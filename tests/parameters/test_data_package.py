"""The data package: valid by its own schemas, whole, and told truly by its card."""

import csv
import json
import shutil

import frictionless
import pytest

from kit.cli.build import data_card
from kit.parameters.sourced import fact
from kit.paths import DATA

PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))


def faults(folder) -> list[str]:
    report = frictionless.validate(str(folder / "datapackage.json"))
    return [f"{place}: {note}" for place, note in report.flatten(["name", "message"])]


def rows(path):
    with (DATA / path).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_package_is_valid():
    assert faults(DATA) == []


def test_every_table_stands_in_the_package():
    listed = {resource["path"] for resource in PACKAGE["resources"]}
    assert listed == {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv")}


def test_every_statement_of_the_article_is_there_once():
    assert [row["id"] for row in rows("facts.csv")] == [f"A{n:02d}" for n in range(1, 103)]


def test_no_quantity_and_date_stands_twice_among_the_facts():
    # Orders of magnitude of different things: two welfare pools and three exposures, each announced on its own.
    alike = {("A65", "A74"), ("A67", "A72"), ("A19", "A20"), ("A19", "A21"), ("A20", "A21")}
    seen: dict[tuple, str] = {}
    twice = set()
    for row in rows("facts.csv"):
        if row["unit"] != "text":
            key = (float(row["value"]) if row["unit"] != "date" else row["value"], row["unit"], row["date"])
            if key in seen:
                twice.add((seen[key], row["id"]))
            seen.setdefault(key, row["id"])
    assert twice - alike == set()
    assert fact("A02").value == "A01"


def test_dates_and_references_of_the_tables_are_those_of_the_facts():
    for row in rows("tables/calendar_116.csv"):
        assert row["start"] <= row["end"]
        facts = [fact(key) for key in row["fact"].split()]
        dates = {day for known in facts for period in (str(known.value), known.date) for day in period.split("/")}
        assert {row["start"], row["end"]} <= dates, row


@pytest.mark.parametrize(
    ("table", "old", "new", "fault"),
    [
        ("facts.csv", "\nA39,", "\nA38,", "unique"),
        ("facts.csv", "价值200元的免费粉条", "价值200元的免费粉条价值200元", "maxLength"),
        ("facts.csv", ",fact,rule,article,技术", ",fact,law,article,技术", "enum"),
        ("external.csv", ",external,S3,", ",external,S9,", "enum"),
        ("assumptions.csv", "supply_fixity,0.7,0,1,", "supply_fixity,much,0,1,", "type"),
        ("assumptions.csv", "\nretention,retention,", "\nretention,leak,", "unique"),
        ("derived.csv", "A01 / 31", "open('A01')", "pattern"),
        ("derived.csv", "A01 / 31", "", "required"),
        ("derived.csv", "2020-08,derived,", "2020-08,fact,", "enum"),
        ("tables/divisions.csv", "apparel,A59", "apparel,A590", "foreign"),
        ("tables/calendar_116.csv", "gala,2020-10-30", "gala,2020-10-32", "type"),
        ("tables/belts.csv", "apparel,A10", "apparel,A999", "foreign"),
        ("tables/roles.csv", "id,fact,duties", "id,fact,tasks", "label"),
    ],
)
def test_a_spoiled_table_is_found(tmp_path, table, old, new, fault):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("fonts"))
    text = (folder / table).read_text(encoding="utf-8")
    assert old in text
    (folder / table).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(fault.lower() in line.lower() for line in faults(folder)), faults(folder)


def test_the_card_is_made_from_the_tables():
    assert (DATA / "README.md").read_text(encoding="utf-8") == data_card(), "run `make build` and commit"
