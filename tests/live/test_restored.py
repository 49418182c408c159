"""A day brought back from a backup gives no number and calls nobody until its numbers go on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from queue_server.domain import commands as c
from queue_server.domain.model import Channel, DayState
from queue_server.live.restored import Restored
from queue_server.store.log import Stream
from tests.clocks import FakeClock
from tests.live.house import ALWAYS, MONDAY, House, WatchedLog, at, key, live, open_house, plan

TUESDAY = date(2026, 11, 24)
BONTANG = Stream("bontang", MONDAY)
ISSUE = c.IssueTicket(service="A", channel=Channel.KIOSK)
GO_ON = c.ContinueNumbers(last={"A": 14})


async def a_backup() -> WatchedLog:
    """An open Monday: two waiting, one called, one parked."""
    async with live(plans=[plan(hours=ALWAYS)]) as house:
        await house.open_counters("1", "2")
        for _ in range(4):
            await house.issue(mark=key("first") if not house.day.tickets else None)
        await house.done(c.CallNext(counter="1"))
        await house.done(c.Park(number="A-001"))
        await house.done(c.CallNext(counter="1"))
    return house.store


@asynccontextmanager
async def restored_house(*days: Stream) -> AsyncIterator[tuple[House, list[Stream]]]:
    """The house on Monday at eleven, and which days it has let go."""
    let_go: list[Stream] = []
    waiting = Restored(days or (BONTANG,), let_go.append)
    async with live(await a_backup(), FakeClock(at(11)), restored=waiting) as house:
        yield house, let_go


async def test_nothing_is_given_or_called() -> None:
    async with restored_house() as (house, _):
        assert house.days.alarm("bontang") == "day_restored"
        for command in (
            ISSUE,
            c.CallNext(counter="2"),
            c.CallTicket(counter="2", number="A-003"),
            c.Recall(number="A-002"),
            c.Unpark(number="A-001", counter="2"),
        ):
            assert await house.refused(command) == "day_restored"


async def test_whoever_is_at_a_counter_is_served_on() -> None:
    async with restored_house() as (house, _):
        await house.done(c.Finish(number="A-002"))
        await house.done(c.Cancel(number="A-001"))


async def test_the_next_number_follows_the_paper() -> None:
    async with restored_house() as (house, let_go):
        await house.done(GO_ON)
        assert let_go == [BONTANG]
        assert house.days.alarm("bontang") is None
        assert await house.issue() == "A-015"
        assert (await house.done(c.CallNext(counter="2"))).number == "A-003"


async def test_numbers_go_on_once_and_a_repeat_is_told_the_same() -> None:
    async with restored_house() as (house, _):
        first = await house.done(GO_ON, key("go-on"))
        again = await house.done(GO_ON, key("go-on"))
        assert (again.seq, again.repeated) == (first.seq, True)
        assert await house.refused(GO_ON) == "wrong_state"
        assert await house.issue() == "A-015"


async def test_a_request_from_before_the_backup_is_told_its_answer() -> None:
    async with restored_house() as (house, _):
        repeated = await house.done(ISSUE, key("first"))
        assert (repeated.number, repeated.repeated) == ("A-001", True)


async def test_a_refused_answer_releases_nothing() -> None:
    async with restored_house() as (house, let_go):
        assert await house.refused(c.ContinueNumbers(last={"Z": 3})) == "unknown_service"
        assert await house.refused(ISSUE) == "day_restored"
        assert let_go == []


async def test_closing_and_reopening_does_not_go_round_it() -> None:
    async with restored_house() as (house, _):
        await house.done(c.Finish(number="A-002"))
        await house.done(c.CloseDay())
        assert house.days.alarm("bontang") is None
        assert await house.refused(GO_ON) == "wrong_state"
        await house.done(c.OpenDay())
        assert await house.refused(ISSUE) == "day_restored"


async def test_a_day_opened_after_the_backup_waits_too() -> None:
    tuesday = Stream("bontang", TUESDAY)
    async with restored_house(BONTANG, tuesday) as (house, let_go):
        await house.done(c.Finish(number="A-002"))
        await house.clock.until(at(8, on=TUESDAY))
        assert (house.day.date, house.is_open()) == (TUESDAY, True)
        assert let_go == [BONTANG]
        assert await house.refused(ISSUE) == "day_restored"
        await house.done(GO_ON)
        assert await house.issue() == "A-015"


async def test_the_next_day_begins_with_the_first_number() -> None:
    async with restored_house() as (house, _):
        await house.done(c.Finish(number="A-002"))
        await house.clock.until(at(8, on=TUESDAY))
        assert await house.issue() == "A-001"


def test_another_branchs_new_day_lets_nobody_go_on() -> None:
    waiting = Restored([BONTANG])
    waiting.over_before(Stream("samarinda", TUESDAY))
    assert waiting.holds(BONTANG)
    waiting.over_before(Stream("bontang", TUESDAY))
    assert not waiting.holds(BONTANG)


async def test_a_list_that_cannot_be_written_keeps_nobody_waiting() -> None:
    def full(_: Stream) -> None:
        raise OSError("no room")

    waiting = Restored([BONTANG], full)
    async with live(await a_backup(), FakeClock(at(11)), restored=waiting) as house:
        await house.done(GO_ON)
        assert await house.issue() == "A-015"


async def test_on_any_other_day_numbers_are_not_skipped() -> None:
    async with open_house() as house:
        assert await house.refused(GO_ON) == "wrong_state"
        assert house.day.state is DayState.OPEN
        assert await house.issue() == "A-001"
