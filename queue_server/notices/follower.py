"""Follows the log and fills the outbox: at least once, and so that twice changes nothing.

Folds each day somebody watches once more for itself: what an event means depends on the ticket
before it. Where tickets stand it asks of the newest day, which may be ahead of what it has heard.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Final

from queue_server.domain.fold import apply
from queue_server.domain.model import BranchDay, Place, TicketState
from queue_server.live.tasks import Pace
from queue_server.notices.standing import STANDINGS
from queue_server.notices.telling import folded, standings
from queue_server.notices.watched import Watched
from queue_server.people import People
from queue_server.people.values.roads import Change
from queue_server.store.log import SERVICE_DAY, Log, Record, Stream

PAGE_RECORDS: Final = 200
SLICE_S: Final = 0.001
"""How long it keeps the loop to itself: calls are answered meanwhile."""


class Notices:
    """A follower of service days."""

    name: Final = "notices"
    kinds: Final = (SERVICE_DAY,)
    from_now: Final = True
    """Nobody is told of what happened before there was anybody to tell."""

    def __init__(
        self,
        log: Log,
        people: People,
        watched: Watched,
        newest: Callable[[str, date], BranchDay | None],
        now: Callable[[], datetime],
        put: Callable[[], None],
    ) -> None:
        """`newest`: a branch's day as it is now, while it is shown. `put`: told after the outbox
        was changed.
        """
        self._log, self._people, self._watched = log, people, watched
        self._newest, self._now, self._put = newest, now, put
        self._days: dict[Stream, BranchDay] = {}
        self._told: dict[Stream, dict[str, Place | None]] = {}
        """At which place each number was told where it stands."""

    def hurries(self, stream: Stream) -> bool:
        """Only for whoever is watched."""
        return bool(self._watched.of(stream))

    async def handle(self, stream: Stream, records: Sequence[Record]) -> None:
        """Raises `StoreUnavailable`, `Damaged`."""
        numbers = self._watched.of(stream)
        day = self._days.pop(stream, None)
        if not numbers:
            self._told.pop(stream, None)
            return
        if day is None or day.seq != records[0].seq - 1:
            day = await self._refolded(stream, records[0])
        changes = await _changes(day, records, numbers)
        # Where they stand first: what happened since takes back what is not so any more.
        await self._take(stream, self._standings(stream, numbers) + changes)
        self._days[stream] = day

    async def look(self, stream: Stream, number: str) -> None:
        """Tells where one number stands, at whatever place it was told before: somebody has just
        begun to watch it. Raises `StoreUnavailable`.
        """
        self._told.get(stream, {}).pop(number, None)
        await self._take(stream, self._standings(stream, (number,)))

    async def _take(self, stream: Stream, changes: Sequence[Change]) -> None:
        if not changes:
            return
        await self._people.put(changes, self._now())
        self._remember(stream, changes)
        self._put()

    def _remember(self, stream: Stream, changes: Sequence[Change]) -> None:
        newest = self._newest(stream.branch, stream.day)
        told = self._told.setdefault(stream, {})
        for said in (said for change in changes for said in change.said):
            ticket = newest.tickets.get(said.number) if newest else None
            if ticket is not None and said.occasion in STANDINGS:
                told[said.number] = ticket.place

    def _standings(self, stream: Stream, numbers: Collection[str]) -> list[Change]:
        day = self._newest(stream.branch, stream.day)
        if day is None:
            return []
        told, tickets = self._told.get(stream, {}), day.tickets
        waiting = [
            number
            for number in numbers
            if number in tickets and tickets[number].state is TicketState.WAITING
        ]
        news = [n for n in waiting if n not in told or told[n] != tickets[n].place]
        return list(standings(day, news, self._now())) if news else []

    async def _refolded(self, stream: Stream, first: Record) -> BranchDay:
        """The day before this record."""
        if first.seq == 1:
            return BranchDay(plan=first.event.plan, date=first.event.date)
        day: BranchDay | None = None
        pace = Pace(SLICE_S)
        while day is None or day.seq < first.seq - 1:
            after = day.seq if day else 0
            for record in await self._log.page(stream, after, PAGE_RECORDS):
                day = day or BranchDay(plan=record.event.plan, date=record.event.date)
                if record.seq < first.seq:
                    apply(day, record.event)
                if pace.used_up:
                    await pace.rest()
        return day


async def _changes(
    day: BranchDay, records: Sequence[Record], numbers: Collection[str]
) -> list[Change]:
    changes: list[Change] = []
    pace = Pace(SLICE_S)
    for record in records:
        changes += folded(day, record.event, numbers)
        if pace.used_up:
            await pace.rest()
    return changes
