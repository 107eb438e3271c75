"""The panel of one's own shop: a file in, its columns changed, the plan beneath; a fault is said in words."""

import datetime
from functools import cache

import pytest
from make_samples import FOLDER, SAMPLES
from order_file_cases import CASES

import kit
from kit.text import LANGUAGES, speaking, words

TIME = datetime.datetime(2020, 10, 1, tzinfo=datetime.UTC)
both = pytest.mark.parametrize("lang", LANGUAGES)


def uploaded(raw: bytes):
    panel = kit.my_orders()
    panel.upload.value = (
        {"name": "x.csv", "type": "", "size": len(raw), "content": memoryview(raw), "last_modified": TIME},
    )
    return panel


@both
@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_that_is_chosen_gives_its_plan(name, lang):
    with speaking(lang):
        panel = uploaded((FOLDER / name).read_bytes())
        assert panel.plan.reading.read > 50
        assert words("page.standing") in panel.shown.value
        assert not panel.save.disabled


def test_a_column_that_is_changed_changes_the_plan():
    panel = uploaded("订单号,日期,实付款,订单金额\nA1,2020-09-01,100,150\nA2,2020-09-02,100,150\n".encode())
    assert panel.columns["amount"].value == "实付款"
    panel.columns["amount"].value = "订单金额"
    assert panel.plan.metrics.attrs["finding"]["sales"][0] == 300


def test_a_column_that_is_not_recognised_can_be_named():
    panel = uploaded(CASES["en_unknown_amount"].raw)
    assert panel.plan is None
    assert "rhc-refused" in panel.message.value
    panel.columns["amount"].value = "how much"
    panel.days.value = "3"
    assert panel.plan.metrics.attrs["finding"]["sales"][0] == 5
    assert panel.message.value == ""


def test_a_margin_that_is_stated_is_used_and_a_senseless_one_is_refused():
    panel = uploaded((FOLDER / "made_liquor_streamer.csv").read_bytes())
    panel.margin.value = "25%"
    assert panel.plan.shop.margin == 0.25
    panel.margin.value = "much"
    assert "rhc-refused" in panel.message.value
    assert panel.save.disabled


@cache
def jade(lang: str):
    """A panel in which the jade sample was chosen; a test that changes it sets it back."""
    return uploaded((FOLDER / "made_jade_shop.csv").read_bytes())


@both
@pytest.mark.parametrize(("field", "wrong"), [("days", "0"), ("days", "-3"), ("days", "some"), ("entered", "soon")])
def test_a_senseless_number_of_days_or_day_of_entry_is_refused_in_words(field, wrong, lang):
    with speaking(lang):
        panel = jade(lang)
        stated = getattr(panel, field)
        stated.value = wrong
        assert "rhc-refused" in panel.message.value
        assert panel.save.disabled
        assert panel.shown.value == ""
        stated.value = ""
        assert panel.message.value == ""
        assert not panel.save.disabled


def test_a_day_of_entry_that_is_stated_is_used():
    panel = uploaded((FOLDER / "made_jade_shop.csv").read_bytes())
    panel.entered.value = "2020-11-20"
    assert panel.plan.table.attrs["finding"]["fan_xing"][0] == 0


@pytest.mark.parametrize("case", ["en_picture", "en_empty", "en_old_excel", "zh_zip_of_two", "zh_header_alone"])
def test_what_is_no_table_of_orders_is_refused_in_words(case):
    panel = uploaded(CASES[case].raw)
    assert "rhc-refused" in panel.message.value
    assert panel.save.disabled


def test_the_plan_is_saved_only_on_request(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    panel = uploaded((FOLDER / "made_jade_shop.csv").read_bytes())
    assert list(tmp_path.iterdir()) == []
    panel.save.click()
    assert [path.name for path in tmp_path.iterdir()] == [words("panel.file")]
