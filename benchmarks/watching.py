"""The processes that watch, as a measurement asks them. Must not know what is watched."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from itertools import chain
from typing import Self, TypeVar

import msgspec

from benchmarks.asking import Open, Opened, Question, Reach, Reached, Showing, Shown, Wanted

LINE_BYTES_MAX = 1 << 26
"""Five thousand views in one answer."""

T = TypeVar("T")


class Watching:
    """`async with Watching(processes) as watching:` sockets spread over so many processes."""

    def __init__(self, processes: int = 1) -> None:
        self._count = processes
        self._processes: list[Process] = []

    async def __aenter__(self) -> Self:
        for _ in range(self._count):
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "benchmarks.watcher"),
                stdin=PIPE,
                stdout=PIPE,
                limit=LINE_BYTES_MAX,
            )
            self._processes.append(process)
        return self

    async def __aexit__(self, *_: object) -> None:
        for process in self._processes:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def open(self, port: int, wanted: Sequence[Wanted], *, stalled: bool = False) -> float:
        """Opens sockets; seconds until each had its first view."""
        shares = [tuple(wanted[index :: self._count]) for index in range(self._count)]
        questions = [Open(port, share, stalled) for share in shares]
        return max(one.took_s for one in await self._ask(questions, Opened))

    async def reach(self, seq: int, timeout_s: float = 10.0) -> Reached:
        """When a view at least so new had come to each that reads, in order of time."""
        answers = await self._ask([Reach(seq, timeout_s)] * self._count, Reached)
        moments = sorted(chain.from_iterable(one.at_s for one in answers))
        return Reached(tuple(moments), sum(one.missing for one in answers))

    async def show(self) -> Showing:
        """What they show now."""
        answers = await self._ask([Shown()] * self._count, Showing)
        views = tuple(chain.from_iterable(one.views for one in answers))
        return Showing(views, sum(one.closed for one in answers))

    async def _ask(self, questions: Sequence[Question], answer: type[T]) -> list[T]:
        for process, question in zip(self._processes, questions, strict=True):
            assert process.stdin is not None
            process.stdin.write(msgspec.json.encode(question) + b"\n")
        return [await _told(process, answer) for process in self._processes]


async def _told(process: Process, answer: type[T]) -> T:
    assert process.stdout is not None
    line = await process.stdout.readline()
    if not line:
        raise RuntimeError("a watching process ended: its trouble stands above")
    return msgspec.json.decode(line, type=answer)
