"""A participant's phone: a browser of its own, asking the whole application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from uuid import uuid4

import httpx
import pytest

from queue_server.wire import TicketView
from tests.web.harness import BRANCH, World

JOIN = f"/b/{BRANCH}"


@dataclass
class Phone:
    """What one sees and presses. `page` is what is on the screen, `at` its address."""

    browser: httpx.AsyncClient
    world: World
    page: str = ""
    at: str = ""
    status: int = 0
    name: str = field(default_factory=lambda: str(uuid4()))
    """No other phone's forms have ids as this one's."""
    forms: int = field(default=0)

    async def open(self, path: str) -> Phone:
        return self._see(await self.browser.get(path, headers={"Accept": "text/html"}))

    async def scan(self) -> Phone:
        """Opens what the hall's QR leads to."""
        return await self.open(f"{JOIN}?j={self.world.site.codes.code(BRANCH)}")

    async def press(self, path: str, fields: Mapping[str, str] | None = None) -> Phone:
        self.forms += 1
        data = {"request_id": f"{self.name}-{self.forms}", **(fields or {})}
        return self._see(await self.browser.post(path, data=data))

    async def take(self, service: str = "A", **fields: str) -> Phone:
        return await self.press(f"{JOIN}/ticket", {"service": service, **fields})

    async def view(self) -> dict[str, Any]:
        """What the page's own module gets."""
        answer = await self.browser.get("/ticket", headers={"Accept": "application/json"})
        assert answer.status_code == 200, answer.text
        seen: dict[str, Any] = answer.json()
        assert set(seen) == set(TicketView.__struct_fields__)
        return seen

    def _see(self, answer: httpx.Response) -> Phone:
        self.page, self.at = unescape(answer.text), answer.url.path
        self.status = answer.status_code
        return self


@asynccontextmanager
async def another_phone(world: World) -> AsyncIterator[Phone]:
    transport = httpx.ASGITransport(world.app, client=("10.0.0.8", 999))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test", follow_redirects=True
    ) as browser:
        yield Phone(browser, world)


@pytest.fixture
async def phone(world: World) -> AsyncIterator[Phone]:
    async with another_phone(world) as one:
        yield one
