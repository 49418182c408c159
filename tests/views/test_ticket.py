"""Where a phone sends its holder: to the counter that has them now, whatever came before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server import views, wire
from queue_server.domain.plan import CounterKind
from queue_server.views import Scene
from tests.domain.day import Day, a_plan

A = "A-001"


def a_day() -> Day:
    """Desks 1 and 2 and a booth serve everything; A-001 is the first in the line."""
    plan = a_plan(services="AB", booth_seats=2, recall_gap_s=0)
    booth = replace(plan.counters["9"], kind=CounterKind.BOOTH)
    day = Day(replace(plan, counters={**plan.counters, "9": booth}))
    day.issue("A")
    return day


def phone(day: Day, number: str = A) -> wire.TicketView:
    return views.ticket(Scene(day.day, day.now), number)


def where(day: Day, number: str = A) -> str | None:
    return phone(day, number).counter


HISTORIES: dict[str, tuple[Callable[[Day], object], str | None]] = {
    "called": (lambda day: day.call_next("1"), "1"),
    "called by name": (lambda day: day.call(A, "2"), "2"),
    "recalled": (lambda day: (day.call_next("2"), day.recall(A)), "2"),
    "being served": (lambda day: (day.call_next("2"), day.start(A)), "2"),
    "returned": (lambda day: (day.call_next("1"), day.return_(A)), None),
    "returned, called elsewhere": (
        lambda day: (day.call_next("1"), day.return_(A), day.call(A, "2")),
        "2",
    ),
    "returned, called elsewhere, recalled, served": (
        lambda day: (day.call(A), day.return_(A), day.call(A, "9"), day.recall(A), day.start(A)),
        "9",
    ),
    "missed": (lambda day: day.miss_next("1"), None),
    "missed, back, called elsewhere": (
        lambda day: (day.miss_next("1"), day.rejoin(A), day.call_next("2")),
        "2",
    ),
    "parked": (lambda day: (day.call_next("1"), day.park(A)), None),
    "unparked elsewhere": (lambda day: (day.call_next("1"), day.park(A), day.unpark(A, "2")), "2"),
    "unparked elsewhere, recalled": (
        lambda day: (day.call_next("1"), day.park(A), day.unpark(A, "2"), day.recall(A)),
        "2",
    ),
    "handed on to a counter": (
        lambda day: (day.call_next("1"), day.transfer(A, counter="2")),
        None,
    ),
    "handed on to a counter, called there": (
        lambda day: (day.call_next("1"), day.transfer(A, counter="2"), day.call_next("2")),
        "2",
    ),
    "handed on to a service, called elsewhere": (
        lambda day: (day.call_next("1"), day.transfer(A, service="B"), day.call_next("9")),
        "9",
    ),
    "called by mistake": (lambda day: (day.call_next("1"), day.undo(A, "1")), None),
    "called by mistake after another call": (
        lambda day: (day.call(A), day.return_(A), day.call(A, "2"), day.undo(A, "2")),
        None,
    ),
    "finished by mistake": (lambda day: (day.serve_next("2"), day.undo(A, "2")), "2"),
    "skipped by mistake at a second counter": (
        lambda day: (day.call(A), day.return_(A), day.call(A, "2"), day.skip(A), day.undo(A, "2")),
        "2",
    ),
    "parked by mistake at a second counter": (
        lambda day: (day.call(A), day.return_(A), day.call(A, "2"), day.park(A), day.undo(A, "2")),
        "2",
    ),
    "handed on by mistake": (
        lambda day: (day.call_next("1"), day.transfer(A, counter="2"), day.undo(A, "1")),
        "1",
    ),
    "finished": (lambda day: day.serve_next("1"), None),
}


@pytest.mark.parametrize(("history", "counter"), HISTORIES.values(), ids=list(HISTORIES))
def test_it_names_the_counter_that_has_them_now(
    history: Callable[[Day], object], counter: str | None
) -> None:
    day = a_day()
    history(day)
    assert where(day) == counter
    assert phone(day).counter_kind == {None: None, "9": "booth"}.get(counter, "desk")


def test_each_call_rings_anew() -> None:
    """A phone tells a new call from one it has rung for by its count and its time."""
    day = a_day()
    heard = []
    happenings: tuple[Callable[[], object], ...] = (
        lambda: day.call_next("1"),
        lambda: day.recall(A),
        lambda: day.park(A),
        lambda: day.unpark(A, "2"),
        lambda: day.return_(A),
        lambda: day.call(A, "1"),
    )
    for do in happenings:
        day.after(minutes=1)
        do()
        if phone(day).stage == "called":
            heard.append((where(day), phone(day).calls, phone(day).called_at == day.now))
    assert heard == [("1", 1, True), ("1", 2, True), ("2", 3, True), ("1", 1, True)]


def test_a_call_taken_back_is_no_call_and_the_next_is_the_first() -> None:
    day = a_day()
    day.call_next("1"), day.recall(A), day.return_(A)
    day.call(A, "2"), day.undo(A, "2")
    assert (phone(day).stage, phone(day).called_at) == ("next", None)
    day.after(minutes=1).call(A, "1")
    assert (where(day), phone(day).calls, phone(day).called_at) == ("1", 1, day.now)


def test_what_is_undone_at_the_counter_is_the_call_as_it_was() -> None:
    day = a_day()
    day.call_next("1")
    called = phone(day)
    day.after(seconds=5).skip(A), day.undo(A, "1")
    again = phone(day)
    assert again.stage == "called"
    assert (again.called_at, again.calls) == (called.called_at, called.calls)


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(
            "issue call recall start return_ park unpark transfer skip rejoin finish undo".split()
        ),
        st.sampled_from(["1", "2", "9"]),
        st.integers(1, 3),
    ),
    max_size=30,
)


def happen(day: Day, deed: str, counter: str, number: str) -> None:
    match deed:
        case "issue":
            day.issue("A")
        case "call":
            day.call(number, counter)
        case "unpark":
            day.unpark(number, counter)
        case "transfer":
            day.transfer(number, counter=counter)
        case "undo":
            day.undo(number, counter)
        case _:
            getattr(day, deed)(number)


@given(DEEDS)
def test_whatever_happens_phone_and_desk_agree(deeds: list[tuple[str, str, int]]) -> None:
    day = a_day()
    for deed, counter, which in deeds:
        number = f"A-00{which}"
        if number in day.day.tickets or deed == "issue":
            happen(day.after(seconds=1), deed, counter, number)
    scene = Scene(day.day, day.now)
    at_desks = {
        one.number: name for name in ("1", "2", "9") for one in views.desk(scene, name).open_tickets
    }
    told = {number: where(day, number) for number in day.day.tickets}
    assert told == {number: at_desks.get(number) for number in day.day.tickets}
