"""One branch day, asked by many at once, by the same twice, by people who hang up."""

import asyncio
import itertools
from collections.abc import Sequence

import pytest

from queue_server.domain import commands as c
from queue_server.domain.decide import decide
from queue_server.domain.fold import BrokenInvariant, apply
from queue_server.domain.model import Channel, TicketState
from queue_server.domain.refusals import Refusal
from queue_server.live.day import Done
from queue_server.live.outcome import KeyReused, Unavailable, Why
from queue_server.live.topics import BoardTopic
from queue_server.settings import Settings
from queue_server.store.log import Record, RequestMark, Stream
from queue_server.store.memory import Fault
from tests.clocks import FakeClock, turns
from tests.live.house import MONDAY, House, WatchedLog, at, key, live, open_house, plan

ISSUE = c.IssueTicket(service="A", channel=Channel.KIOSK)
BONTANG = Stream("bontang", MONDAY)


async def all_done(house: House, *commands: c.Command) -> list[Done]:
    """Asked at once."""
    answers = await asyncio.gather(*(house.do(command) for command in commands))
    assert all(isinstance(answer, Done) for answer in answers)
    return [answer for answer in answers if isinstance(answer, Done)]


async def test_400_numbers_for_8_clients_at_once_have_no_duplicate_and_no_gap() -> None:
    async with open_house() as house:

        async def client() -> list[str]:
            return [await house.issue() for _ in range(50)]

        given = await asyncio.gather(*(client() for _ in range(8)))
        assert sorted(itertools.chain(*given)) == [f"A-{n:03d}" for n in range(1, 401)]


async def test_two_counters_at_once_get_different_tickets() -> None:
    async with open_house() as house:
        await house.open_counters("1", "2")
        await house.issue()
        await house.issue()
        calls = await all_done(house, c.CallNext(counter="1"), c.CallNext(counter="2"))
        assert [call.number for call in calls] == ["A-001", "A-002"]


async def test_what_waits_together_is_one_append() -> None:
    async with open_house() as house:
        appended = []
        append = house.store.append

        async def watched(batch) -> None:  # type: ignore[no-untyped-def]
            appended.append(len(batch.events))
            await append(batch)

        house.store.append = watched  # type: ignore[method-assign]
        await all_done(house, *[ISSUE] * 30)
        assert appended == [30]


async def test_nobody_hears_of_anything_before_it_is_durable() -> None:
    async with open_house() as house:
        house.store.faults.write_delay_s = 0.05
        mailbox = house.hub.attach(BoardTopic("bontang"))
        await anext(mailbox)
        issuing = asyncio.ensure_future(house.do(ISSUE))
        refused = asyncio.ensure_future(house.do(c.CallNext(counter="1")))
        await turns()
        assert not issuing.done()
        assert not refused.done()  # It was decided on what is not yet durable.
        assert house.day.tickets == {}
        assert not mailbox.pending
        await asyncio.gather(issuing, refused)
        await turns()
        assert house.store.durable(BONTANG) == house.day.seq
        assert mailbox.pending


