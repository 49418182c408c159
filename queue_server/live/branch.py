"""One branch through its days: who runs today, opening, the change of days, what time brings.

Must not know how a command is decided or stored (the runner's), nor who watches (the hub's).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date

import structlog

from queue_server.clock import Clock
from queue_server.domain.commands import (
    ChangeSettings,
    CloseDay,
    Command,
    ContinueNumbers,
    LapseUnproven,
    OpenDay,
)
from queue_server.domain.decide import settle
from queue_server.domain.fold import BrokenInvariant
from queue_server.domain.model import BranchDay, DayState
from queue_server.domain.plan import BranchPlan
from queue_server.domain.refusals import Code, Refusal, refuse
from queue_server.live.handing_on import fits, handed_on
from queue_server.live.memory import Chapter, continued
from queue_server.live.openings import local_date, next_hour, opening_due
from queue_server.live.outcome import Done, Unavailable, Why
from queue_server.live.restored import Restored
from queue_server.live.runner import Runner
from queue_server.live.shelf import Alarm, Shelf, Shown
from queue_server.live.tasks import Crew
from queue_server.settings import Settings
from queue_server.store.log import Damaged, Log, RequestMark, StoreUnavailable, Stream

log = structlog.get_logger(__name__)

SYSTEM = "system"
"""Who does what nobody asked for."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What every branch works with."""

    store: Log
    clock: Clock
    settings: Settings
    shelf: Shelf
    publish: Callable[[str], None]
    crew: Crew
    """Owns the runners and what must be carried through."""
    restored: Restored


