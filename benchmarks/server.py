"""The real server in a process of its own, and what it costs: seconds, memory, processor time.

Must not know what is asked of it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from pathlib import Path
from typing import Self

import msgspec

from benchmarks.line import HOST, Line

READY_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 15.0
# One guard's token stands for a whole hall.
HURRIES = {"LAPAK_ISSUES_PER_STAFF_PER_MIN": "1000000000"}
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """`async with Server(folder) as server:` a demo server on a free port and this data folder."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.port = free_port()
        self.started_in_s = 0.0
        self.tokens: dict[str, str] = {}
        """The bearer tokens of the demo's people and devices."""
        self._log = folder / "server.log"
        self._process: Process

    async def __aenter__(self) -> Self:
        began = time.monotonic()
        words = ("serve", "--demo", "--data", str(self.data), "--port", str(self.port))
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "queue_server", *words),
                stdin=DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **HURRIES},
            )
        try:
            async with asyncio.timeout(READY_TIMEOUT_S):
                await self._answer()
        except TimeoutError:
            await self.kill()
            raise RuntimeError(f"the server does not answer: {self._said()}") from None
        except BaseException:
            await self.kill()
            raise
        self.started_in_s = time.monotonic() - began
        self.tokens = _tokens(self.data)
        return self

    async def _answer(self) -> None:
        while True:
            if self._process.returncode is not None:
                raise RuntimeError(f"the server ended: {self._said()}")
            try:
                async with Line(self.port) as line:
                    if (await line.get("/readyz")).status == 200:
                        return
            except (OSError, asyncio.IncompleteReadError):
                pass
            await asyncio.sleep(0.002)

    def _said(self) -> str:
        return self._log.read_text(errors="replace")[-2000:]

    async def __aexit__(self, *_: object) -> None:
        """As its user would end it."""
        if self._process.returncode is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), STOP_TIMEOUT_S)
        except TimeoutError:
            await self.kill()

    async def kill(self) -> None:
        """As a power cut would."""
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def resident_bytes(self) -> int:
        """Its memory as the kernel counts it."""
        return resident_bytes(self._process.pid)

    def processor_s(self) -> float:
        """Seconds of processor time it has used so far."""
        return processor_s(self._process.pid)


def _tokens(data: Path) -> dict[str, str]:
    text = (data / "credentials.json").read_bytes()
    found = msgspec.json.decode(text, type=dict[str, dict[str, str]])
    return {who: entry["token"] for who, entry in found.items()}


def resident_bytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"process {pid} is gone")


def processor_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND
