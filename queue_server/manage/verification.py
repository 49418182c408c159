"""`lapak verify`: reads every stream, checks its chain, and folds each service day again.

What cannot be folded was never written by this program. Must not know terminals; it hands each
finding on as it comes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from queue_server.domain.fold import BrokenInvariant, refold
from queue_server.store.log import SERVICE_DAY, Log, Record, Stream
from queue_server.store.verify import checked


@dataclass(frozen=True, slots=True)
class Finding:
    """One stream, verified. `damage` is a sentence, or None where all is as it was written."""

    stream: Stream
    number: int
    total: int
    events: int
    head: str
    damage: str | None


async def verified(log: Log, branch: str | None = None) -> AsyncIterator[Finding]:
    """A finding for each stream, by its name. Raises `StoreUnavailable`."""
    async for one in checked(log, branch):
        damage = one.damage
        if damage is None and one.stream.kind == SERVICE_DAY:
            damage = _told(one.stream, one.records)
        head = one.rows[-1].hash if one.rows else ""
        yield Finding(one.stream, one.number, one.total, len(one.rows), head, damage)


def _told(stream: Stream, records: Sequence[Record]) -> str | None:
    """Does the log still tell the day it is filed under?"""
    try:
        day = refold(record.event for record in records)
    except BrokenInvariant as broken:
        return f"{stream}: does not fold: {broken}"
    if (day.branch, day.date) != (stream.branch, stream.day):
        return f"{stream}: tells of {day.branch}/{day.date} instead"
    return None
