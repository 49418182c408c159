"""`lapak verify`: reads every day, checks its chain, and folds it again from its first event.

What cannot be folded was never written by this program. Must not know terminals; it hands each
finding on as it comes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from queue_server.domain.fold import BrokenInvariant, refold
from queue_server.store.log import Log, Record, Stream
from queue_server.store.verify import checked_days


@dataclass(frozen=True, slots=True)
class Finding:
    """One day, verified. `damage` is a sentence, or None where all is as it was written."""

    stream: Stream
    number: int
    total: int
    events: int
    head: str
    damage: str | None


async def verified(log: Log, branch: str | None = None) -> AsyncIterator[Finding]:
    """A finding for each branch day, by branch and day. Raises `StoreUnavailable`."""
    async for day in checked_days(log, branch):
        damage = day.damage or _told(day.stream, day.records)
        head = day.records[-1].hash if day.records else ""
        yield Finding(day.stream, day.number, day.total, len(day.records), head, damage)


def _told(stream: Stream, records: Sequence[Record]) -> str | None:
    """Does the log still tell the day it is filed under?"""
    try:
        day = refold(record.event for record in records)
    except BrokenInvariant as broken:
        return f"{stream}: does not fold: {broken}"
    if (day.branch, day.date) != (stream.branch, stream.day):
        return f"{stream}: tells of {day.branch}/{day.date} instead"
    return None
