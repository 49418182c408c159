"""Tasks with an owner: none is lost, none dies in silence, all are ended before their owner."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

T = TypeVar("T")

log = structlog.get_logger(__name__)


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

    async def cancel(self) -> None:
        """Cancels all and waits for their end. Cancelling this leaves the tasks cancelled."""
        for task in self._tasks:
            task.cancel()
        await self.wait()

    async def wait(self) -> None:
        """Waits until all have ended by themselves. Cancelling this ends the wait only."""
        while self._tasks:
            await asyncio.wait(self._tasks)
