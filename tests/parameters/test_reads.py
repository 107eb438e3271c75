"""What a computation reads is recorded, also where its result comes from a cache; a lever's start counts when read."""

from typing import ClassVar

from kit.outcomes.alliance_orders import Deal
from kit.parameters.levers import Levers, ReadRecorder, bare, lever
from kit.parameters.reads import note, recording, remember, unrecorded
from kit.parameters.sourced import assumptions, fact, value


def test_every_recording_hears_of_what_is_read_inside_it():
    with recording() as outer:
        value("A01")
        with recording() as inner:
            fact("active_merchants")
        value("order_value")
    assert list(inner.names) == ["A05"]
    assert list(outer.names) == ["A01", "A05", "order_value"]


def test_nothing_is_recorded_outside_or_where_it_is_switched_off():
    with recording() as reads, unrecorded(), recording() as hidden:
        value("A01")
    value("A04")
    assert (list(reads.names), list(hidden.names)) == ([], ["A01"])


def test_a_result_from_a_cache_has_read_what_it_had_read():
    @remember(maxsize=2)
    def orders_each(times: int) -> float:
        note(merchants=300, simulated=True)
        return times * value("A01") / value("A05")

    for _ in range(2):
        with recording() as reads:
            assert orders_each(1) == 500
        assert list(reads.names) == ["A01", "A05"]
        assert (reads.merchants, reads.simulated) == (300, True)


def test_an_assumption_is_noted_by_its_name_each_time_that_a_recorder_first_reads_it():
    for _ in range(2):
        with recording() as reads:
            levers = ReadRecorder(assumptions())
            assert levers.standard_fee == levers.standard_fee
        assert list(reads.names) == ["standard_fee"]


def test_a_lever_is_noted_by_the_numbers_that_it_starts_from_when_it_is_read_and_not_when_it_is_made():
    with recording() as reads:
        deal = ReadRecorder(Deal())
        assert not reads.names
        assert deal.commission == 0.2
        assert list(reads.names) == ["alliance.commission"]
        deal.rates()
    assert list(reads.names) == ["alliance.commission", "alliance.leader_fee", "standard_fee", "alliance.platform_cut"]


def test_a_copy_with_levers_moved_goes_on_noting():
    with recording() as reads:
        assert ReadRecorder(Deal()).but({"deal.price": 50}).base == 5_000
    assert list(reads.names) == ["deal.price"]


def test_methods_and_properties_of_levers_read_through_the_recorder():
    class Square(Levers):
        group: ClassVar[str] = "square"
        side: float = lever(0.0, 9.0, "yuan", default=2.0, start=("A01",))

        @property
        def area(self) -> float:
            return self.side**2

    with recording() as reads:
        assert ReadRecorder(ReadRecorder(Square())).area == 4
    assert list(reads.names) == ["A01"]
    assert bare(ReadRecorder(Square())) == Square() == bare(Square())
