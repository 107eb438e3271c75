"""A programme that is not in the article takes one module and its rows of data, no other change."""

import shutil
import sys

import pandas as pd
import pytest
from invariants import invariants

from kit import text
from kit.analysis.counterfactual import compare
from kit.analysis.run_tables import ACCOUNT, daily
from kit.parameters import sourced
from kit.policies import programmes
from kit.policies.policy import Policy, difference, load, policy
from kit.simulator.run import simulate
from kit.simulator.steady_state import open_market
from kit.text import LANGUAGES, Refusal, label, speaking
from kit.widgets import panel as widgets

# The module.
PROGRAMME = '''
"""Free shipping: the platform pays the postage of what newcomers sell."""

import datetime
from typing import ClassVar

import numpy as np

from kit.parameters.calendar import FIRST, LAST
from kit.parameters.categories import Tier
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import assumed
from kit.policies.effects import Effects, Merchants, Term
from kit.policies.programme import Programme


class FreeShipping(Programme):
    """The levers of free shipping: ``part`` of the postage is paid by the platform, the rest by the shop."""

    group: ClassVar[str] = "free_shipping"
    announced: ClassVar[bool] = False
    order: ClassVar = (("start", "end"),)

    start: datetime.date = lever(FIRST, LAST, "date", default=datetime.date(2020, 9, 1), step=1)
    end: datetime.date = lever(FIRST, LAST, "date", default=LAST, step=1)
    part: float = assumed("free_shipping.part")


LEVERS = FreeShipping


def schedule(plan: FreeShipping, days: np.ndarray, merchants: Merchants, assume: Levers) -> Effects:
    """Return the postage that buyers are spared by day, as a share of the price of what newcomers sell."""
    spared = assume.postage / assume.order_value * (days <= np.datetime64(plan.end))
    return Effects(discount=Term(spared, merchants.tier == Tier.NEWCOMER), platform_part=plan.part)
'''
# Its rows in data/assumptions.csv, and its file in data/text.
ASSUMPTIONS = """free_shipping.part,free_shipping.part,0.5,0,1,share,2020,assumption,judgement
postage,postage,5,2,15,yuan,2020,assumption,judgement
"""
WORDS = """key,en,zh
programme.free_shipping,Free shipping,包邮
lever.free_shipping.start,First day of free shipping,包邮开始日
lever.free_shipping.end,Last day of free shipping,包邮结束日
lever.free_shipping.part,Postage that the platform pays,平台承担的邮费
fact.free_shipping.part,Part of the postage that the platform pays,平台承担的邮费比例
reason.free_shipping.part,A programme made up for a test,测试用的政策
lever.assume.postage,Postage of a parcel,一件的邮费
fact.postage,Postage of one parcel,一件包裹的邮费
reason.postage,A number made up for a test,测试用的数字
"""
CACHES = (text._table, sourced._numbers, sourced._model, programmes.programmes)


def forget() -> None:
    for made in CACHES:
        made.cache_clear()


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """The course with one more programme: its file in a folder of programmes, its rows in a copy of the data."""
    data, folder = tmp_path / "data", tmp_path / "programmes"
    shutil.copytree(text.DATA, data, ignore=shutil.ignore_patterns("fonts"))
    folder.mkdir()
    (folder / "free_shipping.py").write_text(PROGRAMME, encoding="utf-8")
    with (data / "assumptions.csv").open("a", encoding="utf-8") as table:
        table.write(ASSUMPTIONS)
    (data / "text" / "free_shipping.csv").write_text(WORDS, encoding="utf-8")
    for module in (text, sourced):
        monkeypatch.setattr(module, "DATA", data)
    monkeypatch.setattr(programmes, "__path__", [*programmes.__path__, str(folder)])
    forget()
    yield policy("august_2020").but({"free_shipping.part": 0.5})
    sys.modules.pop("kit.policies.programmes.free_shipping", None)
    vars(programmes).pop("free_shipping", None)
    monkeypatch.undo()
    forget()


@pytest.fixture
def small(shipped):
    return open_market(300)


def test_it_takes_three_files_and_sixty_lines_at_most():
    files = {"programmes/free_shipping.py": PROGRAMME, "assumptions.csv": ASSUMPTIONS, "text/free_shipping.csv": WORDS}
    assert sum(len(added.strip().splitlines()) for added in files.values()) <= 60
    assert len(files) <= 3