class TestTheSameRequestTwice:
    async def test_gives_one_ticket_and_the_same_answer(self) -> None:
        async with open_house() as house:
            first = await house.done(ISSUE, key("k1"))
            again = await house.done(ISSUE, key("k1"))
            assert (first.number, first.seq) == (again.number, again.seq) == ("A-001", 2)
            assert (first.repeated, again.repeated) == (False, True)
            assert len(house.day.tickets) == 1

    async def test_within_one_batch_too(self) -> None:
        async with open_house() as house:
            answers = await asyncio.gather(*(house.done(ISSUE, key("k1")) for _ in range(3)))
            assert [answer.number for answer in answers] == ["A-001"] * 3
            assert [answer.repeated for answer in answers] == [False, True, True]

    async def test_is_one_call(self) -> None:
        async with open_house() as house:
            await house.open_counters("1", "2")
            await house.issue()
            await house.issue()
            call = c.CallNext(counter="1")
            first = await house.done(call, key("k1"))
            await house.done(c.Finish(number="A-001"))
            assert (await house.done(call, key("k1"))).number == first.number == "A-001"
            assert house.day.tickets["A-002"].state is TicketState.WAITING

    async def test_tells_what_it_told_at_first_not_what_is_now(self) -> None:
        async with open_house() as house:
            await house.open_counters("1")
            await house.issue()
            await house.done(c.CallNext(counter="1"))
            await house.done(c.StartServing(number="A-001"), key("k1"))
            await house.done(c.Finish(number="A-001"))
            again = await house.done(c.StartServing(number="A-001"), key("k1"))
            assert again.ticket is not None
            assert (again.ticket.state, again.ticket.counter) == (TicketState.SERVING, "1")

    async def test_with_another_body_is_told_so(self) -> None:
        async with open_house() as house:
            await house.issue(mark=key("k1", "A"))
            with pytest.raises(KeyReused):
                await house.do(c.IssueTicket(service="B", channel=Channel.KIOSK), key("k1", "B"))

    async def test_a_refusal_is_decided_anew(self) -> None:
        async with open_house() as house:
            await house.open_counters("1")
            assert isinstance(await house.do(c.CallNext(counter="1"), key("k1")), Refusal)
            await house.issue()
            assert (await house.done(c.CallNext(counter="1"), key("k1"))).number == "A-001"

    async def test_is_known_after_a_restart(self) -> None:
        async with open_house() as house:
            await house.open_counters("1")
            await house.issue(mark=key("k1"))
            await house.done(c.CallNext(counter="1"), key("k2"))
            await house.done(c.Finish(number="A-001"))
        async with live(house.store, house.clock) as later:
            again = await later.done(c.CallNext(counter="1"), key("k2"))
            assert again.repeated
            assert again.ticket is not None
            assert again.ticket.state is TicketState.CALLED
            with pytest.raises(KeyReused):
                await later.do(ISSUE, key("k1", "another body"))

    async def test_the_same_browser_gets_its_own_ticket_without_an_event(self) -> None:
        async with open_house() as house:
            mine = c.IssueTicket(service="A", channel=Channel.PHONE, browser="b1")
            first, again = await house.done(mine), await house.done(mine)
            assert (first.number, len(first.events)) == ("A-001", 1)
            assert (again.number, len(again.events)) == ("A-001", 0)
            assert again.ticket == house.day.tickets["A-001"]

    async def test_what_had_to_end_first_is_not_the_answer_nor_after_a_restart(self) -> None:
        store = WatchedLog()
        another = c.IssueTicket(service="B", channel=Channel.PHONE, browser="b1", proven=True)
        async with live(store, plans=[plan()]) as house:
            await house.done(c.OpenDay())
            await house.open_counters("1")
            await house.issue(channel=Channel.PHONE, browser="b1", proven=True)
            await house.done(c.CallNext(counter="1"))
            await house.clock.advance(3600)
            taken = await house.done(another, key("k1"))
            assert (taken.number, len(taken.events)) == ("B-001", 2)
            assert house.day.tickets["A-001"].state is TicketState.FORGOTTEN
        async with live(store, FakeClock(at(10, 1))) as house:
            again = await house.done(another, key("k1"))
            assert (again.number, again.repeated) == ("B-001", True)
            assert len(house.day.tickets) == 2


