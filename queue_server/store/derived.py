"""What was worked out from a stream as of its head, kept so that it need not be worked out again.

It may be thrown away at any time: whatever the stream's head has left behind is not found any more.
Must not know what is kept.
"""

from __future__ import annotations

import sqlalchemy as sa

from queue_server.store.beside import named, refusing
from queue_server.store.log import Stream
from queue_server.store.reader import Reader
from queue_server.store.schema import derived, streams
from queue_server.store.writer import Writer


class SqlDerived:
    """`store.log.Derived` on SQL, through the log's one writer."""

    def __init__(self, reader: Reader, writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    async def kept(self, stream: Stream, name: str, head: str) -> bytes | None:
        row = await self._reader.first(
            sa.select(derived.c.value)
            .select_from(derived.join(streams))
            .where(named(stream), derived.c.name == name, derived.c.head == head)
        )
        return None if row is None else bytes(row.value)

    async def keep(self, stream: Stream, name: str, head: str, value: bytes) -> None:
        stream_id = sa.select(streams.c.id).where(named(stream)).scalar_subquery()
        here = sa.and_(derived.c.stream == stream_id, derived.c.name == name)

        def work(connection: sa.Connection) -> None:
            connection.execute(sa.delete(derived).where(here))
            connection.execute(
                sa.insert(derived).values(stream=stream_id, name=name, head=head, value=value)
            )

        await self._writer.do(refusing(work))
