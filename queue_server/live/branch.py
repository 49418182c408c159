"""One branch, put together: its day in charge, the change of day, and the keeper.

Owns only which of them a command is for.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from queue_server.domain.commands import Command, ContinueNumbers, OpenDay
from queue_server.domain.plan import BranchPlan
from queue_server.domain.refusals import Refusal
from queue_server.live.change_of_day import ChangeOfDay
from queue_server.live.day import Done
from queue_server.live.keeper import Keeper
from queue_server.live.outcome import RequestMark
from queue_server.live.today import Today, Tools

T = TypeVar("T")


class Branch:
    """One branch; `wake` it before anything else."""

    def __init__(self, plan: BranchPlan, tools: Tools, *, around_the_clock: bool = False) -> None:
        self._today = Today(plan, tools)
        self._change = ChangeOfDay(self._today, tools)
        self._crew = tools.crew
        self.keeper = Keeper(
            self._today,
            self.do,
            tools.clock,
            tools.settings,
            around_the_clock=around_the_clock,
        )

    @property
    def plan(self) -> BranchPlan:
        """The present plan."""
        return self._today.plan

    async def wake(self) -> None:
        """Reads what the log tells of it. Raises `StoreUnavailable`."""
        await self._today.wake()

    async def stop(self) -> None:
        """Takes no more; what was taken in is answered: the crew waits for that."""
        await self._change.end()

    async def do(self, command: Command, mark: RequestMark | None = None) -> Done | Refusal:
        """Has a command done by whoever it is for. Raises `Unavailable`, `KeyReused`.

        Cancelling the caller changes nothing. While one day follows another, commands wait for the
        new day instead of being refused by the old.
        """
        if isinstance(command, OpenDay):
            return await self._carried("opening", self._change.open(command, mark))
        await self._today.past_gate()
        if isinstance(command, ContinueNumbers):
            return await self._carried("going on", self._change.continue_numbers(command, mark))
        return await self._today.do(command, mark)

    async def configure(
        self, plan: BranchPlan, by: str, save: Callable[[BranchPlan], Awaitable[None]]
    ) -> Refusal | None:
        """As `ChangeOfDay.configure`. Cancelling the caller changes nothing."""
        return await self._carried("configuring", self._change.configure(plan, by, save))

    async def _carried(self, what: str, work: Coroutine[Any, Any, T]) -> T:
        return await self._crew.carry_through(work, f"{what} {self.plan.branch}")
