"""What was committed reaches every follower: in order, at least once, and at nobody's expense."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import structlog

from queue_server.live.committed import Follower
from queue_server.live.following import Following
from queue_server.settings import Settings
from queue_server.store.log import SERVICE_DAY, Record, Stream
from queue_server.store.memory import MemoryLog
from tests.store import errands
from tests.store.errands import ERRANDS, begun
from tests.store.examples import BONTANG, DAY, batch, issued

TUESDAY = Stream("bontang", DAY + timedelta(days=1))
QUICK = Settings(follow_retry_s=0.001, follow_retry_max_s=0.002, cursors_every_s=0.001)


@dataclass
class Listener:
    """Remembers what it took; may fail, or wait, first."""

    name: str = "listener"
    kinds: Sequence[str] = (SERVICE_DAY,)
    from_now: bool = False
    took: list[tuple[Stream, int]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    fails: Callable[[Stream], bool] = lambda _: False
    gate: asyncio.Event | None = None
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    in_a_hurry: bool = True

    def hurries(self, _: Stream) -> bool:
        return self.in_a_hurry

    async def handle(self, stream: Stream, records: Sequence[Record]) -> None:
        self.reached.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.fails(stream):
            raise OSError("the road is closed")
        self.pages.append(len(records))
        self.took += [(stream, record.seq) for record in records]

    def seqs(self, stream: Stream = BONTANG) -> list[int]:
        return [seq for one, seq in self.took if one == stream]


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110
        await asyncio.sleep(0.001)


@asynccontextmanager
async def following(
    log: MemoryLog, *followers: Follower, settings: Settings = QUICK
) -> AsyncIterator[Following]:
    made = Following(log, log.cursors, followers, settings)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


async def append(log: MemoryLog, following: Following, count: int, stream: Stream) -> None:
    """As a runner does it: one behind the other, waking whoever follows."""
    begin = len(await log.read(stream))
    for seq in range(begin, begin + count):
        await log.append(batch(seq, issued(seq + 1), stream=stream))
        following.wake(stream)


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


async def test_everything_comes_once_and_in_order(log: MemoryLog) -> None:
    listener = Listener()
    async with following(log, listener) as made:
        both = (append(log, made, 30, stream) for stream in (BONTANG, TUESDAY))
        await asyncio.gather(*both)
        await until(lambda: len(listener.took) >= 60)
        assert made.standings()["listener"].waiting == 0
        assert made.standings()["listener"].handed == 60
    assert listener.seqs(BONTANG) == listener.seqs(TUESDAY) == list(range(1, 31))


async def test_in_pages_of_a_bounded_size(log: MemoryLog) -> None:
    await log.append(batch(0, *(issued(n) for n in range(1, 12))))
    listener = Listener()
    settings = QUICK.model_copy(update={"follow_page_records_max": 5})
    async with following(log, listener, settings=settings):
        await until(lambda: len(listener.took) == 11)
    assert listener.pages == [5, 5, 1]


async def test_a_restart_goes_on_where_it_was(log: MemoryLog) -> None:
    listener = Listener()
    async with following(log, listener) as made:
        await append(log, made, 3, BONTANG)
        await until(lambda: len(listener.took) == 3)
    async with following(log, listener) as made:
        await append(log, made, 2, BONTANG)
        await until(lambda: len(listener.took) >= 5)
    assert listener.seqs() == [1, 2, 3, 4, 5]


async def test_what_was_not_written_down_comes_again(log: MemoryLog) -> None:
    """Killed between taking and writing the cursor: here, its owner never gets to stop it."""
    first = Listener()
    slow = QUICK.model_copy(update={"cursors_every_s": 3600})
    killed = Following(log, log.cursors, [first], slow)
    await killed.start()
    await append(log, killed, 3, BONTANG)
    await until(lambda: len(first.took) == 3)
    await killed._crew.cancel()
    again = Listener()
    async with following(log, again):
        await until(lambda: len(again.took) == 3)
    assert again.seqs() == [1, 2, 3]


async def test_stopped_in_the_middle_it_comes_again(log: MemoryLog) -> None:
    waits = Listener(gate=asyncio.Event())
    await log.append(batch(0))
    async with following(log, waits):
        await waits.reached.wait()
    again = Listener()
    async with following(log, again):
        await until(lambda: again.seqs() == [1])


async def test_one_that_hangs_delays_neither_appends_nor_others(log: MemoryLog) -> None:
    hangs, other = Listener("hangs", gate=asyncio.Event()), Listener("other")
    async with following(log, hangs, other) as made:
        await append(log, made, 1, BONTANG)
        await hangs.reached.wait()
        await append(log, made, 50, BONTANG)
        await until(lambda: len(other.took) == 51)
        standing = made.standings()["hangs"]
        assert (hangs.took, standing.handed, standing.waiting) == ([], 0, 1)
        assert standing.behind_s > 0
        assert hangs.gate is not None
        hangs.gate.set()
        await until(lambda: len(hangs.took) == 51)
    assert hangs.seqs() == other.seqs() == list(range(1, 52))


async def test_one_that_fails_gets_it_again_and_holds_up_that_stream_alone(log: MemoryLog) -> None:
    closed = True
    listener = Listener(fails=lambda stream: closed and stream == BONTANG)
    with structlog.testing.capture_logs() as said:
        async with following(log, listener) as made:
            await append(log, made, 2, BONTANG)
            await append(log, made, 2, TUESDAY)
            await until(lambda: listener.seqs(TUESDAY) == [1, 2])
            await until(lambda: made.standings()["listener"].failures > 2)
            assert listener.seqs(BONTANG) == []
            closed = False
            await until(lambda: listener.seqs(BONTANG) == [1, 2])
            assert made.standings()["listener"].waiting == 0
    pauses = [one["again_in_s"] for one in said if one["event"] == "handing_on_failed"]
    assert pauses[:3] == [0.001, 0.002, 0.002]


async def test_one_that_is_gone_keeps_its_place(log: MemoryLog) -> None:
    listener = Listener()
    async with following(log, listener) as made:
        await append(log, made, 1, BONTANG)
        await until(lambda: listener.seqs() == [1])
    async with following(log, Listener("other")) as made:
        await append(log, made, 2, BONTANG)
    async with following(log, listener):
        await until(lambda: listener.seqs() == [1, 2, 3])


@pytest.mark.parametrize(("from_now", "expected"), [(False, [1, 2, 3]), (True, [3])])
async def test_a_new_one_begins_where_it_says(
    log: MemoryLog, from_now: bool, expected: list[int]
) -> None:
    await log.append(batch(0, issued(1), issued(2)))
    listener = Listener(from_now=from_now)
    async with following(log, listener):
        pass
    async with following(log, listener) as made:
        await until(lambda: bool(from_now or listener.took))
        await append(log, made, 1, BONTANG)
        await until(lambda: listener.seqs() == expected)


async def test_kinds_it_did_not_ask_for_pass_it_by(log: MemoryLog) -> None:
    with errands.known():
        await log.append(batch(0, begun(), stream=ERRANDS))
    await log.append(batch(0))
    listener = Listener()
    async with following(log, listener) as made:
        made.wake(ERRANDS)
        await until(lambda: bool(listener.took))
    assert listener.took == [(BONTANG, 1)]


async def test_what_nobody_told_is_found_all_the_same(log: MemoryLog) -> None:
    """Another node's commit, say."""
    listener = Listener()
    settings = QUICK.model_copy(update={"follow_look_s": 0.001})
    async with following(log, listener, settings=settings):
        await log.append(batch(0))
        await until(lambda: listener.seqs() == [1])


