"""One day of a branch as its log tells it, whether it is still going on or long over.

Says whether the chain holds, too. A closed day's figures are kept with the hash they were worked
out from: where that is still the day's last, it need not be folded again. For looking only. Must
not know who looks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from queue_server.domain.fold import BrokenInvariant, refold
from queue_server.domain.model import BranchDay, DayState
from queue_server.reports.figures import Report, report
from queue_server.reports.kept_figures import KeptFigures
from queue_server.store.log import Damaged, Derived, Log, Record, Stream


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

    def __init__(self, log: Log, derived: Derived) -> None:
        self._log = log
        self._figures = KeptFigures(derived)

    async def day(self, branch: str, day: date, at: datetime | None = None) -> Told:
        """A day that still goes on as of a moment (None: of its last event).

        Raises `StoreUnavailable`. Cancelling does no harm.
        """
        stream = Stream(branch, day)
        try:
            records = await self._log.read(stream)
        except Damaged as found:
            return Told((), str(found), None)
        if not records:
            return Told((), None, None)
        told = await self.figures(stream, records, at)
        if isinstance(told, str):
            return Told(records, told, None)
        previous_head = records[0].event.previous_head
        return Told(records, await self._loose_from_the_day_before(stream, previous_head), told)

    async def figures(
        self, stream: Stream, records: Sequence[Record], at: datetime | None = None
    ) -> Report | str:
        """Of a whole day's records, or why they cannot be believed; those of a closed day are kept.

        Raises `StoreUnavailable`. Cancelling does no harm.
        """
        head = records[-1].hash
        kept = await self._figures.of(stream, head)
        if kept is not None:
            return kept
        found = await asyncio.to_thread(_worked_out, stream, records, at)
        if isinstance(found, str):
            return found
        figures, closed = found
        if closed:
            await self._figures.keep(stream, head, figures)
        return figures

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


def _worked_out(
    stream: Stream, records: Sequence[Record], at: datetime | None
) -> tuple[Report, bool] | str:
    """The figures and whether the day is closed, or why its log cannot be believed."""
    day = _folded(stream, records)
    if isinstance(day, str):
        return day
    figures = report(day, [record.event for record in records], at)
    return figures, day.state is DayState.CLOSED


def _folded(stream: Stream, records: Sequence[Record]) -> BranchDay | str:
    """The day, or why its log cannot be believed."""
    try:
        day = refold(record.event for record in records)
    except BrokenInvariant as broken:
        return f"{stream}: does not fold: {broken}"
    if (day.branch, day.date) != (stream.branch, stream.day):
        return f"{stream}: tells of {day.branch}/{day.date} instead"
    return day
