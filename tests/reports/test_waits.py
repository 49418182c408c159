"""The figures of waits get worse as the day does: nobody who was never called is left out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from queue_server.reports.figures import ServiceCounts, report
from queue_server.reports.waits import Minutes, Waited, Waits, figures_of
from queue_server.store import codec
from tests.domain.day import Day


def counts(day: Day) -> ServiceCounts:
    """Of service A, as of the day's own now."""
    return report(day.day, map(codec.decode, day.stored), day.now).services[0]


def test_whoever_still_waits_is_in_the_figures_for_as_long_as_they_wait() -> None:
    day = Day(counters={"1": "AB"})
    day.issue("A")
    day.issue("A")
    day.after(seconds=45).call("A-002")
    assert counts(day).waits.median == Minutes(0.75, True)
    day.after(minutes=99, seconds=15)
    assert counts(day).waits == Waits(Minutes(50.375, True), Minutes(100.0, True), 1, 100.0)
    assert counts(day).here == 2


def test_whoever_gave_up_or_went_unserved_waited_at_least_so_long() -> None:
    day = Day(counters={"1": "AB"})
    for _ in range(3):
        day.issue("A")
    day.after(minutes=2).serve_next("1")
    day.after(minutes=38).cancel("A-002")
    day.after(minutes=20).close_day()
    day.after(minutes=500)
    told = counts(day)
    assert (told.served, told.cancelled, told.unserved, told.here) == (1, 1, 1, 0)
    assert told.waits == Waits(Minutes(40.0, True), Minutes(60.0, True), 2, 60.0)


def test_a_figure_that_no_open_wait_could_move_is_told_as_it_is() -> None:
    waits = [Waited(minutes, called=True) for minutes in (1, 2, 3, 4)]
    assert figures_of([*waits, Waited(9, called=False)]).median == Minutes(3, False)
    assert figures_of([*waits, Waited(9, called=False)]).p90 == Minutes(9, True)
    assert figures_of([*waits, Waited(1, called=False)]).median == Minutes(2, True)


def test_without_anybody_in_the_line_there_are_none() -> None:
    assert figures_of([]) == Waits(None, None, 0, None)


def test_numbers_nobody_came_with_are_neither_cancelled_nor_unserved_nor_waits() -> None:
    day = Day()
    for _ in range(3):
        day.issue("A", by="phone")
    day.cancel("A-001")
    day.after(minutes=121)
    day.issue("A", by="phone")
    day.close_day()
    told = counts(day)
    assert (told.issued, told.unseen, told.cancelled, told.unserved) == (4, 4, 0, 0)
    assert told.waits.median is None


def test_the_wait_begins_when_somebody_is_known_to_be_here() -> None:
    day = Day()
    day.issue("A", by="phone")
    day.after(minutes=50).confirm("A-001")
    day.after(minutes=10).call_next()
    assert counts(day).waits.median == Minutes(10.0, False)


def test_an_undone_call_is_no_call() -> None:
    day = Day()
    day.issue("A")
    day.after(minutes=5).call_next()
    day.undo("A-001")
    day.after(minutes=5)
    assert counts(day).waits == Waits(Minutes(10.0, True), Minutes(10.0, True), 1, 10.0)


@pytest.mark.parametrize("more", [0, 30, 300])
def test_a_longer_wait_never_makes_a_better_figure(more: int) -> None:
    day = Day(counters={"1": "AB"})
    for _ in range(10):
        day.issue("A")
    for _ in range(3):
        day.after(minutes=5).serve_next("1")
    before = counts(day).waits
    day.now += timedelta(minutes=more)
    after = counts(day).waits
    assert before.median is not None
    assert after.median is not None
    assert after.median.minutes == before.median.minutes + more


def test_the_row_of_a_service_adds_up() -> None:
    day = Day(counters={"1": "AB"}, rejoins_max=0)
    for n in range(8):
        day.issue("A", by="phone" if n == 7 else "kiosk")
    day.serve_next("1")
    day.miss_next("1")
    day.cancel("A-003")
    day.park(day.call_next("1")[0])
    day.call_next("1")
    told = counts(day)
    ended = told.served + told.missed + told.cancelled + told.unserved
    assert told.issued == told.unseen + told.here + ended == 8
