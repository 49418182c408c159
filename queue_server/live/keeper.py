"""What time brings to a branch: its day opens, numbers lapse, waits grow, a store comes back.

Must not know how any of it is done.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog

from queue_server.clock import Clock
from queue_server.domain.commands import Command, LapseUnproven, OpenDay
from queue_server.domain.decide import settle
from queue_server.domain.refusals import Refusal
from queue_server.live.change_of_day import SYSTEM
from queue_server.live.day import Done
from queue_server.live.openings import next_hour, opening_due
from queue_server.live.outcome import Unavailable
from queue_server.live.today import Today
from queue_server.settings import Settings

log = structlog.get_logger(__name__)


class Keeper:
    """Looks after one branch."""

    def __init__(
        self,
        today: Today,
        do: Callable[[Command], Awaitable[Done | Refusal]],
        clock: Clock,
        settings: Settings,
        *,
        around_the_clock: bool,
    ) -> None:
        """`around_the_clock`: the day opens at start and at each of the branch's midnights."""
        self._today = today
        self._do = do
        self._clock = clock
        self._settings = settings
        self._around_the_clock = around_the_clock

    async def keep(self, first_pause_s: float) -> None:
        """Looks after the branch for ever. Cancelling ends it; what it began is carried through."""
        pause_s = first_pause_s
        while True:
            await self._clock.sleep(pause_s)
            try:
                await self.look_after()
                pause_s = self._pause_s()
            except Exception:  # a bug of ours: the branch must open tomorrow all the same
                log.exception("keeping_failed", branch=self._branch)
                pause_s = self._settings.tick_s

    async def look_after(self) -> None:
        """Does what is due now: an opening, lapses, catching up with the log; shows the waits."""
        try:
            if self._opening_due():
                await self._do(OpenDay(by=SYSTEM))
            if self._something_due():
                await self._do(LapseUnproven(by=SYSTEM))
        except Unavailable as why:
            log.warning("not_looked_after", branch=self._branch, why=str(why))
        self._today.show()

    @property
    def _branch(self) -> str:
        return self._today.plan.branch

    def _opening_due(self) -> bool:
        today, runner = self._today, self._today.runner
        if runner.paused and runner.stream.day == today.date:
            return False
        now, around = self._clock.now(), self._around_the_clock
        return opening_due(today.plan, runner.state, now, around_the_clock=around)

    def _something_due(self) -> bool:
        runner = self._today.runner
        due = runner.uncertain or settle(runner.state, self._clock.now())
        return bool(due) and not runner.paused

    def _pause_s(self) -> float:
        """Until the next look: the next hour of the plan, a tick, or soon where something waits."""
        settings, now = self._settings, self._clock.now()
        soon = self._today.runner.uncertain or self._opening_due()
        to_next_hour_s = (next_hour(self._today.plan, now) - now).total_seconds()
        return min(to_next_hour_s, settings.day_retry_s if soon else settings.tick_s)
