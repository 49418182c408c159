"""Whose the two databases of a data folder are: both carry one random number, so that half a folder
is not taken for a new one, nor two halves of different folders for a whole.

The number is SQLite's `user_version`: it lies in the file itself and is copied with it. Must not
know any table. On PostgreSQL both are one database.
"""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from queue_server.store import private
from queue_server.store.engines import Database, pragma
from queue_server.store.log import StoreUnavailable

NUMBERS: Final = 2**31 - 1
"""`user_version` has 32 bits with a sign; 0 is a database made before there were numbers."""


class HalfFolder(Exception):
    """The databases do not belong together: nothing was changed; says what to do."""


@dataclass(frozen=True, slots=True)
class _Half:
    """One of the two, as found."""

    path: Path
    number: int = 0
    has_tables: bool = False


def identity(queue: Path, people: Path) -> int:
    """The number of both, looked at only; 0 where none was given yet.

    Raises `HalfFolder`, `StoreUnavailable`.
    """
    return max(half.number for half in _both(queue, people))


def acquaint(queue: Path, people: Path) -> int:
    """The number of both; a new folder gets one, and so does, once, one from before there were any.

    Raises `HalfFolder`, `StoreUnavailable`.
    """
    halves = _both(queue, people)
    number = max(half.number for half in halves) or _new_number()
    # The people's first, as `_both` knows: a crash in between is no half folder.
    for half in reversed(halves):
        if half.number != number:
            _give(half.path, number)
    return number


def renew(queue: Path, people: Path) -> None:
    """A number of its own for a copy: halves of a restored folder fit no older ones, and what its
    log had reached before counts for nothing (`store.reached`).
    """
    number = _new_number()
    for path in (people, queue):
        _give(path, number)


def _both(queue_db: Path, people_db: Path) -> tuple[_Half, _Half]:
    """The log's and the people's. Raises `HalfFolder`, `StoreUnavailable`."""
    queue, people = _found(queue_db), _found(people_db)
    for missing, there in ((queue, people), (people, queue)):
        if there.has_tables and not missing.has_tables and missing.number != there.number:
            raise HalfFolder(
                f"{missing.path} is missing or empty, but {there.path.name} beside it is not: this"
                f" is half a data folder. Put the {missing.path.name} of this folder back (with"
                " its -wal, if there is one), or bring both back from a backup: lapak restore"
                " BACKUP --overwrite"
            )
    # Numbers are given to the people first: an older log beside them is the crash in between.
    if queue.number != people.number and (queue.number or not people.number):
        raise HalfFolder(
            f"{queue.path} and {people.path.name} are of two different data folders. Put back the"
            " one that belongs here, or bring both back from a backup: lapak restore BACKUP"
            " --overwrite"
        )
    return queue, people


def _found(path: Path) -> _Half:
    if not path.exists():
        return _Half(path)
    engine = Database.file(path).alone(read_only=True)
    try:
        with engine.connect() as connection:
            number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    except SQLAlchemyError as error:
        words = getattr(error, "orig", None) or error
        raise StoreUnavailable(f"{path} cannot be opened: {words}") from error
    return _Half(path, number, tables > 0)


def _give(path: Path, number: int) -> None:
    private.make(path)
    try:
        with Database.file(path).alone().connect() as connection:
            pragma(connection, f"user_version={number:d}")
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreUnavailable(f"{path} cannot be written: {error}") from error


def _new_number() -> int:
    return secrets.randbelow(NUMBERS) + 1
