"""Bringing a backup back: checked whole, rid of what was due, then moved in at once.

Plain functions without an event loop: they run in a command of their own, which holds the data
folder meanwhile.
"""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import msgspec
import sqlalchemy as sa

from queue_server.domain.events import DayClosed, DayOpened, DayReopened
from queue_server.domain.hours import at_hour
from queue_server.store import chain, codec, erasure, identity, paused
from queue_server.store.backup import (
    FORMAT,
    MANIFEST,
    NAMES,
    PEOPLE,
    QUEUE,
    BackupRefused,
    Manifest,
    Progress,
    looking,
    quiet,
    sha256_of,
    sync_to_disk,
)
from queue_server.store.beside import STREAM
from queue_server.store.engines import Database
from queue_server.store.folder import DataFolder, FolderLock
from queue_server.store.log import SERVICE_DAY, ChainRow, Damaged, Record, Stream
from queue_server.store.migrations import upgrade
from queue_server.store.schema import (
    device_keys,
    invitations,
    pairings,
    plans,
    records,
    sessions,
    streams,
)
from queue_server.store.verify import DayBefore, broken_link, hashes_of

PAUSED: Final = "paused.json"


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What a restored folder holds. `paused`: days that wait for their last numbers."""

    manifest: Manifest
    erased: int
    paused: Mapping[Stream, paused.LastNumbers]


def restore(
    backup: Path,
    path: Path,
    now: datetime,
    *,
    overwrite: bool = False,
    progress: Progress = quiet,
) -> BroughtBack:
    """Makes the folder at `path` what the backup holds, erasing first what is due by now.

    Everybody signs in again, and open invitations, device keys and pairings are void: they may have
    been used or taken back since. A backup knows nothing of numbers given after it was made, not
    even of a day opened since: such days start paused (`store.paused`). Raises `BackupRefused`,
    `Damaged`, `TooNew`, `FolderHeld`, `OSError`; the folder is then as it was.
    """
    folder = DataFolder(path)
    folder.make()
    lock = FolderLock(folder)
    try:
        if not folder.is_empty() and not overwrite:
            raise BackupRefused(
                f"{path} holds data already. To replace it with the backup: --overwrite"
            )
        staged = Path(tempfile.mkdtemp(prefix=".restore-", dir=path))
        try:
            progress("unpacking", 0, 4)
            manifest = _unpack(backup, staged)
            progress("erasing what is due", 1, 4)
            erased = _erase(staged, now)
            progress("checking the chain", 2, 4)
            waiting = _check(staged / QUEUE, manifest, now)
            progress("moving it in", 3, 4)
            paused.pause(staged / PAUSED, waiting)
            _move_in(staged, folder)
            progress("done", 4, 4)
            return BroughtBack(manifest, erased, waiting)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    finally:
        lock.release()


def _unpack(backup: Path, staged: Path) -> Manifest:
    if not backup.exists():
        raise BackupRefused(f"{backup} is not there.")
    try:
        if backup.is_dir():
            for name in NAMES:
                shutil.copyfile(backup / name, staged / name)
        else:
            _unpack_tar(backup, staged)
        manifest = msgspec.json.decode((staged / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, KeyError, tarfile.TarError, msgspec.MsgspecError) as error:
        raise BackupRefused(f"{backup} is no backup of this program: {error}") from error
    if manifest.format != FORMAT:
        raise BackupRefused(f"{backup} was made by a newer program.")
    for name in (QUEUE, PEOPLE):
        if sha256_of(staged / name) != manifest.sha256.get(name):
            raise Damaged(f"{backup}: {name} is not what was backed up")
        (staged / name).chmod(0o600)
    return manifest


def _unpack_tar(backup: Path, staged: Path) -> None:
    """Three files by name, and nothing else an archive may hold."""
    with tarfile.open(backup) as tar:
        for name in NAMES:
            packed = tar.extractfile(name)
            if packed is None:
                raise KeyError(f"{name} is no file")
            with packed, (staged / name).open("wb") as file:
                shutil.copyfileobj(packed, file)


def _erase(staged: Path, now: datetime) -> int:
    """Brings both databases up to date, and the people's to what it may still know. How much was
    due.
    """
    engine = Database.file(staged / QUEUE).alone()
    with engine.begin() as connection:
        upgrade(connection, "log")
    engine = Database.file(staged / PEOPLE, erases=True).alone()
    with engine.begin() as connection:
        upgrade(connection, "people")
        due = sum(connection.execute(gone).rowcount for gone in erasure.due(now).values())
        for table in (sessions, invitations, device_keys, pairings):
            connection.execute(sa.delete(table))
    identity.renew(staged / QUEUE, staged / PEOPLE)
    return due


def _check(queue_db: Path, manifest: Manifest, now: datetime) -> dict[Stream, paused.LastNumbers]:
    """Raises `Damaged` unless the log is whole and ends where the manifest says. Which days were
    open, or may have been since.
    """
    heads = {
        Stream(kept.branch, date.fromisoformat(kept.day), kept.kind): kept.head
        for kept in manifest.days
    }
    waiting: dict[Stream, paused.LastNumbers] = {}
    before: DayBefore = None
    with looking(queue_db).connect() as connection:
        maybe_opened = _maybe_opened(connection, now)
        for stream, rows in _streams(connection):
            _need_end(stream, rows, heads.pop(stream, None))
            if stream.kind != SERVICE_DAY:
                continue
            found = chain.records(stream, rows)
            if before is not None and before[0].branch != stream.branch:
                before = None
            if damage := broken_link(stream, found, before):
                raise Damaged(damage)
            before = (stream, hashes_of(found))
            if _is_open(found) or stream in maybe_opened:
                waiting[stream] = paused.last_numbers(found)
    if heads:
        raise Damaged(f"missing days: {', '.join(map(str, heads))}")
    return {stream: {} for stream in maybe_opened} | waiting


def _streams(connection: sa.Connection) -> Iterator[tuple[Stream, list[ChainRow]]]:
    """Every stream of whatever kind, by name, with its rows. Raises `Damaged`."""
    columns = [records.c[name] for name in ChainRow._fields]
    ordered = sa.select(streams.c.id, *STREAM).order_by(*STREAM)
    for stream_id, *name in connection.execute(ordered).all():
        stream = Stream(*name)
        of_it = sa.select(*columns).where(records.c.stream == stream_id).order_by(records.c.seq)
        rows = (ChainRow._make(row) for row in connection.execute(of_it))
        yield stream, list(chain.believed(stream, rows))


def _need_end(stream: Stream, rows: Sequence[ChainRow], head: str | None) -> None:
    """Raises `Damaged` unless the stream ends where the manifest says."""
    if not rows:
        raise Damaged(f"{stream}: empty")
    if rows[-1].hash != head:
        raise Damaged(f"{stream}: does not end where the backup's manifest says")


def _maybe_opened(connection: sa.Connection, now: datetime) -> list[Stream]:
    """Every branch's day of `now`, unless the plan opens it later: it may have been opened (or
    reopened) after the backup was made.
    """
    found = []
    for branch, stored in connection.execute(sa.select(plans)).all():
        plan = codec.decode_plan(stored)
        today = now.astimezone(plan.timezone()).date()
        hours = plan.hours_on(today)
        if hours is None or at_hour(plan, today, hours.opens) <= now:
            found.append(Stream(branch, today))
    return found


def _is_open(day: list[Record]) -> bool:
    ends = [one.event for one in day if isinstance(one.event, DayOpened | DayReopened | DayClosed)]
    return not isinstance(ends[-1], DayClosed)


def _move_in(staged: Path, folder: DataFolder) -> None:
    """All of it or nothing. The old databases leave with the staging folder.

    Their write-ahead logs too: they would be read into the new ones.
    """
    replaced = staged / "replaced"
    replaced.mkdir()
    new = [staged / name for name in (PAUSED, QUEUE, PEOPLE) if (staged / name).exists()]
    old = [*folder.databases, folder.paused]
    for file in new:
        sync_to_disk(file)
    moves = [(file, replaced / file.name) for file in old if file.exists()]
    moves += [(file, folder.path / file.name) for file in new]
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            source.rename(target)
            done.append((source, target))
    except OSError:
        for source, target in reversed(done):
            target.rename(source)
        raise
    sync_to_disk(folder.path)
