"""Tasks with an owner: none is lost, none dies in silence, all are ended before their owner; and
how long one of them may keep the loop to itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import structlog

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Pace:
    """Work in slices, so that whoever waits for an answer does not wait for all of it."""

    def __init__(self, slice_s: float) -> None:
        self._slice_s = slice_s
        self._time = asyncio.get_running_loop().time
        self._until_s = self._time() + slice_s

    @property
    def used_up(self) -> bool:
        """Has this slice lasted long enough?"""
        return self._time() >= self._until_s

    async def rest(self) -> None:
        """Gives everybody else a turn; then a new slice begins."""
        await asyncio.sleep(0)
        self._until_s = self._time() + self._slice_s


class Crew:
    """Owns tasks. One that fails is said loudly and takes no other with it."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """Starts a task; it belongs to the crew until it ends."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.critical("task_failed", task=task.get_name(), exc_info=task.exception())

    async def carry_through(self, work: Coroutine[Any, Any, T], name: str) -> T:
        """Does work to its end and gives or raises what it came to.

        Cancelling the caller ends the wait only; an error nobody waits for any more is logged.
        """
        task = self.start(_caught(work), name)
        try:
            outcome = await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(_say_error)
            raise
        if outcome.error is not None:
            raise outcome.error
        return outcome.value  # type: ignore[return-value]

    async def cancel(self) -> None:
        """Cancels all and waits for their end. Cancelling this leaves the tasks cancelled."""
        for task in self._tasks:
            task.cancel()
        await self.wait()

    async def wait(self) -> None:
        """Waits until all have ended by themselves. Cancelling this ends the wait only."""
        while self._tasks:
            await asyncio.wait(self._tasks)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a piece of work came to: a value, or an error."""

    value: T | None = None
    error: Exception | None = None


async def _caught(work: Coroutine[Any, Any, T]) -> Outcome[T]:
    try:
        return Outcome(value=await work)
    except Exception as error:
        return Outcome(error=error)


def _say_error(task: asyncio.Task[Outcome[Any]]) -> None:
    if not task.cancelled() and (error := task.result().error) is not None:
        log.warning("failed_unheard", task=task.get_name(), error=repr(error))
