"""What differs between SQLite and PostgreSQL, all of it: addresses, connections, upkeep.

The rest of the store is one text for both. Must not know any table.

SQLite before 3.51.3 has a fault when two connections write or checkpoint at once. So there is
exactly one writing and checkpointing connection, in one process (`store.folder` holds the lock);
readers open the file read-only.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final, Protocol

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from queue_server.store.connections import Eyes, FilePen, Pen, ServerPen

_QUIET: Final[dict[str, Any]] = {"hide_parameters": True}
"""A statement that fails names itself, not the names and hashes it was given."""

BUSY_TIMEOUT_MS: Final = 1_000
"""Nobody else should ever hold the file; who waits longer had better be told that it is held."""

CHECKPOINT_IDLE_S: Final = 1.0
"""So long without a write, and the log is moved into the database, out of everybody's way."""

WAL_MAX_BYTES: Final = 16 * 1024 * 1024
"""Never idle: then it is moved when it is this big (a few thousand commits), so that it stays
bounded.
"""

READERS_MAX: Final = 4

_POSTGRESQL_LIMITS: Final = {"timeout": 5, "command_timeout": 10}
"""Seconds for connecting and for a statement: a silent database counts as failed."""


class Upkeep(Protocol):
    """What a database wants done by the connection that writes. Failing at it is no failure of a
    write.
    """

    idle_s: float
    """How long without a write, before `when_idle` is called."""

    @property
    def wanted(self) -> bool:
        """Is there anything for `when_idle` to do?"""

    async def after_commit(self, pen: Pen) -> None: ...

    async def when_idle(self, pen: Pen) -> None: ...

    def erased(self) -> None:
        """Something was erased: let no copy of it linger."""


class NoUpkeep:
    """PostgreSQL looks after itself."""

    idle_s = CHECKPOINT_IDLE_S
    wanted = False

    async def after_commit(self, pen: Pen) -> None:
        pass

    async def when_idle(self, pen: Pen) -> None:
        pass

    def erased(self) -> None:
        pass


class Checkpoints:
    """Moves SQLite's write-ahead log into the database: when idle, and before it grows too big."""

    def __init__(self, path: Path) -> None:
        self.idle_s = CHECKPOINT_IDLE_S
        self.wanted = False
        self._wal = f"{path}-wal"
        self._due_bytes = WAL_MAX_BYTES
        self._empty_it = False

    def erased(self) -> None:
        self._empty_it = True

    async def after_commit(self, pen: Pen) -> None:
        self.wanted = True
        if self._empty_it or self._wal_bytes() >= self._due_bytes:
            await self._truncate(pen)

    async def when_idle(self, pen: Pen) -> None:
        if self._empty_it:
            await self._truncate(pen)
        else:
            # Passive waits for nobody: a backup that is reading must not hold up the next call.
            await pen.do(lambda connection: pragma(connection, "wal_checkpoint(PASSIVE)"))
            self.wanted = False

    async def _truncate(self, pen: Pen) -> None:
        busy = await pen.do(_emptied)
        if not busy:
            self._empty_it = self.wanted = False
        # A reader in the way: try again only once it has grown noticeably.
        self._due_bytes = self._wal_bytes() + WAL_MAX_BYTES if busy else WAL_MAX_BYTES

    def _wal_bytes(self) -> int:
        try:
            return os.stat(self._wal).st_size
        except OSError:
            return 0


class Database:
    """Where one database is, and how to connect to it: one connection for writing, a few for
    reading.
    """

    def __init__(self, url: str, *, erases: bool = False) -> None:
        """`url` is SQLAlchemy's (`sqlite:///…`, `postgresql+asyncpg://…`).

        `erases`: what is deleted is to be unreadable.
        """
        self.url = sa.make_url(url)
        self.name = self.url.render_as_string(hide_password=True)
        self._erases = erases
        if self.url.get_backend_name() not in ("sqlite", "postgresql"):
            raise ValueError(f"{self.name}: not a database this program knows")

    @classmethod
    def file(cls, path: Path, *, erases: bool = False) -> Database:
        return cls(f"sqlite:///{path}", erases=erases)

    @property
    def path(self) -> Path | None:
        """The file of an SQLite database."""
        return Path(self.url.database or "") if self._is_file else None

    @property
    def _is_file(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def upkeep(self) -> Upkeep:
        return Checkpoints(self.path) if self.path else NoUpkeep()

    def pen(self) -> Pen:
        """For the one writer, which keeps its connection for life."""
        if self._is_file:
            return FilePen(self.alone(), self.name)
        return ServerPen(self._server(poolclass=NullPool), self.name)

    def eyes(self) -> Eyes:
        """For everybody who reads: never in a transaction, so that nobody can leave one open."""
        reads = {"isolation_level": "AUTOCOMMIT", "pool_size": READERS_MAX, "max_overflow": 0}
        if not self._is_file:
            return Eyes(self._server(pool_pre_ping=True, **reads))
        engine = create_async_engine(
            f"sqlite+aiosqlite:///file:{self.path}?mode=ro&uri=true", **_QUIET, **reads
        )
        sa.event.listen(engine.sync_engine, "connect", _prepare_reading)
        return Eyes(engine)

    def _server(self, **how: Any) -> AsyncEngine:
        return create_async_engine(self.url, connect_args=_POSTGRESQL_LIMITS, **_QUIET, **how)

    def alone(self, *, read_only: bool = False) -> sa.Engine:
        """For working on a file that nobody else has, without an event loop."""
        if read_only:
            url = f"sqlite:///file:{self.path}?mode=ro&uri=true"
            return sa.create_engine(url, poolclass=NullPool, **_QUIET)
        engine = sa.create_engine(f"sqlite:///{self.path}", poolclass=NullPool, **_QUIET)
        sa.event.listen(engine, "connect", self._prepare_writing)
        sa.event.listen(engine, "begin", _begin_immediate)
        return engine

    def _prepare_writing(self, connection: Any, _record: Any) -> None:
        # The driver's own transactions lose updates; `_begin_immediate` begins them instead.
        connection.isolation_level = None
        _run_pragmas(
            connection,
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "wal_autocheckpoint=0",
            "foreign_keys=ON",
            f"secure_delete={'ON' if self._erases else 'OFF'}",
        )


def _prepare_reading(connection: Any, _record: Any) -> None:
    _run_pragmas(connection, f"busy_timeout={BUSY_TIMEOUT_MS}", "query_only=ON")


def _begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _run_pragmas(connection: Any, *pragmas: str) -> None:
    try:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
    except BaseException:
        # Nobody else would: the pool forgets what could not be prepared, and its thread.
        connection.close()
        raise


def pragma(connection: sa.Connection, asked: str) -> Any:
    """Past SQLAlchemy, which would begin a transaction for it. The first row of its answer."""
    driver = connection.connection.driver_connection
    assert driver is not None
    return driver.execute(f"PRAGMA {asked}").fetchone()


def _emptied(connection: sa.Connection) -> bool:
    """Empties the write-ahead log; True where a reader was in the way."""
    pragma(connection, "busy_timeout=50")
    busy, *_ = pragma(connection, "wal_checkpoint(TRUNCATE)")
    pragma(connection, f"busy_timeout={BUSY_TIMEOUT_MS}")
    return bool(busy)
