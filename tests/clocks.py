"""A clock a test can be: time stands still until it is moved."""

from __future__ import annotations

import asyncio
import heapq
from datetime import UTC, datetime, timedelta
from itertools import count

TURNS = 40
"""How often the event loop goes round after each waking: enough for the log in memory to answer and
for screens to be told.
"""


class FakeClock:
    """`clock.Clock`; `advance` wakes sleepers one after another, in order of time."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._order = count()

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        wake_at = self._now + timedelta(seconds=seconds)
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (wake_at, next(self._order), sleeper))
        await sleeper

    async def advance(self, seconds: float) -> None:
        """Lets time pass, and everybody who sleeps do their work at their hour."""
        await self.until(self._now + timedelta(seconds=seconds))

    async def until(self, moment: datetime) -> None:
        """Lets time pass up to a moment, that moment included."""
        await turns()
        while self._sleepers and self._sleepers[0][0] <= moment:
            wake_at, _, sleeper = heapq.heappop(self._sleepers)
            if sleeper.done():
                continue
            self._now = max(self._now, wake_at)
            sleeper.set_result(None)
            await turns()
        self._now = moment.astimezone(UTC)
        await turns()

    def jump(self, to: datetime) -> None:
        """The machine's clock is set, forwards or back: nobody wakes by it, or sleeps on."""
        by = to - self._now
        self._sleepers = [(wake_at + by, nth, who) for wake_at, nth, who in self._sleepers]
        self._now = to.astimezone(UTC)


async def turns(number: int = TURNS) -> None:
    """Lets all other tasks take their turns."""
    for _ in range(number):
        await asyncio.sleep(0)
