"""Who is shown what, when: whole views, newest only, and nobody waits for a slow reader."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import msgspec
import pytest

from queue_server import wire
from queue_server.domain import commands as c
from queue_server.domain.model import Channel
from queue_server.live.mailbox import Closing, Express, Mailbox
from queue_server.live.topics import (
    BoardTopic,
    BranchTopic,
    DeskTopic,
    GuardTopic,
    KioskTopic,
    TicketTopic,
    Topic,
)
from queue_server.settings import Settings
from tests.clocks import turns
from tests.live.house import MONDAY, House, live, next_message, open_house, plan

BOARD = BoardTopic("bontang")
TICKET = TicketTopic("bontang", MONDAY, "A-001")
BEATING = Settings(heartbeat_s=25)


async def empty(mailbox: Mailbox) -> bool:
    """Nothing to send, when everybody had their turn?"""
    await turns()
    return not mailbox.pending


async def test_attaching_gives_the_newest_view_whatever_one_had() -> None:
    async with open_house() as house:
        await house.issue()
        topics: list[Topic[wire.View]] = [BOARD, TICKET, DeskTopic("bontang", "1")]
        topics += [GuardTopic("bontang"), KioskTopic("bontang"), BranchTopic("bontang")]
        for topic in topics:
            mailbox = house.hub.attach(topic)
            message = await next_message(mailbox)
            shown = house.hub.view(topic)
            assert message == {"seq": 2, "view": msgspec.json.decode(wire.encode(shown))}


@pytest.mark.parametrize(
    "topic",
    [
        BoardTopic("nowhere"),
        DeskTopic("bontang", "99"),
        TicketTopic("bontang", MONDAY, "A-007"),
        TicketTopic("bontang", MONDAY - timedelta(days=1), "A-001"),
        TicketTopic("nowhere", MONDAY, "A-001"),
    ],
)
async def test_there_is_no_such_thing(topic: Topic[wire.View]) -> None:
    async with open_house() as house:
        await house.issue()
        with pytest.raises(KeyError):
            house.hub.view(topic)
        with pytest.raises(KeyError):
            house.hub.attach(topic)


async def test_a_change_is_sent_to_those_whom_it_changes_and_to_nobody_else() -> None:
    async with open_house() as house:
        await house.open_counters("1")
        await house.issue("A")
        board, holder = house.hub.attach(BOARD), house.hub.attach(TICKET)
        await next_message(board)
        await next_message(holder)
        await house.issue("B")
        assert (await next_message(board))["view"]["waiting"] == {"A": 1, "B": 1}
        # Somebody of another service behind me: my view is the same but for its seq.
        assert await empty(holder)
        await house.done(c.CallNext(counter="1"))
        assert (await next_message(holder))["view"]["stage"] == "called"


async def test_only_the_newest_view_waits() -> None:
    async with open_house() as house:
        board = house.hub.attach(BOARD)
        for _ in range(50):
            await house.issue()
            await turns()
        assert (await next_message(board))["view"]["waiting"]["A"] == 50
        assert await empty(board)


async def test_a_reader_that_stops_costs_nothing_and_harms_nobody() -> None:
    async with open_house() as house:
        stuck = [house.hub.attach(BOARD) for _ in range(50)]
        reader = house.hub.attach(BOARD)
        await next_message(reader)
        for n in range(1, 21):
            await house.issue()
            assert (await next_message(reader))["view"]["waiting"]["A"] == n
        assert house.hub.oldest_unsent_s() > 0
        for mailbox in stuck:
            house.hub.detach(mailbox)
        assert house.hub.oldest_unsent_s() == 0
        assert house.hub.listeners()["board"] == 1


async def test_ten_calls_within_a_second_are_ten_announcements_in_order() -> None:
    async with live(plans=[plan(counters=10)]) as house:
        await house.done(c.OpenDay())
        names = [str(n) for n in range(1, 11)]
        await house.open_counters(*names)
        for _ in names:
            await house.issue()
        board = house.hub.attach(BOARD)
        await next_message(board)
        await asyncio.gather(*(house.done(c.CallNext(counter=name)) for name in names))
        await turns()
        view = (await next_message(board))["view"]
        calls = list(reversed(view["calls"]))
        assert [call["number"] for call in calls] == [f"A-{n:03d}" for n in range(1, 11)]
        assert [call["counter"] for call in calls] == names
        assert len({call["seq"] for call in calls}) == 10
        assert [call["seq"] for call in calls] == sorted(call["seq"] for call in calls)
        assert await empty(board)


async def test_time_alone_is_shown_by_the_tick() -> None:
    """An overdue ticket looks different at the desk though nothing happened."""
    async with open_house(wait_max_min=10) as house:
        await house.open_counters("1")
        await house.issue()
        desk = house.hub.attach(DeskTopic("bontang", "1"))
        await next_message(desk)
        await house.clock.advance(600)
        assert await empty(desk)
        await house.clock.advance(60)
        assert (await next_message(desk))["view"]["line"]["first"][0]["overdue"] is True


async def test_the_clock_alone_is_no_reason_to_send() -> None:
    async with open_house() as house:
        await house.issue()
        holder = house.hub.attach(TICKET)
        await next_message(holder)
        await house.clock.advance(300)
        assert await empty(holder)
        later = await next_message(house.hub.attach(TICKET))
        assert later["view"]["as_of"] == "2026-11-23T01:05:00Z"


async def test_a_heartbeat_says_how_far_the_view_is_right() -> None:
    async with live(plans=[plan()], settings=BEATING) as house:
        await house.done(c.OpenDay())
        await house.issue("A")
        holder = house.hub.attach(TICKET)
        assert (await next_message(holder))["seq"] == 2
        await house.issue("B")
        await house.clock.advance(25)
        beat = await next_message(holder)
        assert beat.keys() == {"seq", "at"}
        assert beat["seq"] == house.day.seq == 3
        assert await empty(holder)
        await house.clock.advance(26)
        assert (await next_message(holder))["seq"] == 3


async def test_heartbeats_do_not_leave_all_at_one_moment() -> None:
    async with live(plans=[plan()], settings=BEATING) as house:
        boxes = [house.hub.attach(BOARD) for _ in range(100)]
        for mailbox in boxes:
            await next_message(mailbox)
        await house.clock.advance(1)
        assert sum(mailbox.pending for mailbox in boxes) == 4
        await house.clock.advance(24)
        assert all(mailbox.pending for mailbox in boxes)


async def test_a_new_view_comes_before_a_heartbeat_that_is_due() -> None:
    async with live(plans=[plan()], settings=BEATING) as house:
        await house.done(c.OpenDay())
        board = house.hub.attach(BOARD)
        await next_message(board)
        await house.issue()
        await house.clock.advance(25)
        assert "view" in await next_message(board)
        assert "at" in await next_message(board)


async def test_waiting_for_a_message_can_be_cancelled_and_loses_none() -> None:
    async with open_house() as house:
        board = house.hub.attach(BOARD)
        await next_message(board)
        waiting = asyncio.ensure_future(next_message(board))
        await turns()
        waiting.cancel()
        await house.issue()
        assert (await next_message(board))["view"]["waiting"]["A"] == 1


async def test_a_reader_with_an_express_is_not_woken_while_that_takes_everything() -> None:
    async with open_house() as house:
        board, taken = house.hub.attach(BOARD), list[bytes]()
        board.express = everything_into(taken)
        reading = asyncio.ensure_future(collect(board))
        await turns()
        await house.issue()
        await turns()
        assert [msgspec.json.decode(one)["seq"] for one in taken] == [2]
        await house.hub.stop()
        assert len(await reading) == 1


async def test_what_an_express_does_not_take_is_left_to_the_reader() -> None:
    async with open_house() as house:
        board = house.hub.attach(BOARD)
        board.express = lambda _: False
        await next_message(board)
        waiting = asyncio.ensure_future(next_message(board))
        await turns()
        await house.issue()
        assert (await waiting)["view"]["waiting"]["A"] == 1


async def test_a_heartbeat_goes_by_no_express_before_a_view_it_did_not_take() -> None:
    async with live(plans=[plan()], settings=BEATING) as house:
        await house.done(c.OpenDay())
        board, taken = house.hub.attach(BOARD), list[bytes]()

        def short_ones(message: bytes) -> bool:
            if len(message) < 100:
                taken.append(message)
            return len(message) < 100

        board.express = short_ones
        await next_message(board)
        reading = asyncio.ensure_future(next_message(board))
        await turns()
        board.newer()
        board.beat()
        assert taken == []
        assert "view" in await reading
        assert "at" in await next_message(board)


async def test_an_express_never_overtakes_a_reader_that_is_still_sending() -> None:
    async with open_house() as house:
        board, taken = house.hub.attach(BOARD), list[bytes]()
        board.express = everything_into(taken)
        await next_message(board)
        await house.issue()
        await turns()
        assert (taken, board.pending) == ([], True)
        assert (await next_message(board))["view"]["waiting"]["A"] == 1


async def test_stopping_tells_readers_to_come_back() -> None:
    async with open_house() as house:
        board = house.hub.attach(BOARD)
        reading = asyncio.ensure_future(collect(board))
        await turns()
        await house.hub.stop()
        assert len(await reading) == 1
        assert board.closing is Closing.RESTART
        assert len(await collect(house.hub.attach(BOARD))) == 1


async def test_a_counter_that_is_taken_out_of_the_plan_ends_its_page() -> None:
    async with open_house() as house:
        desk = house.hub.attach(DeskTopic("bontang", "4"))
        reading = asyncio.ensure_future(collect(desk))
        await turns()
        await house.days.configure(plan(counters=3))
        await reading
        assert desk.closing is Closing.GONE
        house.hub.detach(desk)


async def test_yesterdays_ticket_is_shown_until_the_day_after() -> None:
    async with live(plans=[plan()], around_the_clock=["bontang"]) as house:
        await house.issue(channel=Channel.PHONE)
        holder = house.hub.attach(TICKET)
        await next_message(holder)
        await house.clock.advance(24 * 3600)
        assert house.day.date == MONDAY + timedelta(days=1)
        await turns()
        assert (await next_message(holder))["view"]["stage"] == "unserved"
        await house.clock.advance(24 * 3600)
        await collect(holder)
        assert holder.closing is Closing.GONE


async def test_a_new_day_starts_from_seq_one_and_is_shown_all_the_same() -> None:
    async with live(plans=[plan()], around_the_clock=["bontang"]) as house:
        for _ in range(5):
            await house.issue()
        board = house.hub.attach(BOARD)
        assert (await next_message(board))["seq"] == 6
        await house.clock.advance(24 * 3600)
        message = await next_message(board)
        assert (message["seq"], message["view"]["date"]) == (1, "2026-11-24")


async def test_painting_gives_the_loop_back_after_each_slice(house_with_a_full_hall: House) -> None:
    """A command asked while 300 phones are repainted is answered before they all are."""
    house = house_with_a_full_hall
    phones = [
        house.hub.attach(TicketTopic("bontang", MONDAY, number)) for number in house.day.tickets
    ]
    for phone in phones:
        await next_message(phone)
    await house.done(c.CallNext(counter="1"))
    await asyncio.sleep(0)
    await house.done(c.CallNext(counter="2"))
    repainted = sum(phone.pending for phone in phones)
    await turns(400)
    assert repainted < sum(phone.pending for phone in phones)


@pytest.fixture
async def house_with_a_full_hall() -> AsyncIterator[House]:
    async with live(plans=[plan()], settings=Settings(paint_slice_ms=0.5)) as house:
        await house.done(c.OpenDay())
        await house.open_counters("1", "2")
        for _ in range(300):
            await house.issue()
        yield house


async def test_a_heartbeat_does_not_overtake_a_view_that_is_not_delivered_yet() -> None:
    """It would call right what is old. (Thousands are delivered to in slices.)"""
    async with open_house() as house:
        board, taken = house.hub.attach(BOARD), list[bytes]()
        board.express = everything_into(taken)
        reading = asyncio.ensure_future(collect(board))
        await turns()
        board.newer()
        board.beat()
        board.deliver()
        first, second = (msgspec.json.decode(one).keys() for one in taken)
        assert (first, second) == ({"seq", "view"}, {"seq", "at"})
        await house.hub.stop()
        await reading


def everything_into(taken: list[bytes]) -> Express:
    """An express that takes whatever it is given."""

    def take(message: bytes) -> bool:
        taken.append(message)
        return True

    return take


async def collect(mailbox: Mailbox) -> list[bytes]:
    """All until the end."""
    return [message async for message in mailbox]


async def test_whoever_gives_numbers_too_fast_is_told_of_at_once_and_once() -> None:
    async with open_house() as house:
        mailbox = house.hub.attach(GuardTopic("bontang"))
        assert (await next_message(mailbox))["view"]["hurried"] == []
        house.hub.hurried("bontang", "Kiosk 1")
        assert (await next_message(mailbox))["view"]["hurried"] == ["Kiosk 1"]
        house.hub.hurried("bontang", "Kiosk 1")
        assert await empty(mailbox)
