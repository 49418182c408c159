"""Now and sleep as a thing one can replace. Nothing else
in the house asks the machine for the time.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What a clock can do. `now` is aware, in UTC, in whole milliseconds."""

    def now(self) -> datetime: ...

    async def sleep(self, seconds: float) -> None:
        """Waits; cancelling it ends the wait and nothing else."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
