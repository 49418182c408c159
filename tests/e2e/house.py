"""The real server as a process: started, killed, started again on the same port and data.

`House` also asks its API as any of the demo's people, for what a test needs done beside its pages.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import httpx

ROOT: Final = Path(__file__).resolve().parents[2]
BRANCH: Final = "bontang"
API: Final = f"/api/v1/branches/{BRANCH}"
START_TIMEOUT_S: Final = 30.0
ASK_AGAIN_S: Final = 0.05


class House:
    """A demo branch, alone with its test file."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.client = httpx.AsyncClient(base_url=self.base, timeout=15)
        self.sessions: dict[str, Any] = {}
        """What the browser of whoever signed in keeps, by name: an app's code is taken once."""
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        self._launch()
        await asyncio.wait_for(self._ready(), START_TIMEOUT_S)

    def _launch(self) -> None:
        words = ["serve", "--demo", "--data", str(self.data), "--port", str(self.port)]
        with (self.data.parent / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "queue_server", *words],
                stdout=log,
                stderr=log,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
            )

    async def _ready(self) -> None:
        while True:
            try:
                if (await self.client.get("/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                assert self._process is not None
                assert self._process.poll() is None, self.said()
            await asyncio.sleep(ASK_AGAIN_S)

    def kill(self) -> None:
        """As a power cut: no goodbye."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self.is_running():
            self._process.send_signal(how)
            self._process.wait(timeout=20)

    def said(self) -> str:
        return (self.data.parent / "server.log").read_text("utf-8")

    # Its people, by the API

    def credentials(self, name: str) -> dict[str, str]:
        known: dict[str, dict[str, str]] = json.loads((self.data / "credentials.json").read_bytes())
        return known[name]

    async def ask(self, name: str, path: str, body: object = None) -> httpx.Response:
        """GET, or POST with a body, under `/api/v1/branches/bontang`, as this person."""
        headers = {"Authorization": f"Bearer {self.credentials(name)['token']}"}
        if body is None:
            return await self.client.get(API + path, headers=headers)
        return await self.client.post(API + path, json=body, headers=headers)

    async def see(self, name: str, path: str) -> dict[str, Any]:
        answer = await self.ask(name, path)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def do(self, name: str, path: str, **body: object) -> dict[str, Any]:
        """A command that must be accepted; what it answered."""
        answer = await self.ask(name, path, body)
        assert answer.status_code in (200, 201), (path, answer.text)
        done: dict[str, Any] = answer.json()
        return done

    async def issue(self, service: str = "A") -> str:
        """A number from the guard's hand: its holder is in the hall."""
        return str((await self.do("guard", "/tickets", service=service))["number"])

    async def open_counter(self, counter: str) -> None:
        await self.do(f"officer{counter}", f"/counters/{counter}/open")

    async def call_next(self, counter: str) -> str:
        done = await self.do(f"officer{counter}", f"/counters/{counter}/call-next")
        return str(done["number"])

    async def state_of(self, number: str) -> str:
        """As the guard finds it."""
        (ticket,) = await self.tickets(search=number)
        return str(ticket["state"])

    async def tickets(self, **asked: str) -> list[dict[str, Any]]:
        """The first page of a group, or what a number leads to."""
        query = str(httpx.QueryParams(asked))
        found: list[dict[str, Any]] = (await self.see("guard", f"/tickets?{query}"))["tickets"]
        return found

    async def tidy(self) -> None:
        """An empty hall and closed counters: what the next test begins with."""
        guard = await self.see("supervisor", "/guard")
        for counter in guard["counters"]:
            if counter["state"] != "closed":
                path = f"/counters/{counter['name']}/close"
                await self.do("supervisor", path, return_open=True)
        for group in ("line", "unproven", "parked", "missed"):
            for ticket in await self.tickets(group=group):
                await self.do("supervisor", f"/tickets/{ticket['number']}/cancel")
        if guard["notice"]:
            await self.do("supervisor", "/notice", text="")


@asynccontextmanager
async def living_house(data: Path) -> AsyncIterator[House]:
    """A house of this folder, started; gone at the end, whatever happened."""
    house = House(data)
    try:
        await house.start()
        yield house
        await house.client.aclose()
    finally:
        house.stop()
