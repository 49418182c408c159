"""A second kind of stream, a bag of marbles, lives by the law of the runner: in every trouble each
request is done at most once, and the state is what the log tells.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from queue_server.domain.events import NoticePosted
from queue_server.domain.fold import BrokenInvariant
from queue_server.domain.refusals import Code, Refusal, refuse
from queue_server.live.kinds import AlreadyThere, Noted, StreamRules
from queue_server.live.memory import Chapter, continued
from queue_server.live.outcome import Accepted, KeyReused, Unavailable, Why
from queue_server.live.runner import Ears, Runner
from queue_server.settings import Settings
from queue_server.store.log import Batch, NewEvent, RequestMark, Stream
from queue_server.store.memory import Fault, MemoryLog
from tests.clocks import FakeClock, turns
from tests.live.house import MONDAY, at, key

STREAM = Stream("bag", MONDAY)
LOST_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Put:
    colour: str


@dataclass(frozen=True)
class Take:
    colour: str


@dataclass(frozen=True)
class Added:
    colour: str
    at: datetime


@dataclass(frozen=True)
class Removed:
    colour: str


Asked = Put | Take
Happened = Added | Removed


@dataclass
class Bag:
    """Marbles, each of a colour of its own, and since when."""

    seq: int = 0
    marbles: dict[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Accepted):
    marbles: tuple[str, ...]
    found: str | None


def settle(bag: Bag, at: datetime) -> Sequence[Happened]:
    """The bag has a hole."""
    return [Removed(colour) for colour, put in bag.marbles.items() if at - put > LOST_AFTER]


def decide(bag: Bag, command: Asked, at: datetime) -> Sequence[Happened] | AlreadyThere | Refusal:
    inside = command.colour in bag.marbles
    if isinstance(command, Put):
        return AlreadyThere(command.colour) if inside else [Added(command.colour, at)]
    if not inside:
        return refuse(Code.UNKNOWN_TICKET, number=command.colour)
    return [Removed(command.colour)]


def fold(bag: Bag, event: Happened) -> None:
    if event.__class__ is Added and event.colour in bag.marbles:
        raise BrokenInvariant("two of a colour")
    bag.seq += 1
    if isinstance(event, Added):
        bag.marbles[event.colour] = event.at
    else:
        del bag.marbles[event.colour]


def held(bag: Bag, events: Sequence[Happened], found: str | None) -> Held:
    return Held(seq=bag.seq, marbles=tuple(bag.marbles), found=found)


MARBLES: StreamRules[Bag, Asked, Happened, Held] = StreamRules(
    scratch=lambda bag: Bag(bag.seq, bag.marbles.copy()),
    settle=settle,
    decide=decide,
    fold=fold,
    unsettles=lambda _: False,
    folding_many=lambda _: nullcontext(),
    outcome=held,
)


@dataclass
class BagLedger:
    """The store keeps days: what happens to marbles is written down in it as notices."""

    log: MemoryLog
    stream: Stream = STREAM
    unreadable: int = 0
    """How many readings fail."""

    async def append(self, expected_seq: int, events: Sequence[Noted[Happened]]) -> None:
        new = tuple(NewEvent(self._notice(one.event), one.mark) for one in events)
        await self.log.append(Batch(self.stream, expected_seq, new))

    async def read(self, after: int = 0) -> Sequence[Noted[Happened]]:
        if self.unreadable:
            self.unreadable -= 1
            raise OSError("the cable")
        records = await self.log.read(self.stream, after)
        notices = [(one.event, one.mark) for one in records if isinstance(one.event, NoticePosted)]
        return [Noted(self._happened(notice), mark) for notice, mark in notices]

    def _notice(self, event: Happened) -> NoticePosted:
        moment = event.at if isinstance(event, Added) else datetime.min.replace(tzinfo=UTC)
        return NoticePosted(at=moment, by=type(event).__name__, note=event.colour)

    def _happened(self, notice: NoticePosted) -> Happened:
        colour = notice.note or ""
        return Added(colour, notice.at) if notice.by == "Added" else Removed(colour)


@dataclass
class Table:
    """A bag with its runner at work."""

    ledger: BagLedger
    runner: Runner[Bag, Asked, Happened, Held]
    clock: FakeClock
    woken: list[Stream]

    def plan(self, *faults: Fault) -> None:
        self.ledger.log.faults.planned.extend(faults)

    async def do(self, command: Asked, mark: RequestMark | None = None) -> Held:
        answer = await self.runner.do(command, mark)
        assert isinstance(answer, Held), answer
        return answer

    async def as_the_log_tells(self) -> Bag:
        return (await told(self.ledger)).state


async def told(ledger: BagLedger) -> Chapter[Bag, Held]:
    empty: Chapter[Bag, Held] = Chapter(Bag())
    return continued(MARBLES, empty, await ledger.read())


@asynccontextmanager
async def table(
    log: MemoryLog | None = None, wake: Exception | None = None
) -> AsyncIterator[Table]:
    ledger, clock, woken = BagLedger(log or MemoryLog()), FakeClock(at(9)), list[Stream]()

    def committed(stream: Stream) -> None:
        woken.append(stream)
        if wake is not None:
            raise wake

    ears = Ears(committed=committed)
    chapter = await told(ledger)
    runner = Runner(MARBLES, ledger, chapter, clock, Settings(), ears)
    working = asyncio.ensure_future(runner.run())
    try:
        yield Table(ledger, runner, clock, woken)
    finally:
        runner.stop()
        await working


async def test_what_waits_together_is_decided_one_after_another() -> None:
    async with table() as bag:
        asked: list[Asked] = [Put("red"), Put("blue"), Take("red"), Put("blue"), Take("red")]
        answers = await asyncio.gather(*(bag.runner.do(one) for one in asked))
        accepted = [one for one in answers if isinstance(one, Held)]
        assert [one.marbles for one in accepted[:3]] == [("red",), ("red", "blue"), ("blue",)]
        assert accepted[3].found == "blue"
        assert isinstance(answers[4], Refusal)
        assert bag.runner.state == await bag.as_the_log_tells()
        assert bag.runner.state.seq == 3


async def test_the_same_request_is_done_once_also_after_a_restart() -> None:
    async with table() as bag:
        first = await bag.do(Put("red"), key("k1"))
        await bag.do(Take("red"))
        again = await bag.do(Put("red"), key("k1"))
        assert (first.marbles, first.repeated) == (("red",), False)
        assert (again.marbles, again.repeated) == (("red",), True)
        with pytest.raises(KeyReused):
            await bag.do(Put("blue"), key("k1", "another body"))
        log = bag.ledger.log
    async with table(log) as later:
        assert (await later.do(Put("red"), key("k1"))).repeated
        assert later.runner.state.marbles == {}


@pytest.mark.parametrize("mark", [None, key("k1")])
@pytest.mark.parametrize("fault", [Fault.BEFORE_WRITE, Fault.AFTER_WRITE, Fault.CONFLICT])
async def test_one_trouble_of_the_store_is_got_over_by_itself(
    fault: Fault, mark: RequestMark | None
) -> None:
    async with table() as bag:
        bag.plan(fault)
        done = await bag.do(Put("red"), mark)
        assert (done.seq, done.marbles, done.repeated) == (1, ("red",), False)
        assert (await bag.do(Put("blue"))).seq == 2
        assert bag.runner.state == await bag.as_the_log_tells()


async def test_what_was_not_written_can_be_asked_again() -> None:
    async with table() as bag:
        bag.plan(Fault.BEFORE_WRITE, Fault.BEFORE_WRITE)
        with pytest.raises(Unavailable) as refused:
            await bag.do(Put("red"), key("k1"))
        assert refused.value.why is Why.STORE
        assert bag.runner.state.seq == 0
        assert not (await bag.do(Put("red"), key("k1"))).repeated


async def test_an_unknown_outcome_is_learned_from_the_log() -> None:
    async with table() as bag:
        bag.plan(Fault.AFTER_WRITE)
        bag.ledger.unreadable = 2
        for _ in range(2):
            with pytest.raises(Unavailable):
                await bag.do(Put("red"), key("k1"))
        done = await bag.do(Put("red"), key("k1"))
        assert (done.seq, done.repeated) == (1, True)
        assert bag.runner.state == await bag.as_the_log_tells()


async def test_what_carries_no_mark_is_never_done_twice() -> None:
    async with table() as bag:
        await bag.do(Put("red"))
        bag.plan(Fault.AFTER_WRITE)
        bag.ledger.unreadable = 1
        with pytest.raises(Unavailable):
            await bag.do(Take("red"))
        assert isinstance(await bag.runner.do(Take("red")), Refusal)
        assert bag.runner.state.marbles == {}


async def test_another_writer_is_followed() -> None:
    async with table() as one, table(one.ledger.log) as two:
        await two.do(Put("red"))
        assert (await one.do(Put("blue"))).marbles == ("red", "blue")
        assert (await two.do(Put("green"))).marbles == ("red", "blue", "green")
        assert two.runner.state == await two.as_the_log_tells()


async def test_what_time_brought_stands_behind_a_refusal() -> None:
    async with table() as bag:
        await bag.do(Put("red"))
        await bag.clock.advance(LOST_AFTER.total_seconds() + 1)
        assert isinstance(await bag.runner.do(Take("red")), Refusal)
        assert (await bag.as_the_log_tells()).marbles == {}


async def test_a_broken_invariant_stops_the_stream_before_anything_is_durable() -> None:
    async with table() as bag:
        await bag.do(Put("red"))
        # A writer that knows nothing of the rules.
        await bag.ledger.append(1, [Noted(Added("red", at(9)))])
        for _ in range(2):
            with pytest.raises(Unavailable) as refused:
                await bag.do(Put("blue"))
            assert refused.value.why is Why.PAUSED
        assert bag.runner.state.seq == 1


class TestFollowersAreWoken:
    async def test_once_it_is_durable_and_only_then(self) -> None:
        async with table() as bag:
            bag.ledger.log.faults.write_delay_s = 0.01
            putting = asyncio.ensure_future(bag.do(Put("red")))
            await turns()
            assert bag.woken == []
            await putting
            assert bag.woken == [STREAM]

    async def test_not_where_nothing_happened(self) -> None:
        async with table() as bag:
            assert isinstance(await bag.runner.do(Take("red")), Refusal)
            assert bag.woken == []

    async def test_also_by_what_was_found_in_the_log_later(self) -> None:
        async with table() as bag:
            bag.plan(Fault.AFTER_WRITE)
            bag.ledger.unreadable = 1
            with pytest.raises(Unavailable):
                await bag.do(Put("red"))
            assert bag.woken == []
            assert isinstance(await bag.runner.do(Take("green")), Refusal)
            assert bag.woken == [STREAM]

    async def test_and_a_fault_of_theirs_fails_no_command(self) -> None:
        async with table(wake=ZeroDivisionError()) as bag:
            assert (await bag.do(Put("red"))).seq == 1
            assert (await bag.do(Put("blue"))).seq == 2
            assert bag.woken == [STREAM, STREAM]