class Branch:
    """One branch; `wake` it before anything else."""

    def __init__(self, plan: BranchPlan, tools: Tools, *, around_the_clock: bool = False) -> None:
        self.plan = plan
        """The present plan: what the next day opens with, and today's as far as it could change."""
        self._tools = tools
        self._around_the_clock = around_the_clock
        self._changing = asyncio.Lock()
        self._gate: asyncio.Future[None] | None = None
        self._at_gate = 0
        self._old_day_busy = False
        self._stopping = False
        self._earlier: Chapter | None = None
        self._runner: Runner

    # Waking and ending

    async def wake(self) -> None:
        """Reads the newest day and the one before. Raises `StoreUnavailable`.

        A log that no longer tells a day pauses this branch, and no other.
        """
        streams = await self._tools.store.streams(self.plan.branch)
        if len(streams) > 1:
            self._earlier = await self._read(streams[-2])
        stream = streams[-1] if streams else Stream(self.plan.branch, self._today())
        chapter = await self._read(stream)
        self._runner = self._start(stream, chapter or self._unopened(stream), self._earlier)
        if chapter is None:
            self._runner.pause("its log cannot be read")
        self._show()

    async def _read(self, stream: Stream) -> Chapter | None:
        """What a stream tells; None (said loudly) where it no longer tells a day."""
        try:
            records = await self._tools.store.read(stream)
            return continued(self._unopened(stream), records)
        except (Damaged, BrokenInvariant):
            log.critical("log_unreadable", stream=str(stream), exc_info=True)
            return None

    def _unopened(self, stream: Stream) -> Chapter:
        return Chapter(BranchDay(plan=self.plan, date=stream.day))

    def _start(self, stream: Stream, chapter: Chapter, earlier: Chapter | None) -> Runner:
        tools = self._tools
        runner = Runner(
            stream,
            chapter,
            tools.store,
            tools.clock,
            tools.settings,
            self._put,
            self._publish,
            earlier,
        )
        tools.crew.start(runner.run(), f"runner of {stream}")
        return runner

    async def stop(self) -> None:
        """Takes no more; what was taken in is answered: the crew waits for that."""
        self._stopping = True
        async with self._changing:
            self._runner.stop()

    # Commands

    async def do(self, command: Command, mark: RequestMark | None = None) -> Done | Refusal:
        """Hands a command to the day in charge. Raises `Unavailable`, `KeyReused`.

        Cancelling the caller changes nothing. While one day follows another, commands wait for the
        new day instead of being refused by the old.
        """
        if isinstance(command, OpenDay):
            opening = self._open(command, mark)
            return await self._tools.crew.carry_through(opening, f"opening {self.plan.branch}")
        while self._gate is not None:
            await self._wait_at(self._gate)
        if isinstance(command, ContinueNumbers):
            going_on = self._continue_numbers(command, mark)
            return await self._tools.crew.carry_through(going_on, f"going on {self.plan.branch}")
        if self._waits_for_numbers(command) and not (mark and self._runner.repeat(mark)):
            return refuse(Code.DAY_RESTORED)
        return await self._runner.do(command, mark)

    async def _wait_at(self, gate: asyncio.Future[None]) -> None:
        if self._at_gate >= self._tools.settings.inbox_length_max:
            raise Unavailable(Why.BUSY)
        self._at_gate += 1
        try:
            await asyncio.shield(gate)
        finally:
            self._at_gate -= 1

    def _waits_for_numbers(self, command: Command | None = None) -> bool:
        """Was today's open day restored, and is this command one of those that wait for that?"""
        runner = self._runner
        held = self._tools.restored.holds(runner.stream, command)
        return held and runner.day.state is DayState.OPEN

    async def _continue_numbers(
        self, command: ContinueNumbers, mark: RequestMark | None
    ) -> Done | Refusal:
        """A restored day goes on as soon as its last numbers are durable."""
        async with self._changing:
            runner = self._runner
            repeated = runner.repeat(mark) if mark else None
            if repeated is not None:
                return repeated
            day = runner.day
            if not self._waits_for_numbers():
                on, state = day.date.isoformat(), day.state.value
                return refuse(Code.WRONG_STATE, what="day", name=on, state=state)
            answer = await runner.do(command, mark)
            if isinstance(answer, Done):
                self._tools.restored.over(runner.stream)
                self._show()
            return answer

    async def configure(
        self, plan: BranchPlan, by: str, save: Callable[[BranchPlan], Awaitable[None]]
    ) -> Refusal | None:
        """Makes a plan the present one: today's at once, as an event, and every later day's.

        Raises `Unavailable`, and what `save` raises. Cancelling the caller changes nothing.
        """
        return await self._tools.crew.carry_through(
            self._configure(plan, by, save), f"configuring {self.plan.branch}"
        )

    async def _configure(
        self, plan: BranchPlan, by: str, save: Callable[[BranchPlan], Awaitable[None]]
    ) -> Refusal | None:
        async with self._changing:
            day = self._runner.day
            opened = day.opened_at is not None
            if opened and (day.state is DayState.OPEN or day.date == self._today()):
                answer = await self._runner.do(ChangeSettings(plan=plan, by=by))
                if isinstance(answer, Refusal):
                    return answer
            await save(plan)
            self.plan = plan
            if not opened:
                self._begin_unopened()
            self._show()
            return None

    def _begin_unopened(self) -> None:
        """A day that never opened has no log yet: it can begin anew under the present plan."""
        self._runner.stop()
        stream = Stream(self.plan.branch, self._today())
        self._runner = self._start(stream, self._unopened(stream), self._earlier)

    # One day after another

    async def _open(self, command: OpenDay, mark: RequestMark | None) -> Done | Refusal:
        async with self._changing:
            if self._stopping:
                raise Unavailable(Why.STOPPING)
            repeated = self._runner.repeat(mark) if mark else None
            if repeated is not None:
                return repeated
            try:
                if self._today() > self._runner.stream.day:
                    async with self._shut_gate():
                        return await self._follow(command, mark)
                return await self._reopen(command, mark)
            except StoreUnavailable as why:
                raise Unavailable(Why.STORE) from why

    @asynccontextmanager
    async def _shut_gate(self) -> AsyncIterator[None]:
        """Commands that come meanwhile wait."""
        self._gate = asyncio.get_running_loop().create_future()
        try:
            yield
        finally:
            self._gate.set_result(None)
            self._gate = None
            self._show()

    async def _follow(self, command: OpenDay, mark: RequestMark | None) -> Done | Refusal:
        """The old day ends, today's begins; until that is durable the old one stays in charge."""
        old = self._runner
        busy = await self._end(old, command.by)
        self._old_day_busy = busy is not None
        if busy is not None:
            return busy
        stream = Stream(self.plan.branch, self._today())
        earlier = old.chapter if old.day.seq else self._earlier
        new = self._start(stream, await self._opened_before(stream), earlier)
        handed = replace(
            command,
            previous_head=await self._head(old.stream),
            learned=handed_on(old.day, self._tools.settings.learned_services_max),
        )
        try:
            return await new.do(handed, mark)
        finally:
            if new.day.seq:
                old.stop()
                self._runner, self._earlier = new, earlier
                self._tools.restored.over_before(stream)
            else:
                new.stop()

    async def _head(self, stream: Stream) -> str:
        """What the new day is chained to; nothing where the old one's end is unreadable."""
        try:
            return await self._tools.store.head(stream)
        except Damaged:
            log.critical("chain_broken", stream=str(stream), exc_info=True)
            return ""

    async def _end(self, old: Runner, by: str) -> Refusal | None:
        """Closes the old day; the refusal where somebody is still called or being served."""
        if old.paused or old.day.state is DayState.CLOSED:
            return None
        closed = await old.do(CloseDay(by=by))
        busy = isinstance(closed, Refusal) and closed.code is Code.DAY_BUSY
        return closed if isinstance(closed, Refusal) and busy else None

    async def _opened_before(self, stream: Stream) -> Chapter:
        """Today's chapter: empty, unless an opening that seemed to fail was written after all."""
        chapter = await self._read(stream)
        if chapter is None:
            raise Unavailable(Why.PAUSED)
        return chapter

    async def _reopen(self, command: OpenDay, mark: RequestMark | None) -> Done | Refusal:
        """Today's day again, under the present plan."""
        answer = await self._runner.do(command, mark)
        if isinstance(answer, Done) and self._runner.day.plan != self.plan:
            try:
                await self._runner.do(ChangeSettings(plan=self.plan, by=SYSTEM))
            except Unavailable as why:
                log.warning("plan_not_renewed", branch=self.plan.branch, why=str(why))
        return answer

    # What time brings

    async def keep(self, first_pause_s: float) -> None:
        """Looks after the branch for ever. Cancelling ends it; what it began is carried through."""
        pause_s = first_pause_s
        while True:
            await self._tools.clock.sleep(pause_s)
            try:
                await self.look_after()
                pause_s = self._pause_s()
            except Exception:  # a bug of ours: the branch must open tomorrow all the same
                log.exception("keeping_failed", branch=self.plan.branch)
                pause_s = self._tools.settings.tick_s

    async def look_after(self) -> None:
        """Does what is due now: an opening, lapses, catching up with the log; shows the waits."""
        try:
            if self._opening_due():
                await self.do(OpenDay(by=SYSTEM))
            else:
                self._old_day_busy = False
            if self._something_due():
                await self.do(LapseUnproven(by=SYSTEM))
        except Unavailable as why:
            log.warning("not_looked_after", branch=self.plan.branch, why=str(why))
        self._show()

    def _opening_due(self) -> bool:
        runner = self._runner
        if runner.paused and runner.stream.day == self._today():
            return False
        now = self._tools.clock.now()
        around = self._around_the_clock
        return opening_due(self.plan, runner.day, now, around_the_clock=around)

    def _something_due(self) -> bool:
        runner = self._runner
        due = runner.uncertain or settle(runner.day, self._tools.clock.now())
        return bool(due) and not runner.paused

    def _pause_s(self) -> float:
        """Until the next look: the next hour of the plan, a tick, or soon where something waits."""
        settings, now = self._tools.settings, self._tools.clock.now()
        soon = self._runner.uncertain or self._opening_due()
        to_next_hour_s = (next_hour(self.plan, now) - now).total_seconds()
        return min(to_next_hour_s, settings.day_retry_s if soon else settings.tick_s)

    # What others see

    def _today(self) -> date:
        return local_date(self.plan, self._tools.clock.now())

    @property
    def _alarm(self) -> Alarm | None:
        if self._runner.paused:
            return Alarm.PAUSED
        if self._runner.uncertain:
            return Alarm.STORE
        if self._waits_for_numbers():
            return Alarm.DAY_RESTORED
        return Alarm.OLD_DAY_BUSY if self._old_day_busy else None

    def _show(self) -> None:
        self._put()
        self._publish()

    def _put(self) -> None:
        """Puts the newest durable state where everybody reads; between two days there is none."""
        if self._gate is not None:
            return
        day = self._runner.day
        if day.state is DayState.CLOSED and day.plan != self.plan and fits(self.plan, day):
            day = day.scratch()
            day.plan = self.plan
        before = self._earlier.day if self._earlier else None
        self._tools.shelf.branches[self.plan.branch] = Shown(day, before, self._alarm)

    def _publish(self) -> None:
        """Tells the screens; those of a branch that is changing days are told at the end of it."""
        if self._gate is None:
            self._tools.publish(self.plan.branch)
