"""What happened, as a table for a spreadsheet: the one way every export is written.

Whoever makes a table says what they know of a line; the columns are always these, so that tables
made at different places can be laid below each other. Must not know where lines come from.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, TextIO
from zoneinfo import ZoneInfo

import msgspec

from queue_server.look.cells import cell

COLUMNS: Final = (
    *("at", "branch", "day", "by", "who", "role", "kind", "what", "number", "counter", "about"),
    *("outcome", "seq", "rest", "hash"),
)
MARK: Final = "\ufeff"
"""Without it spreadsheets take UTF-8 for something older."""

Line = Mapping[str, object]


class TrailTable:
    """Lines into an open text file, after the mark and the names of the columns."""

    def __init__(self, out: TextIO) -> None:
        out.write(MARK)
        self._table = csv.writer(out)
        self._table.writerow(COLUMNS)

    def write(self, line: Line, zone: ZoneInfo) -> None:
        """One line; `at` as the branch's clocks show it, what is not known of it left empty."""
        at = line["at"]
        told = {**line, "at": local(at, zone)} if isinstance(at, datetime) else line
        self._table.writerow([cell(told.get(name)) for name in COLUMNS])

    def write_all(self, lines: Iterable[Line], zone: ZoneInfo) -> None:
        for line in lines:
            self.write(line, zone)


def local(at: datetime, zone: ZoneInfo) -> str:
    """A moment as the branch's clocks show it, with their distance from UTC."""
    return at.astimezone(zone).isoformat(timespec="milliseconds")


def rest_of(event: Mapping[str, Any]) -> str:
    """What an event says beyond the columns, as JSON; empty for nothing."""
    told = {"v", "at", "event", "by", "number", "counter"}
    rest = {name: value for name, value in event.items() if name not in told}
    return msgspec.json.encode(rest).decode() if rest else ""
