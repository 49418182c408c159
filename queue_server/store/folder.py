"""The data folder: where everything is, who holds it, and both stores opened from it.

One process at a time writes here: it holds `lock`. Must not know what is in the databases.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from queue_server.store import private
from queue_server.store.engines import Database
from queue_server.store.identity import acquaint, identity
from queue_server.store.lost import pause_lost
from queue_server.store.people_sql import SqlPeople
from queue_server.store.reached import Marks, Reached, marks_of
from queue_server.store.sql import SqlLog

DISK_FREE_MIN_BYTES: Final = 200 * 1024 * 1024
"""Below it a start warns: a busy branch writes a few megabytes a day, backups a multiple of it."""

SQLITE_SAFE_FROM: Final = (3, 51, 3)
SQLITE_ALSO_SAFE: Final = ((3, 50, 7), (3, 44, 6))
"""Older ones damage a database when two connections write or checkpoint at once."""


class FolderHeld(Exception):
    """Another process holds the data folder; says which."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The paths of a data folder."""

    path: Path

    @property
    def queue_db(self) -> Path:
        return self.path / "queue.db"

    @property
    def people_db(self) -> Path:
        return self.path / "people.db"

    @property
    def lock(self) -> Path:
        return self.path / "lock"

    @property
    def credentials(self) -> Path:
        return self.path / "credentials.json"

    @property
    def paused(self) -> Path:
        """Days whose last numbers must be said before they go on (`store.paused`)."""
        return self.path / "paused.json"

    @property
    def reached(self) -> Path:
        """How far the log had come, to notice when it lost its end."""
        return self.path / "reached"

    @property
    def databases(self) -> Sequence[Path]:
        """Both, each with what SQLite keeps beside it."""
        return [
            self.path / f"{file.name}{end}"
            for file in (self.queue_db, self.people_db)
            for end in ("", "-wal", "-shm")
        ]

    @property
    def secrets(self) -> Sequence[Path]:
        """Whatever nobody but the owner may read."""
        return [*self.databases, self.credentials]

    def make(self) -> None:
        """Makes the folder, for its owner only. Raises `OSError`."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def is_empty(self) -> bool:
        """Is there no data here (an empty folder, or none)?"""
        return not (self.queue_db.exists() or self.people_db.exists())


class FolderLock:
    """Holds the data folder until released, or until this process ends, however it ends."""

    def __init__(self, folder: DataFolder) -> None:
        """Raises `FolderHeld`, or `OSError` where the folder cannot be written."""
        self._file: int | None = None
        file = os.open(folder.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            holder = os.read(file, 32).decode("ascii", "replace").strip()
            os.close(file)
            who = f"process {holder}" if holder else "another process"
            raise FolderHeld(
                f"{folder.path} is in use by {who}: stop it first, or choose another folder."
            ) from held
        os.ftruncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode())
        self._file = file

    def release(self) -> None:
        """Lets go; a second time does nothing."""
        if self._file is not None:
            # The file stays: without it two others could each lock a file of that name.
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None


class Stores:
    """Both stores of a data folder, and its lock. `async with` closes them."""

    def __init__(
        self,
        folder: DataFolder,
        log: SqlLog,
        people: SqlPeople,
        notes: Sequence[str],
        opened: AsyncExitStack,
    ) -> None:
        self.folder = folder
        self.log = log
        self.people = people
        self.notes = notes
        """What a start should say of the folder."""
        self._opened = opened

    async def close(self) -> None:
        """Writes what was accepted, closes both, lets the folder go."""
        await self._opened.aclose()

    async def __aenter__(self) -> Stores:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


async def open_stores(path: Path, database_url: str | None = None) -> Stores:
    """Makes the folder where there is none, holds it, and brings both databases up to date.

    A day whose log lost its end is paused (`store.lost`). With `database_url`
    (`postgresql+asyncpg://…`) both stores are there instead, and the folder holds only what belongs
    to this machine. Raises `FolderHeld`, `HalfFolder`, `OSError`, `StoreUnavailable`,
    `migrations.TooNew`.
    """
    folder = DataFolder(path)
    folder.make()
    async with AsyncExitStack() as opened:
        opened.callback(FolderLock(folder).release)
        if database_url is not None:
            there = Database(database_url), Database(database_url, erases=True)
            return Stores(folder, *await _both(opened, *there), (), opened.pop_all())
        notes = private.mend(folder.secrets)
        number = acquaint(folder.queue_db, folder.people_db)
        log, people = await _both(opened, *_files(folder))
        marks = marks_of(folder.reached, number)
        held, lost = await pause_lost(log, marks, folder.paused)
        reached = Reached(folder.reached, number, held)
        opened.callback(reached.close)
        log.noted = reached.note
        return Stores(folder, log, people, [*notes, *lost], opened.pop_all())


async def _both(
    opened: AsyncExitStack, queue: Database, people: Database
) -> tuple[SqlLog, SqlPeople]:
    """Open until the stack ends."""
    persons = await SqlPeople.open(people)
    opened.push_async_callback(persons.close)
    log = await SqlLog.open(queue)
    opened.push_async_callback(log.close)
    return log, persons


def marks_in(path: Path, database_url: str | None = None) -> Marks:
    """What the log of a folder had reached, by what was noted beside it; for `verify`.

    Raises `HalfFolder`, `StoreUnavailable`, `OSError`.
    """
    if database_url is not None:
        return {}
    folder = DataFolder(path)
    return marks_of(folder.reached, identity(folder.queue_db, folder.people_db))


def open_log_for_reading(path: Path, database_url: str | None = None) -> SqlLog:
    """The log of a folder that a server may be holding: for `verify` and `export`."""
    folder = DataFolder(path)
    if database_url is None and not folder.queue_db.exists():
        raise FileNotFoundError(f"{path} holds no log")
    return SqlLog.reading(Database(database_url) if database_url else _files(folder)[0])


def _files(folder: DataFolder) -> tuple[Database, Database]:
    return Database.file(folder.queue_db), Database.file(folder.people_db, erases=True)


# ---- What a start should say ----


def sqlite_note(version: str = sqlite3.sqlite_version) -> str | None:
    """What to know about this SQLite; None when there is nothing."""
    numbers = tuple(int(part) for part in version.split("."))
    if numbers >= SQLITE_SAFE_FROM or any(
        numbers[:2] == safe[:2] and numbers >= safe for safe in SQLITE_ALSO_SAFE
    ):
        return None
    return (
        f"SQLite {version} has a fault (fixed in 3.51.3) when two connections write at once. Here "
        "one process writes through one connection, so it is safe; do not open the databases for "
        "writing with another program while the server runs."
    )


def disk_note(path: Path) -> str | None:
    """A warning when little disk is left; None when there is enough."""
    free = shutil.disk_usage(path).free
    if free >= DISK_FREE_MIN_BYTES:
        return None
    return f"Only {free // 1024**2} MB are free at {path}: make room before the day begins."
