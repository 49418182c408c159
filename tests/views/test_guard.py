"""What the guard is shown: how the day stands, and the first few of those who need a hand."""

from __future__ import annotations

from queue_server import views, wire
from queue_server.views import Scene
from tests.domain.day import Day


def guard(day: Day) -> wire.GuardView:
    return views.guard(Scene(day.day, day.now))


def test_a_quiet_day_needs_nobody() -> None:
    shown = guard(Day())
    lists = (shown.wishes, shown.unproven, shown.absent, shown.parked, shown.missed)
    assert {few.count for few in lists} == {0}
    assert (shown.waiting, shown.longest, shown.finished) == (0, None, 0)


def test_of_a_crowd_the_first_six_are_shown_and_all_are_counted() -> None:
    day = Day()
    for _ in range(9):
        day.issue("A", by="phone", wishes_priority=True)
    shown = guard(day)
    assert (shown.unproven.count, shown.wishes.count) == (9, 9)
    assert [one.number for one in shown.unproven.first] == [f"A-00{n}" for n in range(1, 7)]
    assert shown.waiting == 0


def test_each_service_and_the_branch_say_since_when_somebody_waits() -> None:
    day = Day()
    day.issue("B"), day.after(minutes=5).issue("A"), day.issue("B")
    shown = guard(day)
    since = {one.letter: one.longest_since for one in shown.services}
    assert since == {"A": day.now, "B": day["B-001"].issued_at}
    assert shown.longest is not None
    assert shown.longest.number == "B-001"
    assert [one.waiting for one in shown.services] == [1, 2]


def test_each_counter_says_who_is_there() -> None:
    day = Day()
    day.issue("A"), day.call_next("2"), day.pause("1")
    one, two = guard(day).counters
    assert (one.state, one.reason, one.numbers) == ("paused", "prayer", ())
    assert (two.state, two.numbers) == ("open", ("A-001",))


def test_those_who_were_served_are_counted_and_no_more() -> None:
    day = Day()
    day.issue("A"), day.serve_next()
    assert guard(day).finished == 1