class TestTheStoreFails:
    async def test_what_was_not_written_is_refused_and_can_be_asked_again(self) -> None:
        async with open_house() as house:
            house.store.faults.planned.extend([Fault.BEFORE_WRITE] * 2)
            with pytest.raises(Unavailable) as refused:
                await house.do(ISSUE, key("k1"))
            assert refused.value.why is Why.STORE
            assert house.day.tickets == {}
            assert (await house.done(ISSUE, key("k1"))).number == "A-001"

    async def test_one_failure_of_one_append_is_tried_again_by_itself(self) -> None:
        async with open_house() as house:
            house.store.faults.planned.append(Fault.BEFORE_WRITE)
            assert [done.number for done in await all_done(house, ISSUE, ISSUE)] == [
                "A-001",
                "A-002",
            ]

    @pytest.mark.parametrize("mark", [None, key("k1")])
    async def test_what_was_written_in_spite_of_the_error_is_accepted(
        self, mark: RequestMark | None
    ) -> None:
        async with open_house() as house:
            house.store.faults.planned.append(Fault.AFTER_WRITE)
            done = await house.done(ISSUE, mark)
            assert (done.number, done.repeated) == ("A-001", False)
            assert await house.issue() == "A-002"
            assert house.store.durable(BONTANG) == house.day.seq

    async def test_an_unknown_outcome_is_learned_by_asking_again(self) -> None:
        async with open_house() as house:
            house.store.faults.planned.append(Fault.AFTER_WRITE)
            read = house.store.read

            async def broken(stream, after=0):  # type: ignore[no-untyped-def]
                raise OSError("the cable")

            house.store.read = broken  # type: ignore[method-assign]
            with pytest.raises(Unavailable):
                await house.do(ISSUE, key("k1"))
            with pytest.raises(Unavailable):
                await house.do(ISSUE, key("k1"))
            house.store.read = read  # type: ignore[method-assign]
            done = await house.done(ISSUE, key("k1"))
            assert (done.number, done.repeated) == ("A-001", True)
            assert len(house.day.tickets) == 1

    async def test_what_carries_no_mark_is_never_done_twice(self) -> None:
        """Written, but nobody can read it back at first: refused, not decided again."""
        async with open_house() as house:
            house.store.faults.planned.append(Fault.AFTER_WRITE)
            read, failures = house.store.read, [OSError("the cable")]

            async def broken_once(stream: Stream, after: int = 0) -> Sequence[Record]:
                if failures:
                    raise failures.pop()
                return await read(stream, after)

            house.store.read = broken_once  # type: ignore[method-assign]
            with pytest.raises(Unavailable):
                await house.do(ISSUE)
            assert await house.issue() == "A-002"

    async def test_while_it_is_down_everything_is_refused_and_then_goes_on(self) -> None:
        async with open_house() as house:
            await house.issue()
            house.store.faults.down = True
            for _ in range(3):
                with pytest.raises(Unavailable):
                    await house.do(ISSUE)
            assert house.days.alarm("bontang") == "store"
            assert house.day.seq == 2
            house.store.faults.down = False
            await house.clock.advance(60)
            assert house.days.alarm("bontang") is None
            assert await house.issue() == "A-002"

    async def test_a_conflict_is_decided_again(self) -> None:
        async with open_house() as house:
            house.store.faults.planned.extend([Fault.CONFLICT] * 2)
            assert await house.issue() == "A-001"

    async def test_conflicts_without_end_are_given_up(self) -> None:
        async with open_house() as house:
            house.store.faults.planned.extend([Fault.CONFLICT] * 50)
            with pytest.raises(Unavailable):
                await house.do(ISSUE)

    async def test_another_writer_is_followed(self) -> None:
        """Two servers on one log: whoever is second reads what the first did, and goes on."""
        async with open_house() as one, live(one.store, one.clock) as two:
            assert await two.issue() == "A-001"
            assert await one.issue() == "A-002"
            assert await two.issue() == "A-003"
            assert one.day.tickets.keys() | {"A-003"} == two.day.tickets.keys()


