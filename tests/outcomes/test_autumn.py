"""Policies beside their twins, the bands of the autumn, the draws that the sources admit, and the case of Li."""

import csv
from functools import partial

import pandas as pd
import pytest
from click.testing import CliRunner

from kit.analysis import counterfactual
from kit.analysis.calibration import (
    DRAWN,
    KEPT,
    MERCHANTS,
    TRIED,
    assumptions_at,
    draws,
    kept,
    measures,
    settled,
    targets,
    tried,
)
from kit.analysis.counterfactual import run_with_counterfactual
from kit.analysis.policy_effect import effect
from kit.analysis.sensitivity import by_assumption
from kit.analysis.validation import li_case
from kit.cli.main import main
from kit.display.catalogue import draw
from kit.outcomes import autumn, policy_effects
from kit.parameters.sourced import assumptions, fact, override, value
from kit.paths import DATA, ROOT
from kit.policies.policy import Policy, policy
from kit.simulator.population import TIERS
from kit.simulator.providers.run import PROVIDER_MECHANISMS
from kit.simulator.run import simulate
from kit.simulator.state import MECHANISMS
from kit.simulator.steady_state import open_market
from kit.text import LANGUAGES, speaking

ASSUME = assumptions()
TWO = Policy("two", {name: policy(name).programmes[name] for name in ("fan_xing", "festival")})


# Twins


@pytest.mark.parametrize("name", ["fan_xing", "festival", "ten_billion", "providers"])
def test_a_pair_is_what_two_runs_by_hand_come_to(name):
    place = open_market(counterfactual.MERCHANTS)
    by_hand = effect(simulate(place, policy(name)), simulate(place, policy("august_2020")))
    found = run_with_counterfactual(policy(name), ASSUME).effect
    for what, (amount, unit) in by_hand.items():
        if amount == amount:
            assert found[what] == (pytest.approx(amount, rel=1e-12), unit)
        else:
            assert what not in found


def test_weeks_and_sellers_add_up_to_the_net():
    table = policy_effects.weekly_gain(TWO, ASSUME)
    sums = table.groupby("seller")["more"].sum()
    assert sums["all"] == pytest.approx(table.attrs["finding"]["net"][0])
    assert sums["newcomers"] + sums["incumbents"] == pytest.approx(sums["all"])
    assert sums["newcomers"] == pytest.approx(table.attrs["finding"]["newcomers_more"][0])


def test_what_parties_gain_adds_up_to_the_profit_and_the_cash():
    table = policy_effects.who_gains(TWO, ASSUME).set_index("party")["yuan"]
    found = run_with_counterfactual(TWO, ASSUME).effect
    assert table[list(TIERS)].sum() == pytest.approx(found["profit_more"][0])
    assert table["platform"] == pytest.approx(found["cash_revenue_more"][0] - found["subsidy_more"][0])
    assert table["buyers"] == found["subsidy_more"][0] > 0


def test_what_is_kept_hangs_on_the_policy_the_assumptions_and_what_is_supposed():
    usual = run_with_counterfactual(TWO, ASSUME).effect["net"][0]
    assert run_with_counterfactual(TWO.but({"festival.lift": 0.3}), ASSUME).effect["net"][0] < usual
    assert run_with_counterfactual(TWO, ASSUME.but({"assume.impulse_share": 0})).effect["net"][0] < usual
    with override({"A01": 2 * value("A01")}):
        assert (
            run_with_counterfactual(TWO, ASSUME).effect["gmv_twin"][0]
            > 1.9 * run_with_counterfactual(TWO, ASSUME).effect["gmv"][0] / 2
        )
        doubled = run_with_counterfactual(TWO, ASSUME).effect["gmv_twin"][0]
    assert doubled == pytest.approx(2 * run_with_counterfactual(TWO, ASSUME).effect["gmv_twin"][0], rel=0.02)


def test_a_policy_of_nothing_brings_nothing():
    found = run_with_counterfactual(policy("august_2020"), ASSUME).effect
    assert found["gross"] == found["net"] == (0.0, "yuan")
    assert "more_per_subsidised" not in found


