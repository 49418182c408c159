"""The server killed at the worst moments: each occasion once; only what was on its way at that very
moment may come twice, with the same `seq`.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.notices.push_service import NEVER, Browser, PushService
from tests.web.harness import API, Live

KILLS = 5


class Hall:
    """A server of its own that can be killed, and clients that ask it."""

    def __init__(self, folder: Path, service: PushService) -> None:
        self.live = Live(folder, push_services_extra=service.url)
        self.service = service

    async def start(self) -> None:
        await asyncio.to_thread(self.live.start)

    async def post(self, path: str, who: str, body: object = None) -> dict[str, object]:
        known = self.live.credentials.get(who)
        token = known["token"] if known else who
        async with httpx.AsyncClient(base_url=self.live.url, timeout=20) as client:
            headers = {"Authorization": f"Bearer {token}"}
            answer = await client.post(path, headers=headers, json=body or {})
        assert answer.is_success, answer.text
        told: dict[str, object] = answer.json()
        return told

    async def somebody(self, name: str) -> tuple[str, Browser]:
        """A number with a phone that was told to get ready."""
        issued = await self.post(f"{API}/tickets", "guard", {"service": "A"})
        phone = Browser(name, self.service.url)
        await self.post("/api/v1/ticket/push", str(issued["secret"]), phone.subscription)
        await self.service.until_heard(phone, 1)
        return str(issued["number"]), phone


@pytest.fixture
async def hall(folder: Path, service: PushService) -> AsyncIterator[Hall]:
    made = Hall(folder, service)
    await made.start()
    await made.post(f"{API}/counters/1/open", "officer1")
    yield made
    made.live.kill()


@pytest.mark.slow
async def test_killed_between_the_call_and_the_phone_each_occasion_comes_once(
    hall: Hall, service: PushService
) -> None:
    for n in range(KILLS):
        number, phone = await hall.somebody(f"phone-{n}")
        await hall.post(f"{API}/counters/1/call-next", "officer1")
        came = len(service.taken)
        hall.live.kill()
        before = [one["kind"] for one in service.heard(phone)]
        await hall.start()
        await service.until_heard(phone, 2)
        await hall.post(f"{API}/tickets/{number}/finish", "officer1")
        await service.until_kind(phone, "withdrawn")
        heard = Counter((one["kind"], one["seq"]) for one in service.heard(phone))
        twice = {kind for (kind, _), count in heard.items() if count > 1}
        assert {kind for kind, _ in heard} == {"ready", "called", "withdrawn"}
        assert len(heard) == 3, "no occasion has two occurrences"
        assert twice <= ({"called"} if len(before) > 1 or len(service.taken) > came else set())


@pytest.mark.slow
async def test_killed_while_a_phone_is_being_told_it_is_told_again(
    hall: Hall, service: PushService
) -> None:
    """At least once for that very message: better heard twice than not at all."""
    _, phone = await hall.somebody("phone")
    service.always = NEVER
    await hall.post(f"{API}/counters/1/call-next", "officer1")
    await service.hanging.wait()
    hall.live.kill()
    service.always = None
    await hall.start()
    _, called = await service.until_heard(phone, 2)
    assert called["kind"] == "called"
