"""Reading: single statements on connections that never write and never hold a transaction.

Must not know any table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from queue_server.store.engines import Database
from queue_server.store.log import StoreUnavailable

Statement = sa.sql.Executable


class Reader:
    """Sees whatever was committed when a statement begins. Cancelling a caller ends its reading."""

    def __init__(self, database: Database) -> None:
        self._name = database.name
        self._engine = database.reading()

    async def all(self, statement: Statement) -> Sequence[sa.Row[Any]]:
        """Every row. Raises `StoreUnavailable`."""
        try:
            async with self._engine.connect() as connection:
                return (await connection.execute(statement)).all()
        except (SQLAlchemyError, OSError) as error:
            words = getattr(error, "orig", None) or error
            raise StoreUnavailable(f"{self._name} cannot be read: {words}") from error

    async def first(self, statement: Statement) -> sa.Row[Any] | None:
        """The first row, if any. Raises `StoreUnavailable`."""
        rows = await self.all(statement)
        return rows[0] if rows else None

    async def close(self) -> None:
        await self._engine.dispose()
