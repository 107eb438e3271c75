"""How far results may be trusted, and the two commands that tell it."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import kit.analysis.sampling_error
from kit.analysis.policy_effect import effect
from kit.analysis.run_tables import weekly
from kit.analysis.sampling_error import market_error, sampling_gap, spread, usual_policies
from kit.cli.main import main
from kit.policies.policy import policy
from kit.simulator.run import simulate
from kit.simulator.steady_state import open_market
from kit.text import LANGUAGES, has, speaking, words

TODAY = policy("august_2020")
COUPON = TODAY.but({"coupon.end": "2020-08-05"})
TWO = {"august_2020": TODAY, "coupon": COUPON}


def interrupting(after: int):
    """A run of many days that somebody stops on one of the runs to come."""
    runs = []

    def run(*args, check=None, **kwargs):
        runs.append(args)

        def stopping(*day):
            if check:
                check(*day)
            if len(runs) == after:
                raise KeyboardInterrupt

        return simulate(*args, check=stopping, **kwargs)

    return run


def _interrupt(monkeypatch, after: int) -> None:
    run = interrupting(after)
    for module in (kit.analysis.sampling_error, kit.analysis.counterfactual):
        monkeypatch.setattr(module, "simulate", run)


# Tables


def test_the_error_of_an_effect_falls_with_the_number_of_merchants():
    # A coupon at some merchants: whether a large one is among them is luck, and more so in a small market.
    some = {"august_2020": TODAY, "some": COUPON.but({"coupon.reach": 0.4})}
    table = market_error(some, (60, 2_000), range(10), days=10, reference=open_market(4_000))
    assert len(table) == 2 * 2 * 10
    sd = spread(table, "error").set_index(["policy", "merchants"])["sd"]
    assert sd["some", 2_000] < sd["some", 60] / 2


def test_a_market_has_no_error_against_itself():
    reference = open_market(300, seed=5)
    table = market_error(TWO, (300, 200), (5,), days=8, reference=reference)
    itself = table["merchants"] == 300
    assert (table.loc[itself, "error"] == 0).all()
    assert (table.loc[~itself, "error"] != 0).all()


def test_values_are_the_twins_gmv_and_what_a_policy_adds_to_it():
    table = market_error(TWO, (100,), (3,), days=6, reference=open_market(150)).set_index("policy")
    twin, trial = (simulate(open_market(100, 3), plan, days=6) for plan in TWO.values())
    assert table.loc["august_2020", "value"] == twin.metric("gmv").sum()
    assert table.loc["coupon", "value"] == pytest.approx(effect(trial, twin)["net"][0])
    assert table.loc["coupon", "error"] == table.loc["coupon", "value"] / table.loc["coupon", "full"] - 1


def test_a_policy_that_does_nothing_within_the_days_has_no_error():
    table = market_error({"august_2020": TODAY, "fan_xing": policy("fan_xing")}, (60,), (1,), 5, open_market(90))
    assert table.set_index("policy")["error"].isna().tolist() == [False, True]


def test_luck_moves_totals_as_much_in_a_small_market_as_in_a_large_one():
    # A representative has the mean luck of those for whom it stands.
    table = sampling_gap({"august_2020": TODAY}, (60, 3_000), range(8), days=10)
    assert len(table) == 2 * 8 * 2
    found = spread(table, "gap").set_index(["merchants", "metric"])
    for metric in ("gmv", "orders"):
        assert 1 / 4 < found.loc[(3_000, metric), "sd"] / found.loc[(60, metric), "sd"] < 4
        for many in (60, 3_000):
            row = found.loc[(many, metric)]
            assert 0 < abs(row["worst"]) < 0.01
            # Over many draws luck takes nothing and gives nothing.
            assert abs(row["mean"]) < 4 * row["sd"] / np.sqrt(8) + 0.001


def test_the_same_seeds_give_the_same_table():
    pd.testing.assert_frame_equal(*(sampling_gap(TWO, (60,), (1, 2), days=4) for _ in range(2)))


def test_the_spread_is_mean_sd_and_the_largest_in_size():
    table = pd.DataFrame({"policy": "a", "merchants": 5, "seed": [1, 2, 3], "error": [0.1, -0.4, 0.0]})
    (row,) = spread(table, "error").to_dict("records")
    assert row == {
        "policy": "a",
        "merchants": 5,
        "mean": pytest.approx(-0.1),
        "sd": pytest.approx(0.2646, 1e-3),
        "worst": -0.4,
    }


def test_an_interruption_keeps_the_rows_that_are_done(monkeypatch):
    _interrupt(monkeypatch, after=3 + 2)
    table = sampling_gap({"august_2020": TODAY}, (60,), range(9), days=3)
    assert table["seed"].unique().tolist() == [0, 1, 2]


def test_an_interruption_of_the_full_market_leaves_no_row(monkeypatch):
    _interrupt(monkeypatch, after=1)
    assert market_error(TWO, (60,), (1,), 3, open_market(90)).empty


def test_other_errors_are_not_taken_for_an_interruption():
    with pytest.raises(ValueError, match="merchants"):
        sampling_gap(TWO, (5,), (1,))


# Commands


def told(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(part) for part in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.mark.parametrize("lang", LANGUAGES)
def test_gaps_are_printed_in_the_readers_words(lang):
    code, said = told("precision", "--merchants", 60, "--seeds", 2, "--days", 5, "--full", 120, "--lang", lang)
    assert code == 0
    with speaking(lang):
        for name in (*usual_policies(), "august_2020", "gmv", "orders", "mean", "sd", "worst"):
            assert words(f"precision.{name}") in said
    assert said.count("%") >= 12
    assert "{" not in said


def test_an_interrupted_command_says_so_and_prints_what_was_done(monkeypatch):
    _interrupt(monkeypatch, after=3)
    code, said = told("precision", "--merchants", 60, "--seeds", 3, "--days", 3, "--full", 90, "--lang", "en")
    assert code == 0
    assert words("precision.stopped") in said
    assert words("precision.august_2020") in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_simulate_prints_the_finding_and_writes_the_weeks(lang, tmp_path):
    out = tmp_path / "weeks.csv"
    plan = tmp_path / "mine.toml"
    plan.write_text('base = "august_2020"\n[coupon]\ndepth = 0.2\nbudget = 1e8\n', encoding="utf-8")
    code, said = told("simulate", plan, "--merchants", 60, "--days", 10, "--seed", 4, "--out", out, "--lang", lang)
    assert code == 0
    market = open_market(60, 4)
    from kit.policies.policy import load

    trial, twin = (simulate(market, plan, days=10) for plan in (load(plan), TODAY))
    table = pd.read_csv(out)
    assert table["scenario"].unique().tolist() == ["august_2020", "mine"]
    assert table["gmv"].tolist() == pytest.approx([*weekly(twin)["gmv"], *weekly(trial)["gmv"]])
    with speaking(lang):
        for name in effect(trial, twin):
            assert has(f"finding.compare.{name}")
            assert words(f"finding.compare.{name}") in said
        assert words("simulate.never") in said, "a coupon does not pay for itself in ten days"
        assert words("simulate.saved", file=out) in said
        assert words("simulate.spent_out", programme="coupon", day=(trial.spent_out["coupon"], "")) in said
    assert "{" not in said
    assert "nan" not in said


def test_simulate_takes_a_shipped_name_luck_and_mechanisms_to_switch_off():
    usual = told("simulate", "fan_xing", "--merchants", 60, "--days", 40, "--lang", "en")
    lucky = told("simulate", "fan_xing", "--merchants", 60, "--days", 40, "--draws", "sampled", "--lang", "en")
    off = ["--disable", "entry", "--disable", "coupon"]
    still = told("simulate", "fan_xing", "--merchants", 60, "--days", 40, *off, "--lang", "en")
    assert usual[0] == lucky[0] == still[0] == 0
    assert len({usual[1], lucky[1], still[1]}) == 3
    assert words("finding.compare.net") + ": 0 yuan" in still[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere"], "no policy 'nowhere'; there are: alliance"),
        (["missing.toml"], "missing.toml: "),
        (["fan_xing", "--merchants", "3"], "3 merchants: a market has from 30"),
        (["fan_xing", "--days", "0"], "0 days"),
        (["fan_xing", "--seed", "-1"], "-1 is not a seed"),
        (["fan_xing", "--draws", "some"], "no kind of draws 'some'"),
        (["fan_xing", "--disable", "luck"], "no mechanism 'luck'"),
        (["fan_xing", "--out", "weeks.doc"], "'.doc'"),
        (["fan_xing", "--out", "nowhere/weeks.csv"], "no folder"),
    ],
)
def test_a_bad_argument_is_one_plain_line(arguments, sentence):
    code, said = told("simulate", *arguments, "--lang", "en")
    assert code == 1
    assert sentence in said
    assert len(said.strip().splitlines()) == 1


def test_a_table_that_cannot_be_written_is_refused_before_the_run(monkeypatch):
    def never(*_):
        raise AssertionError("the market was opened")

    monkeypatch.setattr("kit.simulator.steady_state.open_market", never)
    assert told("simulate", "fan_xing", "--out", "weeks.doc")[0] == 1


def test_a_run_that_is_stopped_is_set_against_as_many_days_of_its_twin(monkeypatch):
    def stopped(*args, progress=False, **kwargs):
        def check(*day):
            days.append(1)
            if len(days) == 4:
                raise KeyboardInterrupt

        return simulate(*args, check=check, **kwargs)

    days = []
    monkeypatch.setattr("kit.analysis.counterfactual.simulate", stopped)
    code, said = told("simulate", "fan_xing", "--merchants", 60, "--days", 30, "--lang", "en")
    assert code == 0
    assert words("simulate.stopped", days=(3, "days")) in said


def test_the_commands_stand_in_the_help():
    done = subprocess.run([sys.executable, "-m", "kit", "--help"], capture_output=True, text=True, check=True)
    assert {"simulate", "precision", "lab"} <= set(done.stdout.split())
