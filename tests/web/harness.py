"""The real application for tests: in this process by ASGI, or as a server of its own on a port.

Both on real SQLite stores in a folder of the test's own.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import httpx
import pyotp
from starlette.applications import Starlette
from websockets.asyncio.client import ClientConnection, connect

from queue_server.app import living
from queue_server.clock import Clock
from queue_server.domain.model import BranchDay
from queue_server.live.days import Days
from queue_server.manage import demo
from queue_server.settings import Settings
from queue_server.web.context import Site

BRANCH: Final = demo.BRANCH
API: Final = f"/api/v1/branches/{BRANCH}"
NAMES: Final = (
    "display",
    "kiosk",
    "officer1",
    "guard",
    "supervisor",
    "admin",
    "auditor",
)


def make_demo(folder: Path) -> None:
    """Lets a start make the demo, and ends it again."""

    async def once() -> None:
        async with living(Settings(data=folder, demo=True)):
            pass

    asyncio.run(once())


@dataclass
class World:
    """The application, and programs that ask it."""

    app: Starlette
    site: Site
    client: httpx.AsyncClient
    credentials: dict[str, dict[str, str]]

    @property
    def days(self) -> Days:
        """What the pages see only a face of."""
        return self.site.days._days

    @property
    def day(self) -> BranchDay:
        """The branch's newest day, to look at what came of it."""
        return self.days.day(BRANCH)

    def token(self, name: str) -> str:
        return self.credentials[name]["token"]

    def bearer(self, name: str | None) -> dict[str, str]:
        """The header of one of the demo's names; of a ticket's secret; of nobody."""
        if name is None:
            return {}
        known = self.credentials.get(name)
        return {"Authorization": f"Bearer {known['token'] if known else name}"}

    async def post(
        self,
        path: str,
        who: str | None = None,
        body: object = None,
        *,
        key: str | None = None,
        language: str | None = None,
    ) -> httpx.Response:
        headers = self.bearer(who)
        if key is not None:
            headers["Idempotency-Key"] = key
        if language is not None:
            headers["Accept-Language"] = language
        if body is None:
            return await self.client.post(path, headers=headers)
        return await self.client.post(path, headers=headers, json=body)

    async def get(self, path: str, who: str | None = None) -> httpx.Response:
        return await self.client.get(path, headers=self.bearer(who))

    async def issue(self, service: str = "A", who: str | None = "guard") -> dict[str, Any]:
        """A new number, by the guard unless said otherwise."""
        response = await self.post(f"{API}/tickets", who, {"service": service})
        assert response.status_code == 201, response.text
        issued: dict[str, Any] = response.json()
        return issued

    async def open_counter(self, counter: str = "1", who: str = "officer1") -> None:
        response = await self.post(f"{API}/counters/{counter}/open", who)
        assert response.status_code == 200, response.text

    async def call_next(self, counter: str = "1", who: str = "officer1") -> dict[str, Any]:
        response = await self.post(f"{API}/counters/{counter}/call-next", who)
        assert response.status_code == 200, response.text
        called: dict[str, Any] = response.json()
        return called

    async def seq(self) -> int:
        """How much has happened in the branch."""
        return self.day.seq


async def sign_in(
    world: World, name: str, client: httpx.AsyncClient | None = None, leads_to: str = ""
) -> httpx.Response:
    """Both steps, as somebody of the demo in this client (else the world's own): the last answer.

    `follow_redirects` must be off, or the answer is the page it leads to.
    """
    client = client or world.client
    await pass_password(world, name, client, leads_to)
    fields = {"code": await fresh_code(world, name), "next": leads_to}
    return await client.post("/sign-in/second", data=fields)


async def pass_password(
    world: World, name: str, client: httpx.AsyncClient | None = None, leads_to: str = ""
) -> httpx.Response:
    """The first step alone."""
    known = world.credentials[name]
    fields = {"username": known["username"], "password": known["password"], "next": leads_to}
    return await (client or world.client).post("/sign-in", data=fields)


async def fresh_code(world: World, name: str) -> str:
    """A code of now that the server has not seen: its memory of used ones is wiped before."""
    account = await world.site.people.account_named(world.credentials[name]["username"])
    kept = await world.site.people.totp(account.id) if account else None
    assert kept is not None
    await world.site.people.save_totp(replace(kept, last_step=0))
    return pyotp.TOTP(kept.secret).at(world.site.now())


