"""An officer holds one counter, and moves to another with one press."""

from typing import Any

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.fold import apply
from tests.domain.day import Day


def at_one(**options: Any) -> Day:
    day = Day(**options)
    for name in list(day.day.counters):
        day.close(name)
    day.take("1", "ani")
    return day


def test_a_second_counter_is_refused_with_the_first_one_named() -> None:
    day = at_one()
    assert day.take("2", "ani") == "counters_held"
    assert day.refused == {"counter": "2", "held": ["1"], "limit": 1}


def test_moving_closes_the_old_one() -> None:
    day = at_one()
    assert isinstance(day.take("2", "ani", move=True), e.CounterOpened)
    assert (day.day.counters["1"].state, day.day.counters["2"].holder) == ("closed", "ani")


def test_whoever_is_open_there_comes_along_and_is_called_at_the_new_one() -> None:
    day = at_one()
    for _ in range(2):
        day.issue()
    day.issue("B", weight=1)
    day.call("A-001")
    place = day["A-001"].place
    day.take("2", "ani", move=True)
    assert [type(one) for one in day.last] == [
        e.CounterClosed,
        e.TicketTransferred,
        e.CounterOpened,
    ]
    assert (day.state("A-001"), day["A-001"].tied, day["A-001"].place) == ("waiting", "2", place)
    assert day.call_next("2") == ("A-001", "tied")


def test_whoever_was_tied_to_the_old_one_is_free() -> None:
    day = at_one()
    day.issue()
    day.transfer("A-001", counter="1")
    day.take("2", "ani", move=True)
    assert day["A-001"].tied is None


def test_a_branch_may_let_officers_hold_more() -> None:
    day = at_one(counters_per_officer_max=2, counters={"1": "A", "2": "A", "3": "A"}, services="A")
    assert isinstance(day.take("2", "ani"), e.CounterOpened)
    assert day.take("3", "ani") == "counters_held"
    assert day.refused["held"] == ["1", "2"]
    day.take("3", "ani", move=True)
    held = [one.name for one in day.day.counters.values() if one.holder == "ani"]
    assert held == ["2", "3"]


def test_another_officers_counter_is_told_first() -> None:
    day = at_one()
    day.take("2", "budi")
    assert day.take("2", "ani", move=True) == "counter_held"
    assert day.day.counters["1"].holder == "ani"


def test_a_supervisor_may_hold_several() -> None:
    day = at_one()
    day.close("1")
    for name in ("1", "2"):
        day.answer(c.OpenCounter(counter=name, holder="s1", by="s1"))
    assert {one.holder for one in day.day.counters.values()} == {"s1"}


def test_a_log_in_which_somebody_held_two_is_read() -> None:
    day = at_one()
    apply(day.day, e.CounterOpened(at=day.now, by="ani", counter="2", holder="ani"))
    day.take("9", "ani")
    assert [one.holder for one in day.day.counters.values()] == ["ani", "ani"]
