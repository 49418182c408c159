"""A real server in a process of its own, to be killed, stopped and started again on the same
folder.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from pathlib import Path

import httpx

READY_TIMEOUT_S = 60.0
HURRIES = {"LAPAK_ISSUES_PER_STAFF_PER_MIN": "1000000000"}
"""One guard's token stands for a whole hall."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """One demo server at a time on one folder and port."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.log = folder / "server.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: Process | None = None

    async def start(self) -> float:
        """Starts it; seconds until it was ready."""
        command = [sys.executable, "-P", "-m", "queue_server", "serve", "--demo"]
        began = time.monotonic()
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *command,
                *("--data", str(self.data), "--port", str(self.port)),
                stdin=DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **HURRIES},
            )
        async with httpx.AsyncClient(timeout=2) as client:
            while time.monotonic() - began < READY_TIMEOUT_S:
                assert self._process.returncode is None, self.log.read_text()[-3000:]
                try:
                    if (await client.get(f"{self.url}/readyz")).is_success:
                        return time.monotonic() - began
                except httpx.TransportError:
                    await asyncio.sleep(0.02)
        raise AssertionError(f"not ready: {self.log.read_text()[-3000:]}")

    async def kill(self) -> None:
        """As a power cut would."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> float:
        """As systemd would; seconds until it was gone. Its exit status must be 0."""
        assert self._process is not None
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        status = await asyncio.wait_for(self._process.wait(), 30)
        assert status == 0, self.log.read_text()[-3000:]
        return time.monotonic() - began

    async def end(self) -> None:
        """Whatever state it is in, it is gone afterwards."""
        if self._process is not None and self._process.returncode is None:
            await self.kill()

    def token(self, who: str) -> str:
        found: dict[str, dict[str, str]] = json.loads(
            (self.data / "credentials.json").read_text(encoding="utf-8")
        )
        return found[who]["token"]

    def bearer(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(who)}"}
