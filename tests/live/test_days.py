"""A branch through its days: by the clock of its own zone, by hand, after a power cut."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from queue_server.domain import commands as c
from queue_server.domain.events import DayClosed, DayOpened, SettingsChanged, TicketForgotten
from queue_server.domain.model import Channel, DayState, Learned, TicketState
from queue_server.domain.plan import Hours, Service
from queue_server.domain.refusals import Refusal
from queue_server.live.day import Done
from queue_server.live.outcome import KeyReused
from queue_server.live.topics import GuardTopic
from queue_server.manage.verification import verified
from queue_server.store.log import Stream
from queue_server.store.memory import Fault
from tests.clocks import FakeClock, turns
from tests.live.house import ALWAYS, MONDAY, House, WatchedLog, at, key, live, open_house, plan

TUESDAY = MONDAY + timedelta(days=1)
FRIDAY = date(2026, 11, 20)
ISSUE = c.IssueTicket(service="A", channel=Channel.KIOSK)


async def test_a_branch_never_opened_is_closed_today() -> None:
    async with live(plans=[plan()]) as house:
        assert (house.day.state, house.day.date, house.day.seq) == (DayState.CLOSED, MONDAY, 0)
        assert await house.refused(ISSUE) == "intake_closed"
        assert await house.refused(c.OpenCounter(counter="1")) == "wrong_state"
        with pytest.raises(KeyError):
            house.days.day("nowhere")
        with pytest.raises(KeyError):
            await house.days.do("nowhere", ISSUE)


class TestOpeningByItself:
    async def test_at_the_hour_of_the_plan_to_the_second(self) -> None:
        clock = FakeClock(at(7, 30))
        async with live(clock=clock, plans=[plan(hours=ALWAYS)]) as house:
            await clock.until(at(7, 59, 59))
            assert not house.is_open()
            await clock.until(at(8))
            assert house.is_open()
            assert house.day.opened_at == at(8)
            assert await house.issue() == "A-001"

    @pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
    async def test_in_the_branchs_own_zone(self, zone: str) -> None:
        """UTC midnight is 07:00, 08:00, 09:00 there: it ends nothing and begins nothing."""
        hours = {"mon": Hours(time(6, 30), time(15))}
        here = ZoneInfo(zone)
        opens = datetime.combine(MONDAY, time(6, 30), here)
        clock = FakeClock(opens - timedelta(hours=1))
        async with live(clock=clock, plans=[plan(zone=zone, hours=hours)]) as house:
            await clock.until(opens)
            assert house.day.date == MONDAY
            for n in range(1, 41):  # Through UTC midnight, every ten minutes.
                assert await house.issue() == f"A-{n:03d}"
                await clock.advance(600)
            assert len(house.day.tickets) == 40
            assert [str(one) for one in await house.store.streams()] == ["bontang/2026-11-23"]

    async def test_not_on_a_holiday_nor_on_a_day_without_hours(self) -> None:
        clock = FakeClock(at(7, on=FRIDAY))
        closed = replace(plan(hours=ALWAYS), holidays=(FRIDAY,))
        async with live(clock=clock, plans=[closed]) as house:
            await clock.until(at(23, on=FRIDAY + timedelta(days=2)))
            assert not house.is_open()
            await clock.until(at(8))
            assert house.day.date == MONDAY
            assert house.is_open()

    async def test_at_start_when_the_hour_has_passed(self) -> None:
        clock = FakeClock(at(10))
        async with live(clock=clock, plans=[plan(hours=ALWAYS)]) as house:
            assert house.is_open()

    async def test_not_at_start_when_the_hours_are_over(self) -> None:
        clock = FakeClock(at(22))
        async with live(clock=clock, plans=[plan(hours=ALWAYS)]) as house:
            assert not house.is_open()

    async def test_not_again_after_it_was_closed_by_hand(self) -> None:
        async with live(plans=[plan(hours=ALWAYS)]) as house:
            await house.done(c.CloseDay())
            await house.clock.advance(3600)
            assert not house.is_open()

    async def test_the_day_before_ends_then_not_at_midnight(self) -> None:
        async with live(plans=[plan(hours=ALWAYS)]) as house:
            number = await house.issue()
            await house.clock.until(at(7, 59, on=TUESDAY))
            assert (house.day.date, house.day.state) == (MONDAY, DayState.OPEN)
            await house.clock.until(at(8, on=TUESDAY))
            assert (house.day.date, house.day.state) == (TUESDAY, DayState.OPEN)
            assert house.day.tickets == {}
            monday = house.days.day_of("bontang", MONDAY)
            assert monday is not None
            assert monday.tickets[number].state is TicketState.UNSERVED
            assert house.days.day_of("bontang", FRIDAY) is None

    async def test_it_carries_the_chain_and_what_was_learned(self) -> None:
        async with live(plans=[plan(hours=ALWAYS)]) as house:
            await house.open_counters("1")
            await house.issue()
            await house.done(c.CallNext(counter="1"))
            await house.clock.advance(12 * 60)
            await house.done(c.Finish(number="A-001"))
            await house.clock.until(at(8, on=TUESDAY))
            head = await house.store.head(Stream("bontang", MONDAY))
            assert house.day.previous_head == head != ""
            assert house.day.learned == {"A": Learned(1, 12.0)}

    async def test_around_the_clock_it_turns_at_its_own_midnight(self) -> None:
        async with live(plans=[plan()], around_the_clock=["bontang"]) as house:
            assert (house.day.date, house.day.state) == (MONDAY, DayState.OPEN)
            await house.clock.until(at(23, 59, 59))
            assert house.day.date == MONDAY
            await house.clock.until(at(0, on=TUESDAY))
            assert (house.day.date, house.day.state) == (TUESDAY, DayState.OPEN)


class TestSomebodyStillOpenYesterday:
    async def test_the_next_day_opens_at_its_hour_all_the_same(self) -> None:
        async with live(plans=[plan(hours=ALWAYS)]) as house:
            await house.open_counters("1")
            await house.issue()
            await house.done(c.CallNext(counter="1"))
            await house.done(c.StartServing(number="A-001"))
            await house.clock.until(at(8, on=TUESDAY))
            assert (house.day.date, house.days.alarm("bontang")) == (TUESDAY, None)
            assert await house.issue() == "A-001"
            guard = house.hub.view(GuardTopic("bontang"))
            assert (guard.forgotten, guard.forgotten_before) == (0, 1)
            events = [one.event for one in await house.store.read(Stream("bontang", MONDAY))]
            assert [type(one) for one in events[-2:]] == [TicketForgotten, DayClosed]

    async def test_a_hand_opens_it_too(self) -> None:
        async with open_house() as house:
            await house.open_counters("1")
            await house.issue()
            await house.done(c.CallNext(counter="1"))
            house.clock.jump(at(7, on=TUESDAY))
            opened = await house.done(c.OpenDay(by="s1"), key("open"))
            assert isinstance(opened.events[-1], DayOpened)
            assert house.day.date == TUESDAY

    async def test_nothing_of_it_is_learned(self) -> None:
        async with live(plans=[plan(hours=ALWAYS)]) as house:
            await house.open_counters("1")
            await house.issue()
            await house.done(c.CallNext(counter="1"))
            await house.clock.until(at(8, on=TUESDAY))
            assert house.day.learned == {}


class TestOutOfStep:
    async def test_a_day_by_hand_that_nobody_closed_is_said_until_today_is_opened(self) -> None:
        async with open_house() as house:
            await house.clock.until(at(0, on=TUESDAY))
            assert house.hub.view(GuardTopic("bontang")).alarm == "old_day"
            await house.done(c.OpenDay(by="s1"))
            assert house.hub.view(GuardTopic("bontang")).alarm is None
            assert await house.issue() == "A-001"

    async def test_a_day_with_hours_is_said_only_while_it_gives_numbers(self) -> None:
        async with live(plans=[plan(hours=ALWAYS)]) as house:
            await house.clock.until(at(1, on=TUESDAY))
            assert house.days.alarm("bontang") is None
            await house.done(c.OpenIntake())
            await house.clock.advance(10)
            assert house.days.alarm("bontang") == "old_day"

    async def a_day_too_far(self, house: House) -> None:
        """The clock is wrong for a while, and right again."""
        for _ in range(2):
            await house.issue()
        house.clock.jump(at(9, on=TUESDAY))
        await house.clock.advance(60)
        assert house.day.date == TUESDAY
        house.clock.jump(at(9, 5))
        await house.clock.advance(60)

    async def test_of_a_clock_that_ran_ahead_today_comes_back_with_whoever_waited(self) -> None:
        async with live(plans=[plan(hours=ALWAYS)]) as house:
            await self.a_day_too_far(house)
            assert house.hub.view(GuardTopic("bontang")).alarm == "day_ahead"
            await house.done(c.OpenDay(by="s1"))
            assert (house.day.date, house.days.alarm("bontang")) == (MONDAY, None)
            assert house.day.tickets["A-001"].state is TicketState.WAITING
            assert await house.issue() == "A-003"
            assert house.hub.view(GuardTopic("bontang")).intake
            await house.open_counters("1")
            await house.done(c.CallNext(counter="1"))
            await house.done(c.Recall(number="A-001"))

    async def test_a_restart_does_not_bring_tomorrow_back(self) -> None:
        store = WatchedLog()
        async with live(store, plans=[plan(hours=ALWAYS)]) as house:
            await self.a_day_too_far(house)
            await house.done(c.OpenDay(by="s1"))
            number = await house.issue()
        async with live(store, FakeClock(at(9, 10))) as house:
            assert (house.day.date, house.is_open()) == (MONDAY, True)
            assert house.day.tickets[number].state is TicketState.WAITING

    async def test_before_that_a_restart_leaves_tomorrow_in_charge_and_says_so(self) -> None:
        store = WatchedLog()
        async with live(store, plans=[plan(hours=ALWAYS)]) as house:
            await self.a_day_too_far(house)
        async with live(store, FakeClock(at(9, 10))) as house:
            assert (house.day.date, house.days.alarm("bontang")) == (TUESDAY, "day_ahead")

    async def test_a_clock_that_was_behind_at_the_start_breaks_no_chain(self) -> None:
        store = WatchedLog()
        async with live(store, plans=[plan(hours=ALWAYS)]) as house:
            await house.clock.until(at(9, on=TUESDAY))
            await house.done(c.CloseDay())
        async with live(store, FakeClock(at(9))) as house:
            assert house.day.date == MONDAY
            wednesday = TUESDAY + timedelta(days=1)
            house.clock.jump(at(9, on=wednesday))
            await house.clock.advance(60)
            assert house.day.date == wednesday
            assert house.day.previous_head == await store.head(Stream("bontang", TUESDAY))
            assert [one.damage async for one in verified(store)] == [None, None, None]

    async def test_tomorrow_goes_on_when_it_comes_and_the_log_holds_together(self) -> None:
        store = WatchedLog()
        async with live(store, plans=[plan(hours=ALWAYS)]) as house:
            await self.a_day_too_far(house)
            await house.done(c.OpenDay(by="s1"))
            await house.issue()
            await house.clock.until(at(8, on=TUESDAY))
            assert (house.day.date, house.is_open()) == (TUESDAY, True)
            assert await house.issue() == "A-001"
            await house.clock.until(at(8, on=TUESDAY + timedelta(days=1)))
            assert house.day.previous_head == await store.head(Stream("bontang", TUESDAY))
            assert [one.damage async for one in verified(store)] == [None, None, None]


class TestByHand:
    async def test_a_new_date_ends_the_old_day(self) -> None:
        async with open_house() as house:
            await house.issue()
            house.clock.jump(at(7, on=TUESDAY))
            opened = await house.done(c.OpenDay(by="s1"), key("open"))
            assert isinstance(opened.events[0], DayOpened)
            assert house.day.date == TUESDAY
            assert await house.issue() == "A-001"
            last = (await house.store.read(Stream("bontang", MONDAY)))[-1].event
            assert isinstance(last, DayClosed)
            assert last.unserved == ("A-001",)

    async def test_the_same_date_goes_on_where_it_stopped(self) -> None:
        async with open_house() as house:
            await house.issue()
            await house.done(c.CloseDay())
            await house.done(c.OpenDay())
            assert house.day.tickets["A-001"].state is TicketState.WAITING
            assert await house.issue() == "A-002"

    async def test_an_open_day_of_today_is_refused(self) -> None:
        async with open_house() as house:
            assert await house.refused(c.OpenDay()) == "wrong_state"

    async def test_the_same_request_opens_once_even_a_day_later(self) -> None:
        async with live(plans=[plan()]) as house:
            first = await house.done(c.OpenDay(), key("open"))
            again = await house.done(c.OpenDay(), key("open"))
            assert (first.repeated, again.repeated) == (False, True)
            house.clock.jump(at(9, on=TUESDAY))
            assert (await house.done(c.OpenDay(), key("open"))).repeated
            assert house.day.date == MONDAY

    async def test_two_at_once_open_one_day(self) -> None:
        async with open_house() as house:
            house.clock.jump(at(9, on=TUESDAY))
            answers = await asyncio.gather(*(house.do(c.OpenDay()) for _ in range(4)))
            assert sorted(type(one).__name__ for one in answers) == ["Done"] + ["Refusal"] * 3

    async def test_commands_wait_for_the_new_day_instead_of_meeting_the_closed_one(self) -> None:
        async with open_house() as house:
            house.store.faults.write_delay_s = 0.01
            house.clock.jump(at(9, on=TUESDAY))
            opening = asyncio.ensure_future(house.do(c.OpenDay()))
            await asyncio.sleep(0.005)
            issued = await house.done(ISSUE)
            assert isinstance(await opening, Done)
            assert (issued.date, issued.number) == (TUESDAY, "A-001")

    async def test_a_caller_who_hangs_up_leaves_no_half_opened_day(self) -> None:
        for patience in range(12):
            async with open_house() as house:
                house.clock.jump(at(9, on=TUESDAY))
                opening = asyncio.ensure_future(house.do(c.OpenDay()))
                await turns(patience)
                opening.cancel()
                await turns()
                expected = TUESDAY if patience else MONDAY
                assert (house.day.date, house.day.state) == (expected, DayState.OPEN)


class TestYesterdaysRequests:
    async def test_are_known_until_the_next_day_closes(self) -> None:
        async with live(plans=[plan(hours=ALWAYS)]) as house:
            await house.issue(mark=key("k1"))
            await house.clock.until(at(9, on=TUESDAY))
            again = await house.done(ISSUE, key("k1"))
            assert (again.repeated, again.number, again.date) == (True, "A-001", MONDAY)
            with pytest.raises(KeyReused):
                await house.do(ISSUE, key("k1", "another body"))
            assert house.day.tickets == {}
            await house.clock.until(at(9, on=TUESDAY + timedelta(days=1)))
            assert not (await house.done(ISSUE, key("k1"))).repeated

    async def test_and_after_a_restart(self) -> None:
        async with live(plans=[plan(hours=ALWAYS)]) as house:
            await house.issue(mark=key("k1"))
            await house.clock.until(at(9, on=TUESDAY))
        async with live(house.store, house.clock) as later:
            assert (await later.done(ISSUE, key("k1"))).date == MONDAY
            assert later.days.day_of("bontang", MONDAY) is not None


class TestFaultsWhileOneDayFollowsAnother:
    @pytest.mark.parametrize("passed", range(2))
    @pytest.mark.parametrize("fault", [Fault.BEFORE_WRITE, Fault.AFTER_WRITE, Fault.CONFLICT])
    async def test_the_day_turns_all_the_same(self, fault: Fault, passed: int) -> None:
        async with live(plans=[plan(hours=ALWAYS)]) as house:
            await house.issue()
            await house.clock.until(at(7, 59, 59, on=TUESDAY))
            house.store.faults.planned.extend([*[Fault.NONE] * passed, fault, fault])
            await house.clock.until(at(8, 1, on=TUESDAY))
            assert (house.day.date, house.day.state) == (TUESDAY, DayState.OPEN)
            assert house.day.previous_head
            assert await house.issue() == "A-001"

    async def test_a_store_that_is_down_at_eight_opens_when_it_is_back(self) -> None:
        async with live(plans=[plan(hours=ALWAYS)]) as house:
            await house.clock.until(at(7, 59, 59, on=TUESDAY))
            house.store.faults.down = True
            await house.clock.until(at(8, 20, on=TUESDAY))
            assert house.day.date == MONDAY
            house.store.faults.down = False
            await house.clock.advance(10)
            assert house.day.date == TUESDAY


class TestClocksThatJump:
    async def test_back_over_midnight_stays_in_the_day_that_is(self) -> None:
        async with live(clock=FakeClock(at(9)), plans=[plan(hours=ALWAYS)]) as house:
            house.clock.jump(at(9, on=FRIDAY))
            assert await house.issue() == "A-001"
            await house.clock.advance(3600)
            assert (house.day.date, house.day.last_at) == (MONDAY, at(9))

    async def test_forward_by_a_day_opens_that_day(self) -> None:
        async with live(clock=FakeClock(at(9)), plans=[plan(hours=ALWAYS)]) as house:
            await house.issue()
            house.clock.jump(at(9, on=TUESDAY))
            await house.clock.advance(31)
            assert house.day.date == TUESDAY
            assert await house.issue() == "A-001"


class TestConfiguring:
    async def test_at_noon_is_an_event_and_holds_from_then_on(self) -> None:
        async with open_house() as house:
            await house.clock.until(at(12))
            more = replace(plan(), services={**plan().services, "C": Service("C")})
            assert await house.days.configure(more, by="admin") is None
            assert await house.issue("C") == "C-001"
            event = (await house.store.read(Stream("bontang", MONDAY)))[1].event
            assert isinstance(event, SettingsChanged)
            assert (event.at, event.by) == (at(12), "admin")
        async with live(house.store, house.clock) as later:
            assert later.days.branches()["bontang"] == later.day.plan == more

    async def test_what_is_in_use_cannot_be_dropped_and_nothing_is_saved(self) -> None:
        async with open_house() as house:
            await house.issue("B")
            less = replace(plan(), services={"A": plan().services["A"]})
            answer = await house.days.configure(less)
            assert isinstance(answer, Refusal)
            assert answer.code == "still_in_use"
            assert house.days.branches()["bontang"] == plan()
        async with live(house.store, house.clock) as later:
            assert later.days.branches()["bontang"] == plan()

    async def test_a_new_branch_opens_at_once_if_it_is_time(self) -> None:
        async with live() as house:
            assert await house.days.configure(plan("ambon", hours=ALWAYS)) is None
            assert house.days.day("ambon").state is DayState.OPEN
            both = [house.days.configure(plan("palu")) for _ in range(2)]
            assert await asyncio.gather(*both) == [None, None]
            assert sorted(house.days.branches()) == ["ambon", "palu"]

    async def test_before_the_first_opening_and_after_closing_it_waits_for_the_day(self) -> None:
        later = plan(hours={"tue": Hours(time(7), time(12))})
        async with live(plans=[plan()]) as house:
            assert await house.days.configure(later) is None
            assert house.day.plan == later
            assert house.day.seq == 0
            await house.done(c.OpenDay())
            assert house.day.plan == later
            await house.done(c.CloseDay())
            house.clock.jump(at(3, on=TUESDAY))
            assert await house.days.configure(plan(counters=7)) is None
            assert len(house.day.plan.counters) == 7
            await house.done(c.OpenDay())
            assert len(house.day.plan.counters) == 7

    async def test_a_day_opened_again_has_the_newest_plan(self) -> None:
        async with open_house() as house:
            await house.done(c.CloseDay())
            await house.days.configure(plan(counters=7))
            await house.done(c.OpenDay())
            assert len(house.day.plan.counters) == 7


async def test_unproven_tickets_lapse_by_themselves() -> None:
    async with open_house(unproven_lapse_min=30) as house:
        number = await house.issue(channel=Channel.PHONE, proven=False)
        await house.clock.advance(30 * 60)
        assert house.day.tickets[number].state is TicketState.WAITING
        await house.clock.advance(60)
        assert house.day.tickets[number].state is TicketState.CANCELLED


async def test_after_a_power_cut_it_comes_back_where_it_was() -> None:
    async with live(plans=[plan(hours=ALWAYS)]) as house:
        await house.open_counters("1", "2")
        await house.issue()
        await house.done(c.CallNext(counter="1"))
        before = house.day
    async with live(house.store, FakeClock(at(11))) as later:
        assert later.day == before
        await later.done(c.Finish(number="A-001"))


async def test_a_damaged_log_pauses_its_branch_and_no_other() -> None:
    async with live(plans=[plan(hours=ALWAYS), plan("palu", hours=ALWAYS)]) as house:
        await house.issue()
    rows = house.store._streams[Stream("bontang", MONDAY)]
    rows[1] = rows[1]._replace(stored=rows[1].stored.replace(b"A-001", b"A-007"))
    clock = FakeClock(at(11))
    async with live(house.store, clock) as later:
        assert later.days.alarm("bontang") == "paused"
        assert later.day.state is DayState.CLOSED
        assert isinstance(await later.days.do("palu", ISSUE), Done)
        await clock.until(at(8, on=TUESDAY))
        assert (later.day.date, later.days.alarm("bontang")) == (TUESDAY, None)


async def test_waking_reads_every_branch() -> None:
    store = WatchedLog()
    names = [f"cabang-{n}" for n in range(20)]
    async with live(store, plans=[plan(name, hours=ALWAYS) for name in names]) as house:
        assert set(house.days.branches()) == set(names)
        assert {house.days.day(name).state for name in names} == {DayState.OPEN}
        assert house.clock.now() == at(9).astimezone(UTC)


async def test_a_fault_while_looking_after_a_branch_is_not_the_end_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with live(clock=FakeClock(at(7)), plans=[plan(hours=ALWAYS)]) as house:
        monkeypatch.setattr("queue_server.live.keeper.opening_due", lambda *_, **__: 1 / 0)
        await house.clock.advance(600)
        monkeypatch.undo()
        await house.clock.until(at(8, 1))
        assert house.is_open()