@asynccontextmanager
async def living_world(
    folder: Path, clock: Clock | None = None, **settings: object
) -> AsyncIterator[World]:
    """The application of a folder, awake."""
    given: Any = {"data": folder, "demo": True, **settings}
    async with living(Settings(**given), clock=clock) as app:
        transport = httpx.ASGITransport(app, raise_app_exceptions=True, client=("10.0.0.7", 999))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            credentials = json.loads((folder / demo.CREDENTIALS).read_text())
            yield World(app, app.state.site, client, credentials)


async def a_second_branch(world: World) -> str:
    """Another branch, just like the demo's; nobody of the demo but admin and auditor is of it."""
    plan = replace(demo.plan(), branch="tarakan", name="Kantor Cabang Tarakan")
    refusal = await world.days.configure(plan)
    assert refusal is None
    return plan.branch


class Live:
    """`lapak serve` as a process. `with` starts and ends it."""

    arguments: tuple[str, ...] = ()
    """More for the command line."""
    verify: ssl.SSLContext | bool = True
    """Whose certificates its clients trust."""
    log: Path | None = None
    """Where it writes what it says of itself; None: nowhere."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._settings = {f"LAPAK_{name.upper()}": value for name, value in settings.items()}
        self._process: subprocess.Popen[bytes] | None = None
        self.credentials: dict[str, dict[str, str]] = json.loads(
            (folder / demo.CREDENTIALS).read_text()
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def token(self, name: str) -> str:
        return self.credentials[name]["token"]

    def __enter__(self) -> Live:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def start(self) -> float:
        """Starts it; how many seconds until it answered."""
        began = time.monotonic()
        place = ("--port", str(self.port), "--data", str(self.folder))
        command = ("serve", "--demo", *place, *self.arguments)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "queue_server", *command],
            env={**os.environ, **self._settings},
            stdout=subprocess.DEVNULL,
            stderr=self.log.open("ab") if self.log else subprocess.DEVNULL,
        )
        while time.monotonic() - began < 30:
            assert self._process.poll() is None, "it ended while starting"
            try:
                httpx.get(f"{self.url}/healthz", verify=self.verify)
                return time.monotonic() - began
            except httpx.TransportError:
                time.sleep(0.02)
        raise TimeoutError("it never answered")

    async def terminate(self) -> tuple[float, int]:
        """SIGTERM; how many seconds it took, and its exit status."""
        assert self._process is not None
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        status = await asyncio.to_thread(self._process.wait, 30)
        return time.monotonic() - began, status

    def hang_up(self) -> None:
        """SIGHUP."""
        assert self._process is not None
        self._process.send_signal(signal.SIGHUP)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    async def sign_in(self, client: httpx.AsyncClient, name: str) -> None:
        """Both steps in this client; for one name a few times within half a minute."""
        known = self.credentials[name]
        fields = {"username": known["username"], "password": known["password"]}
        first = await client.post("/sign-in", data=fields)
        assert first.is_redirect, first.text
        app = pyotp.TOTP(known["totp_secret"])
        for step in (-1, 0, 1):
            code = app.at(int(time.time()) + 30 * step)
            second = await client.post("/sign-in/second", data={"code": code})
            if second.is_redirect:
                return
        raise AssertionError("no code was taken")

    def client(self, who: str | None = None) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {self.token(who)}"} if who else {}
        return httpx.AsyncClient(base_url=self.url, headers=headers, timeout=15, verify=self.verify)

    def socket(self, path: str, **headers: str) -> connect:
        """A WebSocket to it; `Origin="…"`, `Cookie="…"` as headers."""
        address = f"ws://127.0.0.1:{self.port}{path}"
        return connect(address, additional_headers=headers, compression=None, max_size=None)

    async def watch(self, path: str, token: str) -> ClientConnection:
        """A socket that has said hello and got its first view."""
        connection = await self.socket(path)
        await connection.send(hello(token))
        await connection.recv()
        return connection


def hello(token: str) -> str:
    return json.dumps({"hello": {"token": token, "seq": 0}})
