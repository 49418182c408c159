"""Reading: single statements on connections that never write and never hold a transaction.

Must not know any table.
"""

from __future__ import annotations

import asyncio
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from queue_server.store.connections import Rows
from queue_server.store.engines import Database
from queue_server.store.log import StoreUnavailable

Statement = sa.sql.Executable


class Reader:
    """Sees whatever was committed when a statement begins.

    Cancelling a caller does not interrupt the driver: the statement ends by itself, `close` waits.
    """

    def __init__(self, database: Database) -> None:
        self._name = database.name
        self._eyes = database.eyes()
        self._reading: set[asyncio.Task[Rows]] = set()

    async def all(self, statement: Statement) -> Rows:
        """Every row. Raises `StoreUnavailable`."""
        task = asyncio.create_task(self._all(statement), name=f"read of {self._name}")
        self._reading.add(task)
        task.add_done_callback(self._read)
        return await asyncio.shield(task)

    async def first(self, statement: Statement) -> sa.Row[Any] | None:
        """The first row, if any. Raises `StoreUnavailable`."""
        rows = await self.all(statement)
        return rows[0] if rows else None

    async def close(self) -> None:
        while self._reading:
            await asyncio.wait(self._reading)
        await self._eyes.close()

    async def _all(self, statement: Statement) -> Rows:
        try:
            return await self._eyes.all(statement)
        except (SQLAlchemyError, OSError) as error:
            words = getattr(error, "orig", None) or error
            raise StoreUnavailable(f"{self._name} cannot be read: {words}") from error

    def _read(self, task: asyncio.Task[Rows]) -> None:
        self._reading.discard(task)
        if not task.cancelled():
            task.exception()  # A cancelled caller hears of no failure.
