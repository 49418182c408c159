"""The log as lines: JSON for programs, CSV for a spreadsheet. It holds no personal data.

The CSV is the table that the audit page gives (`look.trail_table`), without what only people's
names and words could fill.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TextIO
from zoneinfo import ZoneInfo

import msgspec

from queue_server.look.trail_table import Line, TrailTable, rest_of
from queue_server.store import codec
from queue_server.store.log import SERVICE_DAY, ChainRow, Damaged, Log, Stream

_NO_ZONE: Final = ZoneInfo("UTC")


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"


async def export(
    log: Log, out: TextIO, form: Format, *, branch: str | None = None, day: date | None = None
) -> int:
    """Writes every event of the chosen days, by the streams' names; how many. Raises `Damaged`."""
    count = 0
    table = TrailTable(out) if form is Format.CSV else None
    zones = await _zones(log) if table else {}
    async for stream, row in _rows(log, branch, day):
        if table:
            table.write(_table_line(stream, row), zones.get(stream.branch, _NO_ZONE))
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


async def _zones(log: Log) -> dict[str, ZoneInfo]:
    """By branch, the clock its times are told by; a plan that cannot be read tells none."""
    zones = {}
    for branch, stored in (await log.plans()).items():
        with suppress(Damaged):
            zones[branch] = codec.decode_plan(stored).timezone()
    return zones


def _table_line(stream: Stream, row: ChainRow) -> Line:
    """What the log knows of itself: who somebody is and what codes mean is not in it."""
    event: dict[str, Any] = msgspec.json.decode(row.stored)
    if stream.kind != SERVICE_DAY:
        event["stream"] = stream.kind
    return {
        "at": msgspec.convert(event["at"], datetime),
        "branch": stream.branch,
        "day": stream.day,
        "by": event.get("by"),
        "kind": event["event"],
        "number": event.get("number"),
        "counter": event.get("counter"),
        "seq": row.seq,
        "rest": rest_of(event),
        "hash": row.hash,
    }
