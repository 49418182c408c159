"""Which day of a branch is in charge: its runner, the gate before it, and what others see of it.

Must not know when a day opens or how one follows another (`change_of_day`), how a command is
decided or stored (the runner's), nor who watches (the hub's).
"""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog

from queue_server.clock import Clock
from queue_server.domain.commands import Command
from queue_server.domain.events import Event
from queue_server.domain.fold import BrokenInvariant
from queue_server.domain.model import BranchDay, DayState
from queue_server.domain.plan import BranchPlan
from queue_server.domain.refusals import Code, Refusal, refuse
from queue_server.live.day import DAY, DayLedger, Done
from queue_server.live.handing_on import fits
from queue_server.live.memory import Chapter, continued
from queue_server.live.openings import lags, local_date, runs_ahead
from queue_server.live.outcome import Unavailable, Why
from queue_server.live.restored import Restored
from queue_server.live.runner import Ears, Runner
from queue_server.live.shelf import Alarm, OnShelf, Shelf
from queue_server.live.tasks import Crew
from queue_server.settings import Settings
from queue_server.store.log import Damaged, Log, RequestMark, Stream

log = structlog.get_logger(__name__)

DayChapter = Chapter[BranchDay, Done]
DayRunner = Runner[BranchDay, Command, Event, Done]


@dataclass(frozen=True, slots=True)
class Tools:
    """What every branch works with."""

    store: Log
    clock: Clock
    settings: Settings
    shelf: Shelf
    publish: Callable[[str], None]
    committed: Callable[[Stream], None]
    """As `Ears.committed`."""
    crew: Crew
    """Owns the runners and what must be carried through."""
    restored: Restored


class Today:
    """The day in charge of one branch; `wake` it before anything else."""

    def __init__(self, plan: BranchPlan, tools: Tools) -> None:
        self.plan = plan
        """The present plan: what the next day opens with, and today's as far as it could change."""
        self.runner: DayRunner
        self.earlier: DayChapter | None = None
        """The day before."""
        self._tools = tools
        self._gate: asyncio.Future[None] | None = None
        self._at_gate = 0

    # Who is in charge

    async def wake(self) -> None:
        """Reads the newest day and the one before. Raises `StoreUnavailable`.

        A log that no longer tells a day pauses this branch, and no other.
        """
        streams = await self._tools.store.streams(self.plan.branch)
        newest = streams[-1] if streams else self.stream
        chapter = await self.read(newest)
        if chapter is not None and newest > self.stream and self._is_closed(chapter):
            # Of a clock that ran ahead once; by its own date it is opened again.
            come = [one for one in streams if one <= self.stream]
            newest = come[-1] if come else newest
            chapter = await self.read(newest)
        self.earlier = await self.before(newest)
        self.runner = self.begin(newest, chapter or self._unopened(newest), self.earlier)
        if chapter is None:
            self.runner.pause("its log cannot be read")
        self.show()

    @staticmethod
    def _is_closed(chapter: DayChapter) -> bool:
        return chapter.state.state is DayState.CLOSED

    async def before(self, stream: Stream) -> DayChapter | None:
        """The branch's day before that of a stream, where there is a readable one."""
        streams = await self._tools.store.streams(self.plan.branch)
        earlier = [one for one in streams if one < stream]
        return await self.read(earlier[-1]) if earlier else None

    @property
    def stream(self) -> Stream:
        """The day of the branch's calendar, whether or not it is the one in charge."""
        return Stream(self.plan.branch, self.date)

    @property
    def date(self) -> datetime.date:
        return local_date(self.plan, self._tools.clock.now())

    async def read(self, stream: Stream) -> DayChapter | None:
        """What a stream tells; None (said loudly) where it no longer tells a day."""
        try:
            events = await self._ledger(stream).read()
            return continued(DAY, self._unopened(stream), events)
        except (Damaged, BrokenInvariant):
            log.critical("log_unreadable", stream=str(stream), exc_info=True)
            return None

    def begin(self, stream: Stream, chapter: DayChapter, earlier: DayChapter | None) -> DayRunner:
        """A runner at work; it is not in charge by that."""
        tools = self._tools
        ears = Ears(self._put, self._publish, tools.committed)
        ledger = self._ledger(stream)
        runner = Runner(DAY, ledger, chapter, tools.clock, tools.settings, ears, earlier)
        tools.crew.start(runner.run(), f"runner of {stream}")
        return runner

    def begin_unopened(self) -> None:
        """A day that never opened has no log yet: it can begin anew under the present plan."""
        self.runner.stop()
        stream = self.stream
        self.runner = self.begin(stream, self._unopened(stream), self.earlier)

    def _unopened(self, stream: Stream) -> DayChapter:
        return Chapter(BranchDay(plan=self.plan, date=stream.day))

    def _ledger(self, stream: Stream) -> DayLedger:
        return DayLedger(self._tools.store, stream)

    # Commands

    async def do(self, command: Command, mark: RequestMark | None = None) -> Done | Refusal:
        """Hands a command to the day in charge. Raises `Unavailable`, `KeyReused`.

        Cancelling the caller changes nothing.
        """
        if self.waits_for_numbers(command) and not self.runner.repeat(mark):
            return refuse(Code.DAY_RESTORED)
        return await self.runner.do(command, mark)

    def waits_for_numbers(self, command: Command | None = None) -> bool:
        """Was today's open day restored, and is this command one of those that wait for that?"""
        held = self._tools.restored.holds(self.runner.stream, command)
        return held and self.runner.state.state is DayState.OPEN

    # The gate

    async def past_gate(self) -> None:
        """Waits while one day follows another. Raises `Unavailable` where too many wait already.

        Cancelling ends the wait only.
        """
        while self._gate is not None:
            if self._at_gate >= self._tools.settings.inbox_length_max:
                raise Unavailable(Why.BUSY)
            self._at_gate += 1
            try:
                await asyncio.shield(self._gate)
            finally:
                self._at_gate -= 1

    @asynccontextmanager
    async def shut_gate(self) -> AsyncIterator[None]:
        """Commands that come meanwhile wait."""
        self._gate = asyncio.get_running_loop().create_future()
        try:
            yield
        finally:
            self._gate.set_result(None)
            self._gate = None
            self.show()

    # What others see

    def show(self) -> None:
        """Puts the newest state on the shelf and tells the screens."""
        self._put()
        self._publish()

    def _put(self) -> None:
        """Puts the newest durable state where everybody reads; between two days there is none."""
        if self._gate is not None:
            return
        day = self.runner.state
        if day.state is DayState.CLOSED and day.plan != self.plan and fits(self.plan, day):
            day = day.scratch()
            day.plan = self.plan
        before = self.earlier.state if self.earlier else None
        self._tools.shelf.branches[self.plan.branch] = OnShelf(day, before, self._alarm)

    def _publish(self) -> None:
        """Tells the screens; those of a branch that is changing days are told at the end of it."""
        if self._gate is None:
            self._tools.publish(self.plan.branch)

    @property
    def _alarm(self) -> Alarm | None:
        if self.runner.paused:
            return Alarm.PAUSED
        if self.runner.uncertain:
            return Alarm.STORE
        if self.waits_for_numbers():
            return Alarm.DAY_RESTORED
        return self._out_of_step()

    def _out_of_step(self) -> Alarm | None:
        """Is the day in charge another one than the calendar's, and should not be?"""
        now, day = self._tools.clock.now(), self.runner.state
        if runs_ahead(self.plan, day, now):
            return Alarm.DAY_AHEAD
        return Alarm.OLD_DAY if lags(self.plan, day, now) else None
