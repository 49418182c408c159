"""Is the log what was written? Numbers, bytes, hashes within a day, and the heads from day to day.

Refolding is `manage`'s business: it gets each day's records from `checked_days`. Must not know how
a day is folded.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from queue_server.domain.events import DayOpened
from queue_server.store.log import Damaged, Log, Record, Stream

DayBefore = tuple[Stream, frozenset[str] | None] | None
"""The branch's day before and its hashes, None where it could not be read; None for a first day."""


@dataclass(frozen=True, slots=True)
class CheckedDay:
    """One branch day, read and checked. `number` of `total` is how far it has come."""

    stream: Stream
    number: int
    total: int
    records: Sequence[Record]
    damage: str | None
    """What is wrong, naming stream and record; None when nothing is. Damaged bytes give no records.
    """


async def checked_days(log: Log, branch: str | None = None) -> AsyncIterator[CheckedDay]:
    """Every day of the log (or of one branch), in order of branch and day. Raises
    `StoreUnavailable`.
    """
    streams = await log.streams(branch)
    before: DayBefore = None
    for number, stream in enumerate(streams, start=1):
        if before is not None and before[0].branch != stream.branch:
            before = None
        records: Sequence[Record] = ()
        try:
            records = await log.read(stream)
            damage = broken_link(stream, records, before)
            before = (stream, hashes_of(records))
        except Damaged as found:
            damage = str(found)
            before = (stream, None)
        yield CheckedDay(stream, number, len(streams), records, damage)


def hashes_of(records: Sequence[Record]) -> frozenset[str]:
    """Any of them may be what the next day's opening carries."""
    return frozenset(record.hash for record in records)


def broken_link(stream: Stream, records: Sequence[Record], before: DayBefore) -> str | None:
    """Does the day's opening carry a hash of the branch's day before? Then no tail of that was cut
    off.

    A hash of it, not only the last: a day may still be closed after the next one has begun.
    """
    if not records:
        return f"{stream}: empty"
    opened = records[0].event
    if not isinstance(opened, DayOpened):
        return f"{stream}: record 1 is no opening of the day"
    if before is None:
        if opened.previous_head:
            return f"{stream}: record 1 follows a day that is not here"
        return None
    earlier, hashes = before
    if hashes is not None and opened.previous_head not in hashes:
        return f"{stream}: record 1 does not follow {earlier}, which was changed or cut short"
    return None
