"""Is the log what was written? Numbers, bytes, hashes within a stream of whatever kind, and the
heads from day to day.

Refolding is `manage`'s business: it gets each stream's records from `checked`. Must not know how a
day is folded.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from queue_server.domain.events import DayOpened
from queue_server.store import chain
from queue_server.store.codec import KINDS
from queue_server.store.log import SERVICE_DAY, ChainRow, Damaged, Log, Record, Stream

DayBefore = tuple[Stream, frozenset[str] | None] | None
"""The branch's day before and its hashes, None where it could not be read; None for a first day."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One stream, read and checked. `number` of `total` is how far it has come."""

    stream: Stream
    number: int
    total: int
    rows: Sequence[ChainRow] = ()
    """What is kept, where it is sound."""
    records: Sequence[Record] = ()
    """What it tells; nothing where this program does not know the kind of stream."""
    damage: str | None = None
    """What is wrong, naming stream and record; None when nothing is. Damaged bytes give no records.
    """


async def checked(log: Log, branch: str | None = None) -> AsyncIterator[Checked]:
    """Every stream of the log (or of one branch), by its name. Raises `StoreUnavailable`."""
    streams = await log.streams(branch, kind=None)
    before: DayBefore = None
    for number, stream in enumerate(streams, start=1):
        if before is not None and before[0].branch != stream.branch:
            before = None
        found = replace(await _read(log, stream), number=number, total=len(streams))
        if stream.kind == SERVICE_DAY:
            sound = found.damage is None
            damage = found.damage or broken_link(stream, found.records, before)
            found = replace(found, damage=damage)
            before = (stream, hashes_of(found.records) if sound else None)
        yield found


async def _read(log: Log, stream: Stream) -> Checked:
    """The stream by itself."""
    try:
        rows = await log.rows(stream)
        if stream.kind not in KINDS:
            return Checked(stream, 1, 1, rows)
        return Checked(stream, 1, 1, rows, chain.records(stream, rows))
    except Damaged as found:
        return Checked(stream, 1, 1, damage=str(found))


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
