"""Backups of a data folder, made beside a running server. `store.restore` brings them back.

A backup is a folder, or one `.tar` file, of `queue.db`, `people.db` and `manifest.json`. It holds
the server's keys and personal data: it is made for its owner's eyes only, and must be kept so.
Plain functions without an event loop: they run in a command of their own. A PostgreSQL database
is backed up by PostgreSQL's own tools.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
import sqlalchemy as sa

from queue_server.store.engines import Database
from queue_server.store.folder import DataFolder
from queue_server.store.identity import identity
from queue_server.store.log import SERVICE_DAY
from queue_server.store.migrations import revision
from queue_server.store.schema import records, streams

QUEUE: Final = "queue.db"
PEOPLE: Final = "people.db"
MANIFEST: Final = "manifest.json"
NAMES: Final = (MANIFEST, QUEUE, PEOPLE)
FORMAT: Final = 1

Progress = Callable[[str, int, int], None]
"""Told before each part: its name, how many are done, how many there are."""


class BackupRefused(Exception):
    """Nothing was changed; says why in words."""


class DayKept(msgspec.Struct, frozen=True, omit_defaults=True):
    """One stream in a backup: its last record and that one's hash."""

    branch: str
    day: str
    records: int
    head: str
    kind: str = SERVICE_DAY


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup says about itself."""

    format: int
    made_at: datetime
    steps: dict[str, str]
    """The newest migration of each database."""
    sha256: dict[str, str]
    days: tuple[DayKept, ...]


def quiet(_part: str, _done: int, _total: int) -> None:
    """No progress wanted."""


def back_up(path: Path, target: Path, made_at: datetime, progress: Progress = quiet) -> Manifest:
    """Backs the data folder at `path` up: as one file if `target` ends in `.tar`, else a folder.

    May run while a server is writing. Raises `BackupRefused`, `HalfFolder`, `StoreUnavailable`,
    `OSError`; then there is no `target`.
    """
    folder = DataFolder(path)
    if target.exists():
        raise BackupRefused(f"{target} is there already: choose another name.")
    if folder.is_empty():
        raise BackupRefused(f"{path} holds no data: nothing to back up.")
    identity(folder.queue_db, folder.people_db)
    partial = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        # The log first: a ticket's person is written before the ticket, so none will be missing.
        progress(QUEUE, 0, 3)
        _copy_database(folder.queue_db, partial / QUEUE)
        progress(PEOPLE, 1, 3)
        _copy_database(folder.people_db, partial / PEOPLE)
        progress(MANIFEST, 2, 3)
        manifest = _described(partial, made_at)
        (partial / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
        _keep(partial, target)
        progress(MANIFEST, 3, 3)
        return manifest
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _copy_database(source: Path, target: Path) -> None:
    connection = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    try:
        # A whole, compact copy as of one moment; writers go on meanwhile.
        connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        raise BackupRefused(f"{source} cannot be copied: {error}") from error
    finally:
        connection.close()
    target.chmod(0o600)


def _described(partial: Path, made_at: datetime) -> Manifest:
    steps = {}
    for name, database in ((QUEUE, "log"), (PEOPLE, "people")):
        with looking(partial / name).connect() as connection:
            steps[database] = revision(connection, database) or ""
    with looking(partial / QUEUE).connect() as connection:
        last = sa.func.max(records.c.seq)
        tails = sa.select(records.c.stream, last.label("seq")).group_by(records.c.stream).subquery()
        rows = connection.execute(
            sa.select(
                streams.c.branch, streams.c.day, records.c.seq, records.c.hash, streams.c.kind
            )
            .join_from(streams, tails, tails.c.stream == streams.c.id)
            .join(records, sa.and_(records.c.stream == streams.c.id, records.c.seq == tails.c.seq))
            .order_by(streams.c.branch, streams.c.day, streams.c.kind)
        )
        days = tuple(DayKept(row[0], row[1].isoformat(), *row[2:]) for row in rows)
    sums = {name: sha256_of(partial / name) for name in (QUEUE, PEOPLE)}
    return Manifest(FORMAT, made_at, steps, sums, days)


def _keep(partial: Path, target: Path) -> None:
    """Gives the finished backup its name, once it is on disk."""
    for file in partial.iterdir():
        sync_to_disk(file)
    if target.suffix != ".tar":
        partial.rename(target)
    else:
        packed = partial / "packed"
        with tarfile.open(packed, "x") as tar:
            for name in NAMES:
                tar.add(partial / name, name)
        packed.chmod(0o600)
        sync_to_disk(packed)
        packed.rename(target)
    sync_to_disk(target.parent)


def looking(path: Path) -> sa.Engine:
    """For reading a copy that nobody else has."""
    return Database.file(path).alone(read_only=True)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_to_disk(path: Path) -> None:
    """A file's contents, or a folder's names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
