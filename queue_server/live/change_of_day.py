"""One day of a branch after another: opening, following, reopening, a restored day that goes on, a
plan that becomes the present one.

What is here changes who or what is in charge, so one of it is done at a time. Must not know when
(`keeper`), nor how a command is decided or stored.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from queue_server.domain.commands import ChangeSettings, CloseDay, ContinueNumbers, OpenDay
from queue_server.domain.model import DayState
from queue_server.domain.plan import BranchPlan
from queue_server.domain.refusals import Code, Refusal, refuse
from queue_server.live.day import Done
from queue_server.live.handing_on import handed_on
from queue_server.live.outcome import Unavailable, Why
from queue_server.live.today import DayChapter, DayRunner, Today, Tools
from queue_server.store.log import Damaged, RequestMark, StoreUnavailable, Stream

log = structlog.get_logger(__name__)

SYSTEM = "system"
"""Who does what nobody asked for."""


class ChangeOfDay:
    """For one branch. Cancelling any of it may leave a change half done: it is carried through."""

    def __init__(self, today: Today, tools: Tools) -> None:
        self._today = today
        self._tools = tools
        self._changing = asyncio.Lock()
        self._stopping = False

    async def end(self) -> None:
        """No change any more, once the one under way is done; the day in charge takes no more."""
        self._stopping = True
        async with self._changing:
            self._today.runner.stop()

    # Opening

    async def open(self, command: OpenDay, mark: RequestMark | None = None) -> Done | Refusal:
        """Today's day, for the first time or again. Raises `Unavailable`, `KeyReused`."""
        async with self._changing:
            if self._stopping:
                raise Unavailable(Why.STOPPING)
            repeated = self._today.runner.repeat(mark)
            if repeated is not None:
                return repeated
            try:
                if self._today.date > self._today.runner.stream.day:
                    async with self._today.shut_gate():
                        return await self._follow(command, mark)
                return await self._reopen(command, mark)
            except StoreUnavailable as why:
                raise Unavailable(Why.STORE) from why

    async def _follow(self, command: OpenDay, mark: RequestMark | None) -> Done | Refusal:
        """The old day ends, today's begins; until that is durable the old one stays in charge."""
        today, old = self._today, self._today.runner
        busy = await self._close(old, command.by)
        today.old_day_busy = busy is not None
        if busy is not None:
            return busy
        stream = today.stream
        earlier = old.chapter if old.state.seq else today.earlier
        new = today.begin(stream, await self._opened_before(stream), earlier)
        handed = replace(
            command,
            previous_head=await self._head(old.stream),
            learned=handed_on(old.state, self._tools.settings.learned_services_max),
        )
        try:
            return await new.do(handed, mark)
        finally:
            if new.state.seq:
                old.stop()
                today.runner, today.earlier = new, earlier
                self._tools.restored.over_before(stream)
            else:
                new.stop()

    async def _close(self, old: DayRunner, by: str) -> Refusal | None:
        """Closes the old day; the refusal where somebody is still called or being served."""
        if old.paused or old.state.state is DayState.CLOSED:
            return None
        closed = await old.do(CloseDay(by=by))
        busy = isinstance(closed, Refusal) and closed.code is Code.DAY_BUSY
        return closed if isinstance(closed, Refusal) and busy else None

    async def _opened_before(self, stream: Stream) -> DayChapter:
        """Today's chapter: empty, unless an opening that seemed to fail was written after all."""
        chapter = await self._today.read(stream)
        if chapter is None:
            raise Unavailable(Why.PAUSED)
        return chapter

    async def _head(self, stream: Stream) -> str:
        """What the new day is chained to; nothing where the old one's end is unreadable."""
        try:
            return await self._tools.store.head(stream)
        except Damaged:
            log.critical("chain_broken", stream=str(stream), exc_info=True)
            return ""

    async def _reopen(self, command: OpenDay, mark: RequestMark | None) -> Done | Refusal:
        """Today's day again, under the present plan."""
        runner, plan = self._today.runner, self._today.plan
        answer = await runner.do(command, mark)
        if isinstance(answer, Done) and runner.state.plan != plan:
            try:
                await runner.do(ChangeSettings(plan=plan, by=SYSTEM))
            except Unavailable as why:
                log.warning("plan_not_renewed", branch=plan.branch, why=str(why))
        return answer

    # Going on

    async def continue_numbers(
        self, command: ContinueNumbers, mark: RequestMark | None
    ) -> Done | Refusal:
        """A restored day goes on as soon as its last numbers are durable.

        Raises `Unavailable`, `KeyReused`.
        """
        async with self._changing:
            runner = self._today.runner
            repeated = runner.repeat(mark)
            if repeated is not None:
                return repeated
            if not self._today.waits_for_numbers():
                on, state = runner.state.date.isoformat(), runner.state.state.value
                return refuse(Code.WRONG_STATE, what="day", name=on, state=state)
            answer = await runner.do(command, mark)
            if isinstance(answer, Done):
                self._tools.restored.over(runner.stream)
                self._today.show()
            return answer

    async def configure(
        self, plan: BranchPlan, by: str, save: Callable[[BranchPlan], Awaitable[None]]
    ) -> Refusal | None:
        """Makes a plan the present one: today's at once, as an event, and every later day's.

        Raises `Unavailable`, and what `save` raises.
        """
        async with self._changing:
            today, day = self._today, self._today.runner.state
            opened = day.opened_at is not None
            if opened and (day.state is DayState.OPEN or day.date == today.date):
                answer = await today.runner.do(ChangeSettings(plan=plan, by=by))
                if isinstance(answer, Refusal):
                    return answer
            await save(plan)
            today.plan = plan
            if not opened:
                today.begin_unopened()
            today.show()
            return None
