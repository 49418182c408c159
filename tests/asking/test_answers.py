"""What askers are told, at first and when they ask again."""

from __future__ import annotations

from queue_server.asking import answers
from queue_server.domain import commands as c
from queue_server.domain.model import Channel
from queue_server.wire import CallAnswer, CounterAnswer, DayAnswer, TicketAnswer, Wait
from tests.live.house import key, open_house

MINE = c.IssueTicket(service="A", channel=Channel.PHONE, browser="b1")


async def test_a_number_comes_with_position_and_wait() -> None:
    async with open_house() as house:
        await house.open_counters("1")
        await house.issue()
        done = await house.done(MINE)
        answer = answers.issued(done, house.hub, "secret", "http://x/t/secret")
        assert (answer.number, answer.service, answer.position) == ("A-002", "A", 2)
        assert answer.wait == Wait(low_min=5, high_min=35, rough=True)
        assert (answer.presence, answer.seq, answer.secret) == (True, 4, "secret")


async def test_an_unproven_number_has_no_position() -> None:
    async with open_house() as house:
        done = await house.done(c.IssueTicket(service="A", channel=Channel.PHONE, proven=False))
        answer = answers.issued(done, house.hub, None, None)
        assert (answer.presence, answer.position, answer.wait) == (False, None, None)


async def test_asked_again_the_place_is_that_of_now_and_the_rest_that_of_then() -> None:
    async with open_house() as house:
        await house.open_counters("1")
        await house.issue()
        first = answers.issued(await house.done(MINE, key("k")), house.hub, "s", None)
        await house.done(c.CallNext(counter="1"))
        again = answers.issued(await house.done(MINE, key("k")), house.hub, "s", None)
        assert (first.position, again.position) == (2, 1)
        assert (first.number, first.seq) == (again.number, again.seq)


async def test_calls_tickets_counters_and_the_day() -> None:
    async with open_house() as house:
        opened = await house.done(c.OpenCounter(counter="1"))
        assert answers.about_counter(opened) == CounterAnswer("1", "open", (), 2)
        await house.issue()
        await house.issue()
        called = await house.done(c.CallNext(counter="1"), key("k"))
        expected = CallAnswer(number="A-001", counter="1", rule="rank", overtook=(), seq=5)
        assert answers.called(called) == expected
        parked = await house.done(c.Park(number="A-001"))
        assert answers.about_ticket(parked) == TicketAnswer("A-001", "parked", None, 6)
        await house.done(c.CallNext(counter="1"))
        closed = await house.done(c.CloseCounter(counter="1", return_open=True))
        assert answers.about_counter(closed) == CounterAnswer("1", "closed", ("A-002",), 8)
        shut = await house.done(c.CloseIntake())
        assert answers.about_day(shut) == DayAnswer("open", False, (), 9)
        noticed = await house.done(c.PostNotice(note="n1"))
        assert answers.about_day(noticed) == DayAnswer("open", False, (), 10)
        ended = await house.done(c.CloseDay())
        unserved = answers.about_day(ended)
        assert unserved == DayAnswer("closed", False, ("A-001", "A-002"), 11)
        assert answers.called(await house.done(c.CallNext(counter="1"), key("k"))) == expected


async def test_opening_the_day_tells_that_numbers_are_given() -> None:
    async with open_house() as house:
        await house.done(c.CloseDay())
        done = await house.done(c.OpenDay())
        assert answers.about_day(done) == DayAnswer("open", True, (), 3)
