"""Where backups lie: a name for each, the newest to restore from, old ones taken away.

What a backup is, `store.backup` knows. Must not know terminals.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Final

from queue_server.store.backup import MANIFEST, BackupRefused
from queue_server.store.folder import DataFolder
from queue_server.store.log import Stream
from queue_server.store.paused import LastNumbers, paused_days

NAME: Final = re.compile(r"lapak-(\d{8}T\d{6}Z)(-\d+)?\.tar")
STAMP: Final = "%Y%m%dT%H%M%SZ"
UNFINISHED: Final = re.compile(rf"\.{NAME.pattern}\..+")
"""What a backup leaves that was cut off: it may hold as much as a whole one."""

UNFINISHED_KEPT: Final = timedelta(days=1)
"""No backup takes so long: whatever is older was cut off."""


def target(given: Path, now: datetime) -> Path:
    """Where a backup goes: into an existing folder under its time, else exactly where said."""
    if not given.is_dir() or (given / MANIFEST).exists():
        return given
    stem = f"lapak-{now.astimezone(UTC):{STAMP}}"
    names = (f"{stem}{f'-{n}' if n else ''}.tar" for n in count())
    return next(given / name for name in names if not (given / name).exists())


def source(given: Path) -> Path:
    """What to restore: a backup, or the newest in a folder of backups.

    Raises `BackupRefused` for a folder that holds none.
    """
    if not given.is_dir() or (given / MANIFEST).exists():
        return given
    found = sorted(_in(given))
    if not found:
        raise BackupRefused(f"{given} is no backup and holds none (lapak-….tar).")
    return found[-1][1]


def drop_older(folder: Path, days: int, now: datetime) -> list[Path]:
    """Removes the folder's backups of more than so many days ago, but never the newest; which.

    What cut-off backups left goes too.
    """
    old = [path for made, path in sorted(_in(folder))[:-1] if now - made > timedelta(days=days)]
    for path in old:
        path.unlink()
    return old + _drop_unfinished(folder, now)


def _drop_unfinished(folder: Path, now: datetime) -> list[Path]:
    gone = []
    for path in folder.iterdir():
        found = UNFINISHED.fullmatch(path.name)
        if found and path.is_dir() and now - _made(found[1]) > UNFINISHED_KEPT:
            shutil.rmtree(path)
            gone.append(path)
    return gone


def restored_notes(folder: DataFolder) -> list[str]:
    """What to say of days that wait for their last numbers (`store.paused`)."""
    return [waiting_note(*day) for day in paused_days(folder.paused).items()]


def waiting_note(stream: Stream, last: LastNumbers) -> str:
    """What such a day waits for."""
    return (
        f"{stream} may have given numbers that its log does not know (the last it knows:"
        f" {_last_numbers(last)}). It gives none and calls nobody until the guard or a supervisor"
        " has said, on their page, the last number of each letter."
    )


def _last_numbers(last: LastNumbers) -> str:
    """The last number of each letter, as on paper."""
    return ", ".join(f"{letter}-{number:03}" for letter, number in last.items()) or "none"


def _in(folder: Path) -> Iterator[tuple[datetime, Path]]:
    for path in folder.iterdir():
        if found := NAME.fullmatch(path.name):
            yield _made(found[1]), path


def _made(stamp: str) -> datetime:
    return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
