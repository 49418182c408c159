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

from queue_server.domain.commands import (
    ChangeSettings,
    ContinueNumbers,
    EndDay,
    OpenDay,
    OpenIntake,
)
from queue_server.domain.model import DayState
from queue_server.domain.plan import BranchPlan
from queue_server.domain.refusals import Code, Refusal, refuse
from queue_server.live.day import Done
from queue_server.live.handing_on import handed_on
from queue_server.live.openings import within_hours
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
                if self._today.date == self._today.runner.stream.day:
                    return await self._reopen(command, mark)
                async with self._today.shut_gate():
                    return await self._turn(command, mark)
            except StoreUnavailable as why:
                raise Unavailable(Why.STORE) from why

    async def _turn(self, command: OpenDay, mark: RequestMark | None) -> Done | Refusal:
        """The day in charge ends, today's begins or goes on; until that is durable the old one
        stays in charge. It was ahead of the calendar where a clock had been.
        """
        today, old = self._today, self._today.runner
        await self._end(old, command.by)
        stream = today.stream
        earlier = old.chapter if old.state.seq else today.earlier
        if old.stream > stream:
            earlier = await today.before(stream)
        new = today.begin(stream, await self._opened_before(stream), earlier)
        handed = replace(
            command,
            previous_head=await self._head_before(stream),
            learned=handed_on(old.state, self._tools.settings.learned_services_max),
        )
        try:
            answer = await new.do(handed, mark)
        finally:
            if new.state.seq:
                old.stop()
                today.runner, today.earlier = new, earlier
                self._tools.restored.over_before(stream)
            else:
                new.stop()
        if old.stream > stream:
            await self._give_numbers_again()
        return await self._under_present_plan(answer)

    async def _give_numbers_again(self) -> None:
        """Time stands still in a day whose end a clock had seen already: no hour opens its intake,
        so that hand which opened the day does.
        """
        if within_hours(self._today.plan, self._tools.clock.now()):
            await self._today.runner.do(OpenIntake(by=SYSTEM))

    async def _end(self, old: DayRunner, by: str) -> None:
        """Whoever is still called or served in the old day is forgotten; closed it may be already,
        by a hand that was quicker.
        """
        if not old.paused and old.state.state is DayState.OPEN:
            await old.do(EndDay(by=by))

    async def _opened_before(self, stream: Stream) -> DayChapter:
        """Today's chapter: empty, unless an opening that seemed to fail was written after all."""
        chapter = await self._today.read(stream)
        if chapter is None:
            raise Unavailable(Why.PAUSED)
        return chapter

    async def _head_before(self, stream: Stream) -> str:
        """What a new day is chained to: nothing where it is the first, or where the end of the one
        before is unreadable.
        """
        streams = await self._tools.store.streams(stream.branch)
        earlier = [one for one in streams if one < stream]
        if not earlier:
            return ""
        try:
            return await self._tools.store.head(earlier[-1])
        except Damaged:
            log.critical("chain_broken", stream=str(earlier[-1]), exc_info=True)
            return ""

    async def _reopen(self, command: OpenDay, mark: RequestMark | None) -> Done | Refusal:
        """Today's day again."""
        return await self._under_present_plan(await self._today.runner.do(command, mark))

    async def _under_present_plan(self, answer: Done | Refusal) -> Done | Refusal:
        """A day that is opened again has the plan it had; the branch may have a newer one."""
        runner, plan = self._today.runner, self._today.plan
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
