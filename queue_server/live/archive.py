"""One day of a branch as its log tells it, whether it is still going on or long over.

Says whether the chain holds, too. For looking only: what is served comes from the shelf. Must not
know who looks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from queue_server.domain.fold import BrokenInvariant, refold
from queue_server.domain.model import BranchDay
from queue_server.live.report import Report, report
from queue_server.store.log import Damaged, Log, Record, Stream


@dataclass(frozen=True, slots=True)
class Told:
    """A day as its log tells it. `damage` is a sentence for whoever owns the machine, None where
    all is as it was written; `report` is None where nothing happened or nothing can be believed.
    """

    records: Sequence[Record]
    damage: str | None
    report: Report | None

    @property
    def head(self) -> str:
        """The hash all of it hangs on; empty for an empty day."""
        return self.records[-1].hash if self.records else ""


class Archive:
    """Reads days from the log."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def day(self, branch: str, day: date) -> Told:
        """Raises `StoreUnavailable`. Cancelling does no harm."""
        stream = Stream(branch, day)
        try:
            records = await self._log.read(stream)
        except Damaged as found:
            return Told((), str(found), None)
        if not records:
            return Told((), None, None)
        folded = await asyncio.to_thread(_folded, stream, records)
        if isinstance(folded, str):
            return Told(records, folded, None)
        damage = await self._loose_from_the_day_before(stream, folded.previous_head)
        told = report(folded, [record.event for record in records])
        return Told(records, damage, told)

    async def _loose_from_the_day_before(self, stream: Stream, previous_head: str) -> str | None:
        """Does the day's opening carry a hash of the branch's day before?"""
        earlier = [one for one in await self._log.streams(stream.branch) if one < stream]
        if not earlier:
            return f"{stream}: record 1 follows a day that is not here" if previous_head else None
        before = earlier[-1]
        if await self._log.head(before) == previous_head:
            return None
        # A day may still end after the next one began: then it is an earlier hash of it.
        try:
            hashes = {record.hash for record in await self._log.read(before)}
        except Damaged as found:
            return str(found)
        if previous_head in hashes:
            return None
        return f"{stream}: record 1 does not follow {before}, which was changed or cut short"


def _folded(stream: Stream, records: Sequence[Record]) -> BranchDay | str:
    """The day, or why its log cannot be believed."""
    try:
        day = refold(record.event for record in records)
    except BrokenInvariant as broken:
        return f"{stream}: does not fold: {broken}"
    if (day.branch, day.date) != (stream.branch, stream.day):
        return f"{stream}: tells of {day.branch}/{day.date} instead"
    return day
