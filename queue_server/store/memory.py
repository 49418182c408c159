"""The log in memory: the same contract, and faults on demand. For tests and simulated days.

Goes through the same codec and chain as the database, so that what it gives back has been bytes.
Must not know why a test wants a fault.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from queue_server.store import chain, codec
from queue_server.store.log import (
    SERVICE_DAY,
    Batch,
    ChainRow,
    Conflict,
    Lag,
    Record,
    StoreUnavailable,
    Stream,
)


class Fault(Enum):
    """What goes wrong with one append or one saved plan."""

    NONE = auto()
    """Nothing: to let some pass before the next fault."""
    BEFORE_WRITE = auto()
    """`StoreUnavailable`, nothing is there."""
    AFTER_WRITE = auto()
    """`StoreUnavailable`, and yet it is there."""
    CONFLICT = auto()
    """`Conflict`, though nobody was first: decide again and it fits."""


@dataclass(slots=True)
class Faults:
    """What is to go wrong. `planned` is used up one by one; the rest holds until changed."""

    planned: deque[Fault]
    write_delay_s: float = 0.0
    down: bool = False
    """Neither writes nor reads."""


class MemoryLog:
    """`store.log.Log` without a disk. `faults` may be changed at any time."""

    def __init__(
        self, *faults: Fault, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self.faults = Faults(deque(faults))
        self._sleep = sleep
        self._streams: dict[Stream, list[ChainRow]] = {}
        self._requests: set[tuple[Stream, str]] = set()
        self._plans: dict[str, bytes] = {}
        self._cursors = MemoryCursors(self)
        self._derived = MemoryDerived(self)
        self._writing: set[asyncio.Task[None]] = set()
        self._closed = False

    async def append(self, batch: Batch) -> None:
        if not batch.events:
            return
        events = codec.events_of(batch.stream.kind)
        new = [(events.encode(one.event), one.mark) for one in batch.events]

        def write() -> None:
            rows = self._streams.get(batch.stream, [])
            if len(rows) != batch.expected_seq:
                raise Conflict(f"{batch.stream} is at {len(rows)}, not at {batch.expected_seq}")
            marks = [(batch.stream, mark.request) for _, mark in new if mark is not None]
            if len(set(marks)) < len(marks) or not self._requests.isdisjoint(marks):
                raise Conflict(f"{batch.stream}: the request is taken")
            head = rows[-1].hash if rows else ""
            self._requests.update(marks)
            self._streams[batch.stream] = rows + chain.rows_after(
                len(rows), head, batch.stream, new
            )

        await self._do(write)

    async def read(self, stream: Stream, after: int = 0) -> Sequence[Record]:
        return self._after(stream, after)

    async def page(self, stream: Stream, after: int, count_max: int) -> Sequence[Record]:
        return self._after(stream, after, count_max)

    def _after(self, stream: Stream, after: int, count_max: int | None = None) -> Sequence[Record]:
        self._hold_up()
        rows = self._streams.get(stream, [])
        head = rows[after - 1].hash if 0 < after <= len(rows) else ""
        page = rows[after : None if count_max is None else after + count_max]
        return chain.records(stream, page, after, head)

    async def rows(self, stream: Stream) -> Sequence[ChainRow]:
        self._hold_up()
        return list(chain.believed(stream, self._streams.get(stream, [])))

    async def head(self, stream: Stream) -> str:
        self._hold_up()
        rows = self._streams.get(stream)
        return rows[-1].hash if rows else ""

    async def streams(
        self, branch: str | None = None, kind: str | None = SERVICE_DAY
    ) -> Sequence[Stream]:
        self._hold_up()
        return sorted(
            one
            for one in self._streams
            if branch in (None, one.branch) and kind in (None, one.kind)
        )

    @property
    def cursors(self) -> MemoryCursors:
        """How far the log's followers have come."""
        return self._cursors

    @property
    def derived(self) -> MemoryDerived:
        """What is kept of streams."""
        return self._derived

    async def plans(self) -> dict[str, bytes]:
        self._hold_up()
        return dict(self._plans)

    async def save_plan(self, branch: str, plan: bytes) -> None:
        await self._do(lambda: self._plans.update({branch: plan}))

    async def close(self) -> None:
        while self._writing:
            await asyncio.wait(self._writing)
        self._closed = True

    def _heads(self) -> dict[Stream, int]:
        self._hold_up()
        return {stream: len(rows) for stream, rows in self._streams.items()}

    def _hold_up(self) -> None:
        if self._closed or self.faults.down:
            raise StoreUnavailable("the log in memory is closed" if self._closed else "it is down")

    async def _do(self, write: Callable[[], None]) -> None:
        """Like the database: begun is begun, whatever becomes of the caller."""
        self._hold_up()
        task = asyncio.create_task(self._faulty(write), name="append in memory")
        self._writing.add(task)
        task.add_done_callback(self._written)
        await asyncio.shield(task)

    def _written(self, task: asyncio.Task[None]) -> None:
        self._writing.discard(task)
        if not task.cancelled():
            task.exception()  # A cancelled caller hears of no failure.

    async def _faulty(self, write: Callable[[], None]) -> None:
        if self.faults.write_delay_s > 0:
            await self._sleep(self.faults.write_delay_s)
        if self.faults.down:
            raise StoreUnavailable("it is down")
        fault = self.faults.planned.popleft() if self.faults.planned else Fault.NONE
        if fault is Fault.BEFORE_WRITE:
            raise StoreUnavailable("failed before writing")
        if fault is Fault.CONFLICT:
            raise Conflict("somebody was first, it is said")
        write()
        if fault is Fault.AFTER_WRITE:
            raise StoreUnavailable("failed after writing")


class MemoryCursors:
    """`store.log.Cursors` of a log in memory; out of order whenever that is."""

    def __init__(self, log: MemoryLog) -> None:
        self._log = log
        self._followers: set[str] = set()
        self._kept: dict[tuple[str, Stream], int] = {}

    async def begin(self, follower: str, *, from_now: bool) -> None:
        heads = self._log._heads()
        if from_now and follower not in self._followers:
            self._kept |= {(follower, stream): head for stream, head in heads.items()}
        self._followers.add(follower)

    async def behind(self, follower: str, kinds: Collection[str]) -> Sequence[Lag]:
        lags = [
            Lag(stream, self._kept.get((follower, stream), 0), head)
            for stream, head in self._log._heads().items()
            if stream.kind in kinds
        ]
        return [lag for lag in lags if lag.cursor != lag.head]

    async def cursor(self, follower: str, stream: Stream) -> int:
        self._log._hold_up()
        return self._kept.get((follower, stream), 0)

    async def move(self, moved: Mapping[tuple[str, Stream], int]) -> None:
        await self._log._do(lambda: self._kept.update(moved))


class MemoryDerived:
    """`store.log.Derived` of a log in memory."""

    def __init__(self, log: MemoryLog) -> None:
        self._log = log
        self._kept: dict[tuple[Stream, str], tuple[str, bytes]] = {}

    async def kept(self, stream: Stream, name: str, head: str) -> bytes | None:
        self._log._hold_up()
        as_of, value = self._kept.get((stream, name), ("", b""))
        return value if as_of == head else None

    async def keep(self, stream: Stream, name: str, head: str, value: bytes) -> None:
        await self._log._do(lambda: self._kept.update({(stream, name): (head, value)}))
