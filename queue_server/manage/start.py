"""Before a server starts: the demo made where one is asked for, and warnings somebody should read.

None of the warnings stops a start: a branch that calls by a wrong clock still calls in order.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from queue_server.manage import demo
from queue_server.manage.reach import opened
from queue_server.settings import Settings
from queue_server.store.folder import DataFolder, disk_note, sqlite_note

HashPassword = Callable[[str], Awaitable[str]]

NO_BRANCH: Final = (
    "There is no branch here yet, so nobody can take a number. To make one: lapak init"
)


async def prepare(settings: Settings, hash_password: HashPassword) -> list[str]:
    """What to warn of. Makes the demo where it is asked for and not there yet.

    Raises `Sorry`, `NotADemo`, `StoreUnavailable`. Must run before the server takes the folder.
    """
    now = datetime.now(UTC)
    # Before anything is written: opening the stores touches the files that tell the time.
    warnings = machine_notes(settings, now)
    async with await opened(settings) as stores:
        if settings.demo:
            await demo.make_once(settings.data, stores.log, stores.people, hash_password, now)
        elif not await stores.log.plans():
            warnings.append(NO_BRANCH)
    return warnings


def machine_notes(settings: Settings, now: datetime) -> list[str]:
    """What about this machine wants somebody to look: its clock, its disk, its SQLite."""
    folder = DataFolder(settings.data)
    written = (folder.queue_db, Path(f"{folder.queue_db}-wal"), Path(__file__))
    notes = [clock_note(written, now, settings.clock_behind_warn_s)]
    if settings.data.exists():
        notes.append(disk_note(settings.data))
    if settings.database is None and not settings.demo:
        notes.append(sqlite_note())
    return [note for note in notes if note]


def clock_note(written: Iterable[Path], now: datetime, behind_s: int) -> str | None:
    """A warning when files were written later than the clock says it is; else None.

    A machine without a battery wakes up in the past, and would open the wrong day.
    """
    times = [path.stat().st_mtime for path in written if path.exists()]
    newest = datetime.fromtimestamp(max(times), UTC) if times else now
    if (newest - now).total_seconds() <= behind_s:
        return None
    return (
        f"The clock says {now:%Y-%m-%d %H:%M} UTC, but something here was written at"
        f" {newest:%Y-%m-%d %H:%M} UTC. Set it right (timedatectl), or hours and waits are wrong."
    )
