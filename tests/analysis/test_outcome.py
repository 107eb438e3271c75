"""An outcome is a table that knows its finding and its provenance, and shows itself as the course does."""

import pandas as pd
import pytest

import kit
from kit.analysis.outcome import Outcome, outcome
from kit.outcomes import august
from kit.parameters.sourced import value
from kit.text import Refusal

ASSUME = kit.assumptions()


@outcome
def lost(assume, times: float = 1.0):
    """Orders that come back, with all that it needs read, and one assumption only if it matters."""
    rate = assume.return_apparel if times < 2 else assume.return_home
    return {"orders": [times * rate * value("A01")]}, {"orders": (times * rate * value("A01"), "orders")}


def test_an_outcome_is_named_after_its_function_and_rests_on_what_it_read():
    table = lost(ASSUME)
    assert isinstance(table, Outcome)
    assert table.attrs["name"] == "lost"
    assert (table.attrs["rests_on"], table.attrs["facts"]) == (("return_apparel",), ("A01",))
    assert lost(ASSUME, times=3).attrs["rests_on"] == ("return_home",)
    assert not table.attrs["simulated"]
    assert "merchants" not in table.attrs


def test_an_outcome_that_asks_another_rests_on_what_that_one_read_too():
    @outcome
    def twice(assume):
        assert assume.order_value > 0
        inner = lost(assume)
        return inner, inner.finding

    assert twice(ASSUME).attrs["rests_on"] == ("order_value", "return_apparel")
    assert twice(ASSUME).attrs["name"] == "twice"


def test_a_number_is_written_for_people_and_an_unknown_one_refused():
    assert august.factors(ASSUME).number("orders") == "500m orders"
    with pytest.raises(Refusal, match="no number 'gain'; there are: orders"):
        august.factors(ASSUME).number("gain")


def test_an_outcome_shows_itself_as_the_course_draws_and_tables_it():
    table = august.divisions(ASSUME)
    assert table.chart().frame() == kit.draw("divisions", table).frame()
    assert repr(table.table({"share": "share"})) == repr(kit.table(table, {"share": "share"}))


def test_rows_cut_from_an_outcome_are_a_plain_table_that_can_still_be_drawn():
    rows = august.divisions(ASSUME).head(2)
    assert type(rows) is pd.DataFrame
    assert kit.draw("divisions", rows).frame()["headline"]
