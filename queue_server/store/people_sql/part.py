"""What every part of the people's store stands on: one reader, one writer. Must not know tables."""

from __future__ import annotations

import sqlalchemy as sa

from queue_server.store.reader import Reader
from queue_server.store.writer import Writer


class Part:
    """Some nouns of `people.People`; all parts share the two connections."""

    def __init__(self, reader: Reader, writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    async def _write(self, statement: sa.Insert | sa.Update | sa.Delete) -> int:
        """One statement, durably; how many rows it touched."""

        def work(connection: sa.Connection) -> int:
            return connection.execute(statement).rowcount

        return await self._writer.do(work)
