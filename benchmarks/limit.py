"""The bare server in a process of its own, and what fan-out costs at best on this machine."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from typing import Self

from benchmarks.asking import Wanted
from benchmarks.line import Line
from benchmarks.server import processor_s, resident_bytes
from benchmarks.watching import Watching

GAP_S = 0.05
ANYBODY = Wanted("/watch", "{}")


@dataclass(frozen=True, slots=True)
class Limit:
    """What a server that does nothing but write came to."""

    last_s: tuple[float, ...]
    """For each push: from asking for it until the last socket had it."""
    processor_s: float
    """Of the writing process, for each push."""
    handshakes_a_second: float
    bytes_a_socket: float


class BareServer:
    """`async with BareServer() as bare:`."""

    def __init__(self) -> None:
        self.port = 0
        self._process: Process

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "benchmarks.bare"), stdout=PIPE
        )
        assert self._process.stdout is not None
        self.port = int(await self._process.stdout.readline())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    def processor_s(self) -> float:
        return processor_s(self._process.pid)

    def resident_bytes(self) -> int:
        return resident_bytes(self._process.pid)


async def measure(sockets: int, message_bytes: int, pushes: int, processes: int = 1) -> Limit:
    """The same readers, the same number of bytes, no work."""
    async with BareServer() as bare, Watching(processes) as watching:
        before = bare.resident_bytes()
        took_s = await watching.open(bare.port, [ANYBODY] * sockets)
        a_socket = (bare.resident_bytes() - before) / sockets
        used_s, last_s = bare.processor_s(), []
        async with Line(bare.port) as line:
            for seq in range(1, pushes + 1):
                asked = await line.get(f"/push/{seq}/{message_bytes}")
                reached = await watching.reach(seq)
                last_s.append(reached.at_s[-1] - asked.asked_at_s)
                await asyncio.sleep(GAP_S)
        a_push_s = (bare.processor_s() - used_s) / pushes
        return Limit(tuple(last_s), a_push_s, sockets / took_s, a_socket)
