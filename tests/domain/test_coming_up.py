"""The next few of a counter, told before they are called: by the rules that will call them."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import commands as c
from queue_server.domain.calling import choose_next, coming_up
from queue_server.domain.decide import decide
from queue_server.domain.events import TicketCalled
from queue_server.domain.fold import apply
from queue_server.domain.model import BranchDay
from tests.domain.day import Day


def told(day: Day, most: int = 12, counter: str = "1") -> list[tuple[str, str]]:
    """`(number, rule)` of each of the next."""
    choices = coming_up(day.day, counter, day.now, most)
    return [(choice.ticket.number, choice.rule.value) for choice in choices]


def called_and_finished(day: BranchDay, counter: str, at: datetime) -> list[tuple[str, str]]:
    """The same, by calling everybody for real on a copy, one after another."""
    day, found = day.scratch(), []
    while isinstance(events := decide(day, c.CallNext(counter=counter), at), tuple):
        for event in events:
            assert isinstance(event, TicketCalled)
            found.append((event.number, event.rule.value))
            apply(day, event)
        finished = decide(day, c.Finish(number=found[-1][0]), at)
        assert isinstance(finished, tuple)
        apply(day, finished[0])
    return found


def test_nobody_comes_up_where_nobody_waits() -> None:
    assert told(Day()) == []


def test_no_more_come_up_than_are_asked_for() -> None:
    day = Day()
    for _ in range(5):
        day.issue()
    assert told(day, most=2) == [("A-001", "rank"), ("A-002", "rank")]


def test_the_run_of_priority_calls_is_played_on() -> None:
    day = Day()
    for weight in (0, 0, 1, 1, 1, 1):
        day.issue(weight=weight)
    day.serve_next()
    assert told(day) == [
        ("A-004", "priority"),
        ("A-001", "interleaved"),
        ("A-005", "priority"),
        ("A-006", "priority"),
        ("A-002", "rank"),
    ]


def test_the_overdue_guard_takes_every_second_turn() -> None:
    day = Day()
    day.issue()
    day.issue()
    day.after(minutes=61)
    day.issue(weight=1)
    day.issue(weight=1)
    assert told(day) == [
        ("A-001", "overdue"),
        ("A-003", "priority"),
        ("A-002", "overdue"),
        ("A-004", "rank"),
    ]


def test_tied_tickets_come_first_then_group_by_group() -> None:
    day = Day(counters={"1": "B,A", "2": "AB"})
    for service in "AABB":
        day.issue(service)
    day.transfer("A-002", counter="1")
    day.transfer("B-001", counter="2")
    assert told(day) == [("A-002", "tied"), ("B-002", "preference"), ("A-001", "rank")]


def test_whoever_cools_comes_last() -> None:
    day = Day(return_cooldown_s=60)
    day.issue()
    day.issue()
    day.call_next()
    day.return_("A-001")
    assert told(day) == [("A-002", "rank"), ("A-001", "rank")]


@given(st.data())
def test_they_are_called_in_this_order_and_for_these_reasons(data: st.DataObject) -> None:
    day = a_day_with_a_line(data)
    for counter in ("1", "2", "9"):
        came = called_and_finished(day.day, counter, day.now)
        assert told(day, most=100, counter=counter) == came
        assert told(day, most=3, counter=counter) == came[:3]
        first = next(iter(coming_up(day.day, counter, day.now, 1)), None)
        assert choose_next(day.day, counter, day.now) == first


def a_day_with_a_line(data: st.DataObject) -> Day:
    """All sorts of people in it, and some calls behind it."""
    day = Day(
        counters={"1": "A,BC", "2": "CB,A"},
        services="ABC",
        booth_seats=3,
        order_policy=data.draw(st.sampled_from(["fifo", "strict", "interleave", "ageing"])),
        priority_run_max=data.draw(st.integers(0, 3)),
        return_cooldown_s=data.draw(st.sampled_from([0, 300])),
        wait_max_min=data.draw(st.sampled_from([5, 60])),
    )
    people = st.tuples(
        st.sampled_from("ABC"), st.integers(0, 2), st.sampled_from([0, 0.4, 1, 60, 400]), DOINGS
    )
    for service, weight, seconds, doing in data.draw(st.lists(people, max_size=16)):
        number = day.after(seconds=seconds).issue(service, weight=weight)
        _do(day, doing, number)
    return day


DOINGS = st.sampled_from(
    ["nothing", "nothing", "tie", "put first", "defer", "serve", "return", "undo", "miss"]
)


def _do(day: Day, doing: str, number: str) -> None:
    match doing:
        case "tie":
            day.transfer(number, counter="1")
        case "put first":
            day.transfer(number, service="B", place="next")
        case "defer":
            day.defer(next(iter(day.day.tickets)))
        case "serve":
            day.serve_next("2")
        case "return" | "undo" | "miss" if isinstance(called := day.call_next("9"), tuple):
            if doing == "return":
                day.return_(called[0])
            elif doing == "undo":
                day.undo(called[0], "9")
            else:
                day.skip(called[0])
                day.rejoin(called[0])
