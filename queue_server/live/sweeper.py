"""Forgetting in time: personal data of days that closed, and what was written for no ticket.

Knows when; what is erased, and how, is the people's store's business.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Protocol

import structlog

from queue_server.clock import Clock
from queue_server.domain.model import BranchDay
from queue_server.live.shelf import Shelf
from queue_server.live.tasks import Crew
from queue_server.settings import Settings

OPEN_DAYS_MAX = timedelta(days=7)
"""A day that nobody closes is no reason to keep anything: its hour comes all the same."""

log = structlog.get_logger(__name__)


class Erasing(Protocol):
    """What of the people's store the sweeper needs."""

    async def plan_erasure(self, branch: str, day: date, erase_at: datetime) -> None: ...

    async def erase_due(self, now: datetime) -> object: ...

    async def sweep_orphans(
        self, branch: str, day: date, known: Collection[str], before: datetime
    ) -> int: ...


class Sweeper:
    """Started and stopped by the application."""

    def __init__(self, shelf: Shelf, people: Erasing, clock: Clock, settings: Settings) -> None:
        self._shelf = shelf
        self._people = people
        self._clock = clock
        self._settings = settings
        self._crew = Crew()

    async def start(self) -> None:
        """Sweeps now and then from now on."""
        self._crew.start(self._run(), "sweeper")

    async def stop(self) -> None:
        """Ends at once: the next sweep does what this one leaves."""
        await self._crew.cancel()

    async def _run(self) -> None:
        while True:
            try:
                await self.sweep()
            except Exception:
                log.exception("sweep_failed")
            await self._clock.sleep(self._settings.sweep_s)

    async def sweep(self) -> None:
        """Plans the erasure of every day still shown, then erases what is due."""
        for shown in list(self._shelf.branches.values()):
            for day in (shown.day, shown.before):
                if day is not None and day.seq:
                    await self._plan(day)
                    await self._sweep_orphans(day)
        await self._people.erase_due(self._clock.now())

    async def _plan(self, day: BranchDay) -> None:
        """A closed day's hour is fixed; an open one's keeps moving ahead of it for a week.

        Every time anew: what is written after the close (a comment on the way home) goes with it.
        """
        kept = timedelta(hours=self._settings.personal_data_kept_h)
        ends = day.closed_at or self._clock.now()
        if day.opened_at is not None:
            ends = min(ends, day.opened_at + OPEN_DAYS_MAX)
        await self._people.plan_erasure(day.branch, day.date, ends + kept)

    async def _sweep_orphans(self, day: BranchDay) -> None:
        known = {ticket.ticket_id for ticket in day.tickets.values()}
        before = self._clock.now() - timedelta(seconds=self._settings.orphan_kept_s)
        await self._people.sweep_orphans(day.branch, day.date, known, before)