class TestAFaultOfOurs:
    async def test_a_broken_invariant_stops_the_day_before_anything_is_durable(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        jayapura = plan("jayapura", zone="Asia/Jayapura")
        async with live(plans=[plan(), jayapura]) as house:
            await house.done(c.OpenDay())
            await house.days.do("jayapura", c.OpenDay())

            def broken(day, event):  # type: ignore[no-untyped-def]
                if day.branch == "bontang":
                    raise BrokenInvariant("planted")
                apply(day, event)

            monkeypatch.setattr("queue_server.live.day.apply", broken)
            for _ in range(2):
                with pytest.raises(Unavailable) as refused:
                    await house.do(ISSUE)
                assert refused.value.why is Why.PAUSED
            monkeypatch.undo()
            with pytest.raises(Unavailable):
                await house.do(ISSUE)
            assert house.store.durable(BONTANG) == 1
            assert house.days.alarm("bontang") == "paused"
            assert isinstance(await house.days.do("jayapura", ISSUE), Done)

    async def test_a_command_whose_decision_fails_harms_nobody_else(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with open_house() as house:

            def faulty(day, command, at):  # type: ignore[no-untyped-def]
                if isinstance(command, c.CallNext):
                    raise ZeroDivisionError
                return decide(day, command, at)

            monkeypatch.setattr("queue_server.live.day.decide", faulty)
            issued, failed, issued_too = await asyncio.gather(
                house.do(ISSUE),
                house.do(c.CallNext(counter="1")),
                house.do(ISSUE),
                return_exceptions=True,
            )
            assert isinstance(failed, Unavailable)
            assert failed.why is Why.FAULT
            assert isinstance(issued, Done)
            assert isinstance(issued_too, Done)


async def test_a_full_inbox_says_try_again() -> None:
    settings = Settings(inbox_length_max=5)
    async with live(plans=[plan()], settings=settings) as house:
        await house.done(c.OpenDay())
        house.store.faults.write_delay_s = 0.02
        asking = [house.do(ISSUE) for _ in range(20)]
        answers = await asyncio.gather(*asking, return_exceptions=True)
        refused = [one for one in answers if isinstance(one, Unavailable)]
        assert {one.why for one in refused} == {Why.BUSY}
        assert len(refused) == 15
        assert len(house.day.tickets) == 5


async def test_cancelling_the_caller_changes_nothing() -> None:
    async with open_house() as house:
        house.store.faults.write_delay_s = 0.02
        for patience in range(8):
            asking = asyncio.ensure_future(house.do(ISSUE, key(f"k{patience}")))
            await turns(patience)
            asking.cancel()
        await asyncio.sleep(0.2)
        house.store.faults.write_delay_s = 0
        numbers = [(await house.done(ISSUE, key(f"k{n}"))).number for n in range(8)]
        assert sorted(map(str, numbers)) == [f"A-{n:03d}" for n in range(1, 9)]


async def test_stopping_answers_what_was_taken_in_and_takes_nothing_more() -> None:
    async with open_house() as house:
        house.store.faults.write_delay_s = 0.02
        asked = [asyncio.ensure_future(house.do(ISSUE)) for _ in range(10)]
        await turns(1)
        await house.days.stop()
        assert [type(one.result()) for one in asked] == [Done] * 10
        with pytest.raises(Unavailable) as refused:
            await house.do(ISSUE)
        assert refused.value.why is Why.STOPPING


async def test_a_restart_in_the_middle_is_as_if_nothing_had_been() -> None:
    async with open_house() as house:
        await house.open_counters("1", "2")
        for _ in range(3):
            await house.issue()
        await house.done(c.CallNext(counter="1"))
    async with live(house.store, house.clock) as later:
        assert later.day == house.day
        assert (await later.done(c.CallNext(counter="2"))).number == "A-002"


async def test_time_never_goes_back_in_the_log() -> None:
    async with open_house() as house:
        house.clock.jump(at(10))
        await house.issue()
        house.clock.jump(at(8))
        await house.issue()
        first, second = house.day.tickets.values()
        assert first.issued_at == second.issued_at == at(10)


async def test_nor_behind_what_was_refused() -> None:
    """A limit that was over at ten is not open again at eight."""
    async with open_house() as house:
        house.clock.jump(at(10))
        await house.refused(c.Finish(number="A-099"))
        house.clock.jump(at(8))
        await house.issue()
        (ticket,) = house.day.tickets.values()
        assert ticket.issued_at == at(10)


def test_the_watched_log_watches() -> None:
    assert WatchedLog().durable(BONTANG) == 0
