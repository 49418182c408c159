"""All branches of this server: which days are awake, and the one door every command goes through.

Must not know HTTP, sockets, roles, or how anything is stored.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from queue_server.clock import Clock
from queue_server.domain.commands import Command
from queue_server.domain.model import BranchDay
from queue_server.domain.plan import BranchPlan
from queue_server.domain.refusals import Refusal
from queue_server.live.branch import Branch
from queue_server.live.day import Done
from queue_server.live.hub import Hub
from queue_server.live.outcome import Unavailable, Why
from queue_server.live.restored import Restored
from queue_server.live.shelf import Alarm, Shelf
from queue_server.live.tasks import Crew
from queue_server.live.today import Tools
from queue_server.settings import Settings
from queue_server.store.log import Log, RequestMark, StoreUnavailable, Stream


def _no_follower(_: Stream) -> None:
    pass


@dataclass(frozen=True, slots=True)
class PlanCodec:
    """How a branch's present plan is kept beside the log."""

    encode: Callable[[BranchPlan], bytes]
    decode: Callable[[bytes], BranchPlan]


class Days:
    """Started and stopped by the application; owns a runner and a keeper for every branch."""

    def __init__(
        self,
        store: Log,
        plans: PlanCodec,
        shelf: Shelf,
        hub: Hub,
        clock: Clock,
        settings: Settings,
        around_the_clock: Collection[str] = (),
        restored: Restored | None = None,
        committed: Callable[[Stream], None] = _no_follower,
    ) -> None:
        """`around_the_clock`: branches whose day opens at start and at each of their midnights.
        `restored`: days that give no number and call nobody until their last numbers are said.
        `committed`: as `Ears.committed`.
        """
        self._store = store
        self._plans = plans
        self._shelf = shelf
        self._hub = hub
        self._settings = settings
        self._around_the_clock = frozenset(around_the_clock)
        self._branches: dict[str, Branch] = {}
        self._runners = Crew()
        self._keepers = Crew()
        self._adding = asyncio.Lock()
        self._stopping = False
        self._tools = Tools(
            store=store,
            clock=clock,
            settings=settings,
            shelf=shelf,
            publish=hub.publish,
            committed=committed,
            crew=self._runners,
            restored=restored or Restored(),
        )

    async def start(self) -> None:
        """Wakes every branch where its log left it, and opens what should be open by now.

        Raises `StoreUnavailable`. Cancelling leaves it half awake: call `stop`.
        """
        for stored in (await self._store.plans()).values():
            await self._wake(self._plans.decode(stored))
        spread_s = self._settings.tick_s / max(1, len(self._branches))
        for index, branch in enumerate(self._branches.values(), start=1):
            self._keep(branch, first_pause_s=index * spread_s)

    async def _wake(self, plan: BranchPlan) -> Branch:
        around = plan.branch in self._around_the_clock
        branch = Branch(plan, self._tools, around_the_clock=around)
        await branch.wake()
        self._branches[plan.branch] = branch
        await branch.keeper.look_after()
        await self._hub.learn(self.day(plan.branch))
        return branch

    def _keep(self, branch: Branch, first_pause_s: float) -> None:
        self._keepers.start(branch.keeper.keep(first_pause_s), f"keeper of {branch.plan.branch}")

    async def stop(self) -> None:
        """Takes no more commands, answers those taken in, ends all tasks.

        Cancelling this leaves runners running: their writes must not be torn.
        """
        self._stopping = True
        await self._keepers.cancel()
        for branch in self._branches.values():
            await branch.stop()
        await self._runners.wait()

    def branches(self) -> Mapping[str, BranchPlan]:
        """All branches with their present plans."""
        return {name: branch.plan for name, branch in self._branches.items()}

    def day(self, branch: str) -> BranchDay:
        """The newest durable day of a branch; never opened yet: closed. Raises `KeyError`."""
        return self._shelf.day(branch)

    def day_of(self, branch: str, on: date) -> BranchDay | None:
        """The branch's day of a date, as long as it is the newest or the one before."""
        return self._shelf.day_of(branch, on)

    def day_before(self, branch: str) -> BranchDay | None:
        """The branch's day before the newest. Raises `KeyError`."""
        return self._shelf.branches[branch].before

    def alarm(self, branch: str) -> Alarm | None:
        """What is wrong with a branch. Raises `KeyError`."""
        return self._shelf.alarm(branch)

    async def do(
        self, branch: str, command: Command, mark: RequestMark | None = None
    ) -> Done | Refusal:
        """Decides a command; the answer is durable. Raises `KeyError`, `Unavailable`, `KeyReused`.

        Cancelling the caller changes nothing: the same mark asks for the outcome again.
        """
        if self._stopping:
            raise Unavailable(Why.STOPPING)
        answer = await self._branches[branch].do(command, mark)
        if isinstance(answer, Done):
            await self._hub.learn(self.day(branch))
        return answer

    async def configure(self, plan: BranchPlan, by: str = "") -> Refusal | None:
        """Makes a plan the branch's present one, durably; a plan of a new branch adds it.

        Today's day changes at once, or refuses. Raises `Unavailable`. Cancelling the caller changes
        nothing.
        """
        branch = self._branches.get(plan.branch)
        if self._stopping:
            raise Unavailable(Why.STOPPING)
        try:
            if branch is not None:
                return await branch.configure(plan, by, self._save)
            await self._runners.carry_through(self._add(plan), f"adding {plan.branch}")
        except StoreUnavailable as why:
            raise Unavailable(Why.STORE) from why
        return None

    async def _add(self, plan: BranchPlan) -> None:
        async with self._adding:
            await self._save(plan)
            if plan.branch not in self._branches:
                branch = await self._wake(plan)
                self._keep(branch, first_pause_s=self._settings.tick_s)

    async def _save(self, plan: BranchPlan) -> None:
        await self._store.save_plan(plan.branch, self._plans.encode(plan))
