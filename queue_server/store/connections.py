"""Connections: the pen, the one that writes, and eyes, the few that read.

Eyes are the same for a file and a server: an async driver each. A file's pen is not: there every
statement would be a journey to a thread and back, several a commit, which together cost more than
the disk; so a whole transaction is one journey. Must not know what is written or read, nor when.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")
Act = Callable[[sa.Connection], T]
"""Something done with the connection, from start to end; it never waits for anything else."""
Rows = Sequence[sa.Row[Any]]

log = logging.getLogger(__name__)


class Pen(Protocol):
    """One caller at a time, and one that is not cancelled: an act is never torn."""

    @property
    def engine(self) -> sa.Engine: ...

    @property
    def connected(self) -> bool: ...

    async def do(self, act: Act[T]) -> T:
        """Connects where it has to; raises what connecting or the act raises."""

    async def drop(self) -> None:
        """Lets the connection go, whatever state it is in: the next act gets a new one."""

    async def put_away(self) -> None:
        """Lets go of everything; nothing is done any more."""


class FilePen:
    """SQLite's: the connection is made, used and closed in one thread."""

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self.engine = engine
        self._name = name
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"writer of {name}")
        self._connection: sa.Connection | None = None

    @property
    def connected(self) -> bool:
        return self._connection is not None

    async def do(self, act: Act[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._do, act)

    def _do(self, act: Act[T]) -> T:
        if self._connection is None:
            self._connection = self.engine.connect()
        return act(self._connection)

    async def drop(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._drop)

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.close()
        except Exception as error:
            log.warning("%s could not be closed: %s", self._name, error)

    async def put_away(self) -> None:
        await self.drop()
        self.engine.dispose()
        self._thread.shutdown(wait=False)


class ServerPen:
    """PostgreSQL's: its driver waits on the loop."""

    def __init__(self, engine: AsyncEngine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._connection: AsyncConnection | None = None

    @property
    def engine(self) -> sa.Engine:
        return self._engine.sync_engine

    @property
    def connected(self) -> bool:
        return self._connection is not None

    async def do(self, act: Act[T]) -> T:
        if self._connection is None:
            self._connection = await self._engine.connect()
        return await self._connection.run_sync(act)

    async def drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            await connection.close()
        except Exception as error:
            log.warning("%s could not be closed: %s", self._name, error)

    async def put_away(self) -> None:
        await self.drop()
        await self._engine.dispose()


class Eyes:
    """Many callers at once; each statement for itself, never in a transaction."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def all(self, statement: sa.sql.Executable) -> Rows:
        """Every row. Raises what connecting or reading raises; must not be cancelled."""
        async with self._engine.connect() as connection:
            return (await connection.execute(statement)).all()

    async def close(self) -> None:
        await self._engine.dispose()
