"""How far each follower of the log has come, kept beside the log: `store.log.Cursors` on SQL.

In the log's own database, so that a backup holds both as of one moment. Must not know who follows,
nor when a cursor is worth writing down.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from queue_server.store.beside import STREAM, named, refusing
from queue_server.store.log import Lag, Stream
from queue_server.store.reader import Reader
from queue_server.store.schema import cursors, followers, records, streams
from queue_server.store.writer import Writer

_HEAD = (
    sa.select(sa.func.coalesce(sa.func.max(records.c.seq), 0))
    .where(records.c.stream == streams.c.id)
    .scalar_subquery()
)
"""Asked stream by stream: one look into an index each, where grouping would read every record."""


class SqlCursors:
    """Reads as everybody reads; writes through the log's one writer."""

    def __init__(self, reader: Reader, writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    async def begin(self, follower: str, *, from_now: bool) -> None:
        def work(connection: sa.Connection) -> None:
            known = sa.select(followers.c.name).where(followers.c.name == follower)
            if connection.execute(known).first() is not None:
                return
            connection.execute(sa.insert(followers).values(name=follower))
            if from_now:
                heads = sa.select(sa.literal(follower), streams.c.id, _HEAD)
                connection.execute(
                    sa.insert(cursors).from_select(["follower", "stream", "seq"], heads)
                )

        await self._writer.do(refusing(work))

    async def behind(self, follower: str, kinds: Collection[str]) -> Sequence[Lag]:
        seq = sa.func.coalesce(cursors.c.seq, 0)
        of_it = sa.and_(cursors.c.stream == streams.c.id, cursors.c.follower == follower)
        rows = await self._reader.all(
            sa.select(*STREAM, seq.label("cursor"), _HEAD.label("head"))
            .select_from(streams.outerjoin(cursors, of_it))
            .where(streams.c.kind.in_(kinds), seq != _HEAD)
        )
        return [Lag(Stream(row.branch, row.day, row.kind), row.cursor, row.head) for row in rows]

    async def cursor(self, follower: str, stream: Stream) -> int:
        row = await self._reader.first(
            sa.select(cursors.c.seq)
            .select_from(cursors.join(streams))
            .where(cursors.c.follower == follower, named(stream))
        )
        return 0 if row is None else int(row.seq)

    async def move(self, moved: Mapping[tuple[str, Stream], int]) -> None:
        # Always in the same order: two nodes must not wait for each other.
        ordered = sorted(moved.items())

        def work(connection: sa.Connection) -> None:
            for (follower, stream), seq in ordered:
                _move(connection, follower, stream, seq)

        await self._writer.do(refusing(work))


def _move(connection: sa.Connection, follower: str, stream: Stream, seq: int) -> None:
    stream_id = sa.select(streams.c.id).where(named(stream)).scalar_subquery()
    here = sa.and_(cursors.c.follower == follower, cursors.c.stream == stream_id)
    if connection.execute(sa.update(cursors).where(here).values(seq=seq)).rowcount == 0:
        connection.execute(sa.insert(cursors).values(follower=follower, stream=stream_id, seq=seq))
