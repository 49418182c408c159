"""The data folder: where everything is, who holds it, and both stores opened from it.

One process at a time writes here: it holds `lock`. Must not know what is in the databases.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from queue_server.store.engines import Database
from queue_server.store.people_sql import SqlPeople
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
        """Days whose last numbers must be said: the folder was restored from a backup."""
        return self.path / "paused.json"

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
        self, folder: DataFolder, lock: FolderLock, log: SqlLog, people: SqlPeople
    ) -> None:
        self.folder = folder
        self.log = log
        self.people = people
        self._lock = lock

    async def close(self) -> None:
        """Writes what was accepted, closes both, lets the folder go."""
        try:
            await self.log.close()
        finally:
            try:
                await self.people.close()
            finally:
                self._lock.release()

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

    With `database_url` (`postgresql+asyncpg://…`) both stores are there instead, and the folder
    holds only what belongs to this machine. Raises `FolderHeld`, `OSError`, `StoreUnavailable`,
    `migrations.TooNew`.
    """
    folder = DataFolder(path)
    folder.make()
    lock = FolderLock(folder)
    try:
        queue, people = _databases(folder, database_url)
        log = await SqlLog.open(queue)
        try:
            return Stores(folder, lock, log, await SqlPeople.open(people))
        except BaseException:
            await log.close()
            raise
    except BaseException:
        lock.release()
        raise


def open_log_for_reading(path: Path, database_url: str | None = None) -> SqlLog:
    """The log of a folder that a server may be holding: for `verify` and `export`."""
    folder = DataFolder(path)
    if database_url is None and not folder.queue_db.exists():
        raise FileNotFoundError(f"{path} holds no log")
    return SqlLog.reading(_databases(folder, database_url)[0])


def _databases(folder: DataFolder, url: str | None) -> tuple[Database, Database]:
    if url is not None:
        return Database(url), Database(url, erases=True)
    for path in (folder.queue_db, folder.people_db):
        # Made here, for the owner only: what SQLite makes beside it takes the same rights.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
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