def test_what_a_festival_brings_is_not_put_down_to_a_subsidy():
    subsidy = policy("ten_billion")
    both = Policy("both", TWO.programmes | {"ten_billion": subsidy.programmes["ten_billion"]})
    alone, beside = (policy_effects.full_effect(plan, ASSUME) for plan in (subsidy, both))
    assert beside["more_per_subsidised"][0] > 2 * alone["more_per_subsidised"][0]
    assert beside["infra_marginal"][0] == pytest.approx(alone["infra_marginal"][0], abs=0.01)


def test_without_money_for_subsidies_no_share_of_them_is_told():
    poor = policy("announced_autumn").but({"ten_billion.daily_budget": 0, "ten_billion.newcomer_quota": 0})
    found = policy_effects.full_effect(poor, ASSUME)
    assert not {"more_per_subsidised", "infra_marginal"} & set(found)
    assert found["net"][0] > 0


# The gross


def test_the_gross_of_a_day_is_what_is_subsidised_or_what_is_above_the_twin_whichever_is_more():
    both = Policy("both", TWO.programmes | {"ten_billion": policy("ten_billion").programmes["ten_billion"]})
    alone = run_with_counterfactual(policy("ten_billion"), ASSUME).effect["gross"][0]
    festival = run_with_counterfactual(policy("festival"), ASSUME).effect["gross"][0]
    together = run_with_counterfactual(both, ASSUME).effect["gross"][0]
    assert max(alone, festival) < together < 1.02 * (alone + festival)


# The autumn


def test_programmes_alone_stand_beside_all_together():
    table = autumn.by_programme(TWO, ASSUME).set_index(["programme", "measure"])["gmv"]
    assert table["together", "net"] == pytest.approx(run_with_counterfactual(TWO, ASSUME).effect["net"][0])
    for name in TWO.programmes:
        assert table[name, "gross"] == pytest.approx(run_with_counterfactual(policy(name), ASSUME).effect["gross"][0])


def test_a_band_holds_the_result_as_assumed_and_doubt_of_the_assumptions_is_wider_than_luck():
    table = autumn.bands(policy("festival"), ASSUME, seeds=3, draws=6).set_index("doubt")
    start = table.attrs["finding"]["start"][0]
    width = table["high"] - table["low"]
    assert table["runs"].to_dict() == {"luck": 3, "merchants": 3, "headline": 10, "assumptions": 6}
    assert table.loc["headline", "low"] < start < table.loc["headline", "high"]
    assert width["assumptions"] > 10 * width["luck"] > 0
    assert table["positive"].between(0, 1).all()


def test_the_autumn_is_printed_and_written_as_a_page(tmp_path, monkeypatch):
    quick = partial(autumn.bands, seeds=2, draws=2)
    monkeypatch.setattr("kit.cli.autumn_page.bands", quick)
    few = partial(by_assumption, names=("rival_lift", "waiting"))
    monkeypatch.setattr("kit.cli.autumn_page.by_assumption", few)
    monkeypatch.setattr("kit.cli.autumn_page.li_case", partial(li_case, seeds=range(1)))
    for lang, word in (("en", "Against"), ("zh", "净效果")):
        file = tmp_path / f"{lang}.html"
        done = CliRunner().invoke(main, ["autumn", "--policy", "festival", "--lang", lang, "-o", str(file)])
        assert done.exit_code == 0, done.output
        page = file.read_text(encoding="utf-8")
        assert word in page
        assert page.count("<svg") == 7
        assert "http" not in page.replace("http://www.w3.org", "")


def test_a_policy_that_nobody_would_report_has_its_picture_too():
    table = autumn.by_programme(policy("traffic"), ASSUME)
    assert table.attrs["finding"]["gross"] == (0.0, "yuan")
    for lang in LANGUAGES:
        with speaking(lang):
            assert draw("by_programme", table).whole()


