"""The log on SQL: one text for SQLite and PostgreSQL (what differs is in `store.engines`).

`UNIQUE (stream, seq)` and `UNIQUE (stream, request)` have the last word about who was first. Must
not know how a day is folded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from queue_server.store import chain, codec
from queue_server.store.beside import STREAM, named
from queue_server.store.derived import SqlDerived
from queue_server.store.engines import Database
from queue_server.store.followers import SqlCursors
from queue_server.store.log import SERVICE_DAY, Batch, ChainRow, Conflict, Record, Stream
from queue_server.store.migrations import upgrade
from queue_server.store.reached import Mark
from queue_server.store.reader import Reader
from queue_server.store.rows import made
from queue_server.store.schema import plans, records, streams
from queue_server.store.writer import Writer

TAILS_MAX: Final = 1_024
"""Streams whose last record is remembered: more than any server has awake."""


READ_ON_LOOP_MAX: Final = 200
"""More records than this (a millisecond) are checked and read in a thread: calls are answered
meanwhile.
"""


class _Tail(NamedTuple):
    """A stream's last record, and the stream's key in the database."""

    stream_id: int
    seq: int
    head: str


def _nowhere(_stream: Stream, _mark: Mark) -> None:
    pass


class SqlLog:
    """`store.log.Log` on a database. Made by `open`; without a writer by `reading`, for looking
    only.
    """

    def __init__(self, reader: Reader, writer: Writer | None) -> None:
        self._reader = reader
        self._writer = writer
        # Saves a query an append. It can be behind, never wrong: `UNIQUE (stream, seq)` decides.
        self._tails: dict[Stream, _Tail] = {}
        self.noted: Callable[[Stream, Mark], None] = _nowhere
        """Told what a stream has reached: after the commit, before whoever appends."""

    @classmethod
    async def open(cls, database: Database) -> SqlLog:
        """Connects and brings the tables up to date. Raises `StoreUnavailable`,
        `migrations.TooNew`.
        """
        writer = Writer(database)
        await writer.start(lambda connection: upgrade(connection, "log"))
        return cls(Reader(database), writer)

    @property
    def cursors(self) -> SqlCursors:
        """How far the log's followers have come: written by the same writer."""
        return SqlCursors(self._reader, self._writing)

    @property
    def derived(self) -> SqlDerived:
        """What is kept of streams so that it need not be worked out again."""
        return SqlDerived(self._reader, self._writing)

    @classmethod
    def reading(cls, database: Database) -> SqlLog:
        """For looking at a log that somebody else may be writing."""
        return cls(Reader(database), None)

    async def append(self, batch: Batch) -> None:
        if not batch.events:
            return
        # Encoded in the caller's task: what cannot be stored is a bug of theirs, no trouble here.
        events = codec.events_of(batch.stream.kind)
        new = [(events.encode(one.event), one.mark) for one in batch.events]

        def work(connection: sa.Connection) -> _Tail:
            tail = self._tails.get(batch.stream)
            if tail is None or tail.seq != batch.expected_seq:
                tail = _tail(connection, batch.stream)
            if tail.seq != batch.expected_seq:
                raise Conflict(f"{batch.stream} is at {tail.seq}, not at {batch.expected_seq}")
            rows = chain.rows_after(tail.seq, tail.head, batch.stream, new)
            values = [{"stream": tail.stream_id, **row._asdict()} for row in rows]
            try:
                connection.execute(sa.insert(records), values)
            except IntegrityError as taken:
                raise Conflict(f"{batch.stream}: the number or the request is taken") from taken
            return _Tail(tail.stream_id, rows[-1].seq, rows[-1].hash)

        tail = await self._writing.do(work)
        self._remember(batch.stream, tail)
        self.noted(batch.stream, Mark(tail.seq, tail.head))

    def _remember(self, stream: Stream, tail: _Tail) -> None:
        if len(self._tails) >= TAILS_MAX:
            self._tails.clear()
        self._tails[stream] = tail

    async def read(self, stream: Stream, after: int = 0) -> Sequence[Record]:
        return await self._after(stream, after)

    async def page(self, stream: Stream, after: int, count_max: int) -> Sequence[Record]:
        return await self._after(stream, after, count_max)

    async def _after(
        self, stream: Stream, after: int, count_max: int | None = None
    ) -> Sequence[Record]:
        # One record more than asked: its hash is what the chain is checked from.
        more = 1 if after > 0 else 0
        found = await self._rows(stream, after, None if count_max is None else count_max + more)
        head = ""
        if after > 0 and found and found[0].seq == after:
            head, found = found[0].hash, found[1:]
        if len(found) > READ_ON_LOOP_MAX:
            return await asyncio.to_thread(chain.records, stream, found, after, head)
        return chain.records(stream, found, after, head)

    async def rows(self, stream: Stream) -> Sequence[ChainRow]:
        return list(chain.believed(stream, await self._rows(stream)))

    async def _rows(
        self, stream: Stream, since: int = 0, count_max: int | None = None
    ) -> Sequence[ChainRow]:
        rows = await self._reader.all(
            sa.select(*_ROW)
            .select_from(records.join(streams))
            .where(named(stream), records.c.seq >= since)
            .order_by(records.c.seq)
            .limit(count_max)
        )
        return [ChainRow._make(row) for row in rows]

    async def head(self, stream: Stream) -> str:
        row = await self._reader.first(
            sa.select(records.c.hash)
            .select_from(records.join(streams))
            .where(named(stream))
            .order_by(records.c.seq.desc())
            .limit(1)
        )
        return "" if row is None else str(row.hash)

    async def streams(
        self, branch: str | None = None, kind: str | None = SERVICE_DAY
    ) -> Sequence[Stream]:
        query = sa.select(*STREAM)
        if branch is not None:
            query = query.where(streams.c.branch == branch)
        if kind is not None:
            query = query.where(streams.c.kind == kind)
        return sorted(made(Stream, row) for row in await self._reader.all(query))

    async def plans(self) -> dict[str, bytes]:
        rows = await self._reader.all(sa.select(plans.c.branch, plans.c.plan))
        return {row.branch: bytes(row.plan) for row in rows}

    async def save_plan(self, branch: str, plan: bytes) -> None:
        def work(connection: sa.Connection) -> None:
            changed = connection.execute(
                sa.update(plans).where(plans.c.branch == branch).values(plan=plan)
            )
            if changed.rowcount == 0:
                connection.execute(sa.insert(plans).values(branch=branch, plan=plan))

        await self._writing.do(work)

    async def close(self) -> None:
        await self._reader.close()
        if self._writer is not None:
            await self._writer.close()

    @property
    def _writing(self) -> Writer:
        if self._writer is None:
            raise RuntimeError("this log was opened for reading")
        return self._writer


_ROW: Final = (records.c.seq, records.c.stored, records.c.hash, records.c.request, records.c.digest)


def _tail(connection: sa.Connection, stream: Stream) -> _Tail:
    """As the database has it; an unknown stream is made."""
    found = connection.execute(
        sa.select(streams.c.id, records.c.seq, records.c.hash)
        .select_from(streams.outerjoin(records))
        .where(named(stream))
        .order_by(records.c.seq.desc())
        .limit(1)
    )
    row = found.one_or_none()
    if row is not None:
        return _Tail(row.id, row.seq or 0, row.hash or "")
    return _Tail(_new_stream(connection, stream), 0, "")


def _new_stream(connection: sa.Connection, stream: Stream) -> int:
    try:
        made: Any = connection.execute(
            sa.insert(streams).values(asdict(stream)).returning(streams.c.id)
        )
    except IntegrityError as taken:
        raise Conflict(f"{stream}: somebody else began it") from taken
    return int(made.scalar_one())
