"""A day read back: its figures, and whether its log is what was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.reports.archive import Archive
from queue_server.reports.figures import report
from queue_server.reports.waits import Minutes, Waits
from queue_server.store import codec
from queue_server.store.log import Batch, NewEvent, Stream
from queue_server.store.memory import MemoryLog
from tests.domain.day import Day
from tests.live.house import MONDAY, at, plan

TUESDAY = MONDAY + timedelta(days=1)


async def written(log: MemoryLog, day: date, *events: e.Event) -> None:
    stream = Stream("bontang", day)
    present = len(await log.read(stream))
    await log.append(Batch(stream, present, tuple(NewEvent(event) for event in events)))


def opened(on: date, previous_head: str = "") -> e.DayOpened:
    return e.DayOpened(at=at(8, on=on), plan=plan(), date=on, previous_head=previous_head)


@pytest.fixture
async def log() -> MemoryLog:
    """A branch's Monday, closed."""
    log = MemoryLog()
    await written(log, MONDAY, opened(MONDAY), e.DayClosed(at=at(15)))
    return log


async def damage(log: MemoryLog, day: date) -> str | None:
    return (await Archive(log, log.derived).day("bontang", day)).damage


async def test_a_day_that_follows_the_one_before_is_whole(log: MemoryLog) -> None:
    await written(log, TUESDAY, opened(TUESDAY, await log.head(Stream("bontang", MONDAY))))
    assert await damage(log, MONDAY) is None
    assert await damage(log, TUESDAY) is None


async def test_a_day_that_ended_after_the_next_began_is_whole(log: MemoryLog) -> None:
    await written(log, TUESDAY, opened(TUESDAY, await log.head(Stream("bontang", MONDAY))))
    await written(log, MONDAY, e.DayReopened(at=at(16)))
    assert await damage(log, TUESDAY) is None


async def test_a_day_before_that_was_written_anew_shows(log: MemoryLog) -> None:
    await written(log, TUESDAY, opened(TUESDAY, "f" * 64))
    assert "does not follow bontang/2026-11-23" in str(await damage(log, TUESDAY))


async def test_a_day_before_that_is_missing_shows() -> None:
    log = MemoryLog()
    await written(log, TUESDAY, opened(TUESDAY, "f" * 64))
    assert "follows a day that is not here" in str(await damage(log, TUESDAY))


async def test_events_that_no_rule_could_have_led_to_show(log: MemoryLog) -> None:
    await written(log, MONDAY, e.TicketSkipped(at=at(16), number="A-001"))
    told = await Archive(log, log.derived).day("bontang", MONDAY)
    assert "does not fold" in str(told.damage)
    assert told.report is None


async def test_a_day_filed_under_another_name_shows(log: MemoryLog) -> None:
    head = await log.head(Stream("bontang", MONDAY))
    await written(log, TUESDAY, replace(opened(MONDAY), previous_head=head))
    assert "tells of bontang/2026-11-23 instead" in str(await damage(log, TUESDAY))


async def test_a_day_without_events_is_neither_whole_nor_damaged(log: MemoryLog) -> None:
    told = await Archive(log, log.derived).day("bontang", TUESDAY)
    assert (told.records, told.damage, told.report, told.head) == ((), None, None, "")


def test_figures_count_what_became_of_numbers_and_how_long_they_waited() -> None:
    day = Day(services="AB", counters={"1": "AB"})
    for letter in "AAAAAB":
        day.issue(letter)
    for hour in ("08:10:00", "08:20:00", "08:30:00"):
        day.at(hour).serve_next("1")
    day.do(c.CallTicket(counter="1", number="A-005", reason="urgent"))
    day.undo("A-005")
    day.cancel("A-005")
    day.close_day()
    told = report(day.day, map(codec.decode, day.stored))
    a, b = told.services
    assert (a.letter, a.issued, a.served, a.cancelled, a.unserved) == ("A", 5, 3, 1, 1)
    assert a.waits == Waits(Minutes(30.0, True), Minutes(30.0, True), 2, 30.0)
    assert (b.issued, b.served, b.unserved) == (1, 0, 1)
    assert b.waits == Waits(Minutes(30.0, True), Minutes(30.0, True), 1, 30.0)
    assert (told.calls, told.undone, told.out_of_order) == (4, 1, (("urgent", 1),))
