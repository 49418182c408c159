"""`lapak verify`, `backup`, `restore`, `export`: what is proven, carried away and brought back."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from queue_server.manage.cli import Data, in_sentences, settings_of, warn
from queue_server.manage.export import Format

if TYPE_CHECKING:
    from queue_server.store.sql import SqlLog

Branch = Annotated[str | None, typer.Option(help="Only this branch.")]


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

    async def work() -> int:
        log = _log(data)
        try:
            only = day.date() if day else None
            return await write(log, sys.stdout, form, branch=branch, day=only)
        finally:
            await log.close()

    if asyncio.run(work()) == 0:
        warn("Nothing to export: no such branch or day, or nothing happened yet.")


def _log(data: Data) -> SqlLog:
    """The log for looking only: a server may be writing it."""
    from queue_server.store.folder import open_log_for_reading

    settings = settings_of(data=data)
    return open_log_for_reading(settings.data, settings.database)