async def test_a_log_that_went_back_is_said_and_its_new_end_handed_on(log: MemoryLog) -> None:
    await log.append(batch(0, issued(1), issued(2)))
    listener = Listener()
    await log.cursors.begin("listener", from_now=False)
    await log.cursors.move({("listener", BONTANG): 9})
    with structlog.testing.capture_logs() as said:
        async with following(log, listener) as made:
            await until(lambda: any(one["event"] == "log_went_back" for one in said))
            await append(log, made, 1, BONTANG)
            await until(lambda: listener.seqs() == [3])
    told = next(one for one in said if one["event"] == "log_went_back")
    assert (told["stream"], told["cursor"], told["head"]) == (str(BONTANG), 9, 2)


async def test_a_store_that_is_away_is_waited_for(log: MemoryLog) -> None:
    listener = Listener()
    await log.append(batch(0))
    log.faults.down = True
    async with following(log, listener) as made:
        await until(lambda: made.standings()["listener"].failures > 0)
        log.faults.down = False
        await until(lambda: listener.seqs() == [1])


async def test_who_is_in_no_hurry_hears_of_it_when_it_looks(log: MemoryLog) -> None:
    seldom = QUICK.model_copy(update={"follow_look_s": 0.02})
    patient, hasty = Listener("patient", in_a_hurry=False), Listener("hasty")
    async with following(log, patient, hasty, settings=seldom) as made:
        await append(log, made, 3, BONTANG)
        await until(lambda: len(hasty.seqs()) == len(patient.seqs()) == 3)
    assert patient.pages == [3]
