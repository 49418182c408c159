"""The log as lines: JSON for programs, CSV for a spreadsheet. It holds no personal data.

A cell of the CSV never begins a formula, whatever somebody managed to get into the log.
"""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from datetime import date
from enum import StrEnum
from typing import Any, TextIO

import msgspec

from queue_server.look.cells import cell
from queue_server.store.log import SERVICE_DAY, ChainRow, Log, Stream

COLUMNS = ("branch", "day", "seq", "at", "event", "by", "number", "counter", "rest", "hash")


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"


async def export(
    log: Log, out: TextIO, form: Format, *, branch: str | None = None, day: date | None = None
) -> int:
    """Writes every event of the chosen days, by the streams' names; how many. Raises `Damaged`."""
    count = 0
    table = csv.writer(out) if form is Format.CSV else None
    if table:
        table.writerow(COLUMNS)
    async for stream, row in _rows(log, branch, day):
        if table:
            table.writerow([cell(value) for value in _cells(stream, row)])
        else:
            out.write(_line(stream, row) + "\n")
        count += 1
    return count


async def _rows(
    log: Log, branch: str | None, day: date | None
) -> AsyncIterator[tuple[Stream, ChainRow]]:
    """Of streams of every kind: what is stored is handed out unread."""
    for stream in await log.streams(branch, kind=None):
        if day is None or stream.day == day:
            for row in await log.rows(stream):
                yield stream, row


def _line(stream: Stream, row: ChainRow) -> str:
    line = {
        "branch": stream.branch,
        "day": stream.day,
        **({} if stream.kind == SERVICE_DAY else {"kind": stream.kind}),
        "seq": row.seq,
        "hash": row.hash,
        "event": msgspec.Raw(row.stored),
    }
    return msgspec.json.encode(line).decode()


def _cells(stream: Stream, row: ChainRow) -> list[object]:
    event: dict[str, Any] = msgspec.json.decode(row.stored)
    known = [event.pop(key, None) for key in ("at", "event", "by", "number", "counter")]
    event.pop("v", None)
    if stream.kind != SERVICE_DAY:
        event["stream"] = stream.kind
    rest = msgspec.json.encode(event).decode() if event else ""
    return [stream.branch, stream.day, row.seq, *known, rest, row.hash]