def test_its_levers_are_those_of_any_other_programme(shipped, tmp_path):
    assert "free_shipping" in programmes.programmes()
    lever = Policy.levers()["free_shipping.part"]
    assert (lever.low, lever.high, lever.unit) == (0, 1, "share")
    assert shipped.but({"free_shipping.part": "80 %"})["free_shipping.part"] == 0.8
    with pytest.raises(Refusal, match=r"free_shipping\.part.*outside"):
        shipped.but({"free_shipping.part": 30})
    with pytest.raises(Refusal, match=r"free_shipping\.start"):
        shipped.but({"free_shipping.end": "2020-08-02"})
    assert list(shipped.at("2020-09-01")) == ["free_shipping"]
    assert list(shipped.at("2020-08-31")) == []
    assert difference(shipped, shipped.but({"free_shipping.part": 1}))["lever"].tolist() == ["free_shipping.part"]
    shipped.but({"free_shipping.part": 1}).save(tmp_path / "mine.toml")
    assert load(tmp_path / "mine.toml")["free_shipping.part"] == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_has_its_words_and_its_assumptions(shipped, lang):
    with speaking(lang):
        assert label("programme", "free_shipping") != "free_shipping"
        for name in programmes.programmes()["free_shipping"].levers():
            assert label("lever", name) != name
        assert sourced.fact("postage").reason in repr(sourced.fact("postage"))
    assert sourced.assumptions().but({"assume.postage": 8}).postage == 8


@pytest.mark.parametrize("draws", ["expected", "sampled"])
def test_the_simulator_runs_it_and_tells_what_it_rests_on(small, shipped, draws):
    check = invariants(small, shares=draws == "expected")
    with_it = simulate(small, shipped, days=60, draws=draws, check=check)
    without_it = simulate(small, policy("august_2020"), days=60, draws=draws)
    newcomers = [g for g in range(12) if g % 4 == 3]
    assert (with_it.groups[:31] == without_it.groups[:31]).all()
    assert with_it.groups[31:, newcomers, 0].sum() > without_it.groups[31:, newcomers, 0].sum()
    kept = with_it.groups[31:, newcomers, 1].sum()
    assert 0 < with_it.metric("subsidy").sum() < kept * 15
    assert "postage" in with_it.rests_on
    assert "postage" not in without_it.rests_on


def test_it_stands_beside_the_programmes_of_the_article(small, shipped):
    autumn = policy("announced_autumn").but({"free_shipping.part": 1})
    table = compare(small, {"announced_autumn": policy("announced_autumn"), "with_shipping": autumn}, days=45)
    assert table.attrs["finding"]["net"][0] != 0
    assert "postage" in table.attrs["rests_on"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_panel_moves_it_and_draws(small, shipped, lang):
    def account(plan):
        """The platform's account, for the chart that the course has of it."""
        lines = daily(simulate(small, plan, days=40))[list(ACCOUNT)].sum()
        table = pd.DataFrame({"line": lines.index, "yuan": lines.to_numpy()})
        said = {"fees": lines["cash_revenue"], "credits": lines["credit"], "subsidy": lines["subsidy"]}
        said = {name: (float(amount), "yuan") for name, amount in said.items()}
        finding = said | {"window": (31.0, "days"), "entrants": (9_000.0, "merchants")}
        table.attrs = {"finding": finding, "rests_on": ("postage",)}
        return table

    with speaking(lang):
        panel = widgets.tune(shipped, levers=["free_shipping.part"], outcome=account)
        before = panel.now.attrs["finding"]["subsidy"][0]
        panel.knobs["free_shipping.part"].field.value = "100 %"
        assert panel.now.attrs["finding"]["subsidy"][0] == pytest.approx(2 * before)


def test_levers_without_effects_are_refused_by_name(shipped, small, monkeypatch):
    monkeypatch.delattr(sys.modules["kit.policies.programmes.free_shipping"], "schedule")
    with pytest.raises(Refusal, match="free_shipping"):
        simulate(small, shipped, days=1)


def test_it_is_gone_afterwards():
    assert "free_shipping" not in programmes.programmes()
    assert not text.has("programme.free_shipping")
