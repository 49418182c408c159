"""`lapak verify`, `backup`, `restore`, `export`: what is proven, carried away and brought back."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from queue_server.manage.cli import EXIT_FAILED, Data, in_sentences, say, settings_of, warn
from queue_server.manage.export import Format

if TYPE_CHECKING:
    from queue_server.manage.verification import Finding
    from queue_server.store.sql import SqlLog

BACKUP_KEPT_DAYS_MAX = 30
"""Personal data are promised to be gone from backups by then."""
BACKUP_KEPT_DAYS = 14
"""Long enough to notice damage; leaves room for copies elsewhere within the 30."""

Branch = Annotated[str | None, typer.Option(help="Only this branch.")]


@in_sentences
def verify(branch: Branch = None, data: Data = None) -> None:
    """Refold every day and check the chain.

    Reads while the server runs. Exit status 0: every day is as it was written; 1: some is not.

    Example: lapak verify
    """
    findings, lost = asyncio.run(_verify(data, branch))
    damaged = [*(each.damage for each in findings if each.damage), *lost]
    for damage in damaged:
        warn(f"DAMAGED  {damage}")
    events = sum(each.events for each in findings)
    for name in sorted({each.stream.branch for each in findings}):
        last = [each for each in findings if each.stream.branch == name][-1]
        say(f"{name}: up to {last.stream.day}, head {last.head or 'unknown'}")
    if damaged:
        warn(f"{_count(len(damaged), 'fault')} in {_count(len(findings), 'day')}.")
        warn("Keep this folder as it is, and restore the newest backup that verifies elsewhere.")
        raise typer.Exit(EXIT_FAILED)
    if not findings:
        say("No day has been opened yet: there is nothing to verify.")
        return
    days = _count(len(findings), "day")
    say(f"{days}, {_count(events, 'event')}: all as they were written.")


async def _verify(data: Data, branch: str | None) -> tuple[list[Finding], list[str]]:
    """All findings, and what was lost; shows how far it is while it reads."""
    from queue_server.manage.verification import verified
    from queue_server.store.folder import marks_in
    from queue_server.store.lost import lost

    settings = settings_of(data=data)
    # First: a server may be writing, and the log is never behind what was noted before.
    marks = marks_in(settings.data, settings.database)
    log = _log(data)
    findings = []
    try:
        with _progress() as progress:
            async for finding in verified(log, branch):
                findings.append(finding)
                progress(f"Refolding {finding.stream}", finding.number, finding.total)
        gone = await lost(log, marks)
    finally:
        await log.close()
    return findings, [said for stream, said in gone.items() if branch in (None, stream.branch)]


@in_sentences
def backup(
    dest: Annotated[
        Path, typer.Argument(help="A new folder, a new .tar, or a folder to put a .tar into.")
    ],
    keep_days: Annotated[
        int,
        typer.Option(
            min=1,
            max=BACKUP_KEPT_DAYS_MAX,
            help="Remove older backups from that folder; never the newest.",
        ),
    ] = BACKUP_KEPT_DAYS,
    data: Data = None,
) -> None:
    """Back up both databases, beside a running server.

    A backup holds accounts, keys and personal data: keep it as you keep the server, and no copy of
    it longer than 30 days. In a folder older ones are removed with every new one.

    Example: lapak backup /var/backups/lapak --keep-days 14
    """
    from queue_server.manage import keeping
    from queue_server.manage.sentences import Sorry
    from queue_server.store.backup import back_up

    settings = settings_of(data=data)
    if settings.database is not None:
        raise Sorry("This log is on PostgreSQL: back it up with pg_dump.")
    now = datetime.now(UTC)
    target = keeping.target(dest, now)
    with _progress() as progress:
        manifest = back_up(settings.data, target, now, progress)
    say(f"{target}: {_count(len(manifest.days), 'day')}")
    if dest.is_dir() and target.parent == dest:
        for old in keeping.drop_older(dest, keep_days, now):
            say(f"removed {old.name}: its time is over (--keep-days {keep_days})")


@in_sentences
def restore(
    src: Annotated[Path, typer.Argument(help="A backup, or a folder of backups: then its newest.")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace what the data folder holds.")
    ] = False,
    data: Data = None,
) -> None:
    """Bring a backup back into a data folder.

    The server must be stopped. What was due for erasure since is erased first, the chain is
    checked, and everybody signs in again. A day that was open, or may have been opened since,
    gives no number and calls nobody until the guard or a supervisor has said, on their page,
    the last number of each letter: so that no number on paper comes twice.

    Example: lapak restore /var/backups/lapak --data /var/lib/lapak
    """
    from queue_server.manage import keeping
    from queue_server.store.restore import restore as bring_back

    settings = settings_of(data=data)
    source = keeping.source(src)
    with _progress() as progress:
        restored = bring_back(
            source, settings.data, datetime.now(UTC), overwrite=overwrite, progress=progress
        )
    made = f"{restored.manifest.made_at:%Y-%m-%d %H:%M} UTC"
    say(f"{settings.data} holds what {source} held at {made}.")
    say(f"{_count(len(restored.manifest.days), 'day')}, all as they were written.")
    for stream, last in restored.paused.items():
        warn(keeping.waiting_note(stream, last))


@in_sentences
def export(
    branch: Branch = None,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only this day.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="JSON lines, or CSV.")] = Format.JSONL,
    data: Data = None,
) -> None:
    """Write the log to standard output.

    Every event, as JSON lines or CSV. The log holds no personal data.

    Example: lapak export --branch bontang --day 2026-11-23 --format csv > bontang.csv
    """
    from queue_server.manage.export import export as write

    # Whatever the terminal speaks: a table begins with a mark that says it is UTF-8.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")

    async def work() -> int:
        log = _log(data)
        try:
            only = day.date() if day else None
            return await write(log, sys.stdout, form, branch=branch, day=only)
        finally:
            await log.close()

    if asyncio.run(work()) == 0:
        warn("Nothing to export: no such branch or day, or nothing happened yet.")


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr for something long: tell it what, how many are done, of how many."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("", total=None)

        def tell(what: str, done: int, total: int) -> None:
            bars.update(bar, description=what, completed=done, total=total)

        yield tell


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"


def _log(data: Data) -> SqlLog:
    """The log for looking only: a server may be writing it."""
    from queue_server.store.folder import open_log_for_reading

    settings = settings_of(data=data)
    return open_log_for_reading(settings.data, settings.database)
