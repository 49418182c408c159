"""Days that start paused: they were open in the backup that their data folder was restored from, or
may have been opened after it was made; or their log lost its end.

Numbers may have been handed out that such a log does not know. So the day waits until somebody in
the hall has said, per letter, what the last number on paper is. Kept as `paused.json` in the data
folder; must not know who asks, nor how numbers are skipped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from queue_server.domain.events import NumbersContinued, TicketIssued
from queue_server.store.log import Record, Stream

LastNumbers = Mapping[str, int]
"""By letter, the last number the log knows of."""


def paused_days(path: Path) -> dict[Stream, LastNumbers]:
    """The days that wait; usually none. `path` is `DataFolder.paused`."""
    try:
        days = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    return {Stream(one["branch"], date.fromisoformat(one["day"])): one["last"] for one in days}


def pause(path: Path, days: Mapping[Stream, LastNumbers]) -> None:
    """Lets exactly these days wait."""
    if not days:
        path.unlink(missing_ok=True)
        return
    rows = [
        {"branch": stream.branch, "day": stream.day.isoformat(), "last": dict(last)}
        for stream, last in sorted(days.items())
    ]
    beside = path.with_suffix(".new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(rows, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def last_numbers(day: Iterable[Record]) -> LastNumbers:
    """By letter, the last number these records know of."""
    last: dict[str, int] = {}
    for record in day:
        match record.event:
            case TicketIssued(number=text):
                letter, _, number = text.rpartition("-")
                last[letter] = int(number)
            case NumbersContinued(last=numbers):
                last.update(numbers)
    return last


def release(path: Path, stream: Stream) -> None:
    """This day may go on: its last numbers have been confirmed."""
    pause(path, {day: last for day, last in paused_days(path).items() if day != stream})
