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
from queue_server.store.log import Log, Record, Stream

COLUMNS = ("branch", "day", "seq", "at", "event", "by", "number", "counter", "rest", "hash")


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"


async def export(
    log: Log, out: TextIO, form: Format, *, branch: str | None = None, day: date | None = None
) -> int:
    """Writes every event of the chosen days, by branch and day; how many. Raises `Damaged`."""
    count = 0
    table = csv.writer(out) if form is Format.CSV else None
    if table:
        table.writerow(COLUMNS)
    async for stream, record in _records(log, branch, day):
        if table:
            table.writerow([cell(value) for value in _row(stream, record)])
        else:
            out.write(_line(stream, record) + "\n")
        count += 1
    return count


async def _records(
    log: Log, branch: str | None, day: date | None
) -> AsyncIterator[tuple[Stream, Record]]:
    for stream in await log.streams(branch):
        if day is None or stream.day == day:
            for record in await log.read(stream):
                yield stream, record


def _line(stream: Stream, record: Record) -> str:
    line = {
        "branch": stream.branch,
        "day": stream.day,
        "seq": record.seq,
        "hash": record.hash,
        "event": msgspec.Raw(record.stored),
    }
    return msgspec.json.encode(line).decode()


def _row(stream: Stream, record: Record) -> list[object]:
    event: dict[str, Any] = msgspec.json.decode(record.stored)
    known = [event.pop(key, None) for key in ("at", "event", "by", "number", "counter")]
    event.pop("v", None)
    rest = msgspec.json.encode(event).decode() if event else ""
    return [stream.branch, stream.day, record.seq, *known, rest, record.hash]