@pytest.mark.parametrize("file", ["page.pdf", "nowhere/page.html"])
def test_a_page_that_cannot_be_written_is_refused_before_anything_is_run(tmp_path, monkeypatch, file):
    monkeypatch.setattr("kit.outcomes.policy_effects.full_effect", lambda *_: pytest.fail("it ran first"))
    done = CliRunner().invoke(main, ["autumn", "--lang", "en", "-o", str(tmp_path / file)])
    assert done.exit_code == 1
    assert ".html" in done.output
    assert not list(tmp_path.iterdir())


# Calibration


def test_the_draws_that_were_kept_are_those_that_the_command_finds():
    stored = kept().set_index("draw")
    assert 0 < len(stored) <= KEPT
    assert stored.index[-1] <= TRIED
    some = 96
    for number, (drawn, found, fails) in enumerate(tried(some), start=1):
        assert (not fails) == (number in stored.index)
        if not fails:
            assert stored.loc[number, list(DRAWN)].to_dict() == drawn
            assert stored.loc[number, list(found)].to_numpy() == pytest.approx(list(found.values()), rel=1e-3)
    assert (stored.index <= some).any()


def test_every_kept_draw_meets_every_target_and_so_do_the_defaults():
    stored, usual = kept(), measures(open_market(MERCHANTS))
    for name, (low, high) in targets().items():
        assert stored[name].between(low, high).all()
        assert low <= usual[name] <= high


def test_draws_fill_the_ranges_evenly():
    table = pd.DataFrame(draws(512))
    for name in DRAWN:
        lever = ASSUME.levers()[f"assume.{name}"]
        part = (table[name] - lever.low) / (lever.high - lever.low)
        assert part.between(0, 1).all()
        assert part.quantile([0.25, 0.5, 0.75]).to_numpy() == pytest.approx([0.25, 0.5, 0.75], abs=0.02)


def test_what_no_target_touches_is_left_as_it_was_drawn_and_what_one_does_is_not():
    left = settled().set_index("name")["left"]
    assert left["persons"] < 0.7
    assert left[["price_elasticity", "impulse_share", "attention_made"]].min() > 0.9


def test_a_market_at_a_draw_is_opened_with_that_draw():
    draw = next(draws(1))
    assume = assumptions_at(draw)
    assert all(getattr(assume, name) == draw[name] for name in DRAWN)


# The case


def test_the_best_of_many_rooms_shows_what_li_shows_with_or_without_the_subsidy():
    for name in ("august_2020", "ten_billion"):
        case = li_case(policy(name), seeds=range(8)).set_index("measure")
        assert case.loc["times_usual", "within"]
        assert case.loc["yuan_per_viewer", "within"]
        assert (case["low"] <= case["high"]).all()


def test_without_luck_no_session_is_a_multiple_of_the_usual_one():
    calm = li_case(policy("august_2020"), ASSUME.but({"assume.viewer_shock": 0.2}), range(2)).set_index("measure")
    assert not calm.loc["times_usual", "within"]
    assert calm.loc["times_usual", "high"] < value("A92")


# The mission


def test_every_system_of_the_autumn_has_levers_switches_and_a_test_that_there_are():
    with (DATA / "tables" / "coverage.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert set(policy("announced_autumn").programmes) <= {row["id"] for row in rows}
    printed = CliRunner().invoke(main, ["coverage", "--lang", "en"]).output
    for row in rows:
        file, _, test = row["test"].partition("::")
        assert f"def {test}(" in (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert all(fact(key) for key in row["facts"].split())
        assert set(row["levers"].split()) <= set(Policy.levers())
        assert set(row["switches"].split()) <= {*MECHANISMS, *PROVIDER_MECHANISMS}
        assert row["test"] in printed


def test_every_mechanism_is_some_system_s_or_of_the_market_itself():
    with (DATA / "tables" / "coverage.csv").open(encoding="utf-8", newline="") as lines:
        named = {switch for row in csv.DictReader(lines) for switch in row["switches"].split()}
    of_the_market = {"fans", "trust", "ladder", "returns_follow_discount", "exit"}
    of_the_providers = {"mix_bias", "selection"}
    assert {*MECHANISMS, *PROVIDER_MECHANISMS} == named | of_the_market | of_the_providers
