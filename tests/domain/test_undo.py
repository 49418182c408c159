"""Taking the last click back: in time, by whoever did it, while there is a seat."""

import pytest

from tests.domain.day import Day


def called() -> Day:
    day = Day()
    day.issue()
    day.issue()
    day.after(minutes=3).call_next()
    return day


def test_an_undone_call_is_as_if_it_had_not_been() -> None:
    day = Day()
    day.issue()
    before = day["A-001"]
    day.after(minutes=3).call_next()
    day.undo("A-001")
    assert day["A-001"] == before
    assert [call.withdrawn for call in day.day.announcements] == [True]


@pytest.mark.parametrize(("waited", "answer"), [(30, None), (30.001, "too_late")])
def test_thirty_seconds_is_in_time(waited: float, answer: str | None) -> None:
    day = called()
    said = day.after(seconds=waited).undo("A-001")
    assert said == answer if answer else said.verb == "call"


@pytest.mark.parametrize("verb", ["skip", "finish", "park"])
def test_skip_finish_and_park_bring_back_the_seat(verb: str) -> None:
    day = called()
    before = day["A-001"]
    getattr(day, verb)("A-001")
    day.undo("A-001")
    assert day["A-001"].state == before.state
    assert day["A-001"].periods == before.periods
    assert day.day.counters["1"].open_tickets == ("A-001",)


def test_a_finish_from_serving_brings_back_serving() -> None:
    day = called()
    day.start("A-001")
    day.finish("A-001")
    day.undo("A-001")
    assert day.state("A-001") == "serving"


def test_a_transfer_brings_back_service_tie_and_place() -> None:
    day = called()
    day.transfer("A-001", counter="2", place="end")
    day.undo("A-001")
    assert day.state("A-001") == "called"
    assert day["A-001"].tied is None
    assert day["A-001"].rank == (1, 0)


def test_no_seat_no_undo() -> None:
    day = called()
    day.finish("A-001")
    day.call_next()
    assert day.undo("A-001") == "no_seat"


def test_a_closed_counter_has_no_seat_a_paused_one_has() -> None:
    day = called()
    day.finish("A-001")
    day.pause("1")
    day.undo("A-001")
    assert day.state("A-001") == "called"
    day.finish("A-001")
    day.close("1")
    assert day.undo("A-001") == "no_seat"


@pytest.mark.parametrize("later", ["recall", "coming", "start", "prioritise"])
def test_any_later_event_of_the_ticket_bars_it(later: str) -> None:
    day = called()
    day.after(seconds=20)
    getattr(day, later)("A-001")
    assert day.undo("A-001") == "nothing"


def test_an_undo_is_not_undone() -> None:
    day = called()
    day.undo("A-001")
    assert day.undo("A-001") == "nothing"


def test_another_counter_may_not() -> None:
    assert called().undo("A-001", "2") == "other_counter"


def test_a_transfer_from_the_line_is_undone_by_whoever_did_it() -> None:
    day = Day()
    day.issue()
    day.transfer("A-001", service="B", by="guard")
    assert day.undo("A-001", None, by="somebody") == "other_counter"
    day.undo("A-001", None, by="guard")
    assert day["A-001"].service == "A"


def test_a_counter_closed_meanwhile_leaves_the_ticket_untied() -> None:
    day = Day()
    day.issue()
    day.transfer("A-001", counter="2", by="guard")
    day.transfer("A-001", service="B", by="guard")
    day.close("2")
    day.undo("A-001", None, by="guard")
    assert day["A-001"].tied is None


def test_return_unpark_and_start_cannot_be_undone() -> None:
    day = called()
    day.start("A-001")
    assert day.undo("A-001") == "nothing"
    day.return_("A-001")
    assert day.undo("A-001") == "nothing"
