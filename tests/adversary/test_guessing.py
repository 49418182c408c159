"""A hall of phones and a guesser behind one address: the guesser finds nothing, and nobody else is
hindered.
"""

from __future__ import annotations

import asyncio
import random
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Final

import httpx
import pytest

from tests.web.harness import API, BRANCH, World, living_world, sign_in

PHONES: Final = 300
GUESSES: Final = 120
LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
ONE_ADDRESS: Final = ("198.51.100.7", 4711)

Guess = Callable[[httpx.AsyncClient, World], Awaitable[bool]]


@pytest.fixture
async def hall(folder: Path) -> AsyncIterator[World]:
    async with living_world(folder) as world:
        yield world


def browser(world: World) -> httpx.AsyncClient:
    """A fresh one, behind the one address that everybody shares."""
    transport = httpx.ASGITransport(world.app, client=ONE_ADDRESS)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def honest(world: World, refused: Counter[str]) -> None:
    """Scan, take a number, look at it, say that one is coming."""
    async with browser(world) as phone:

        async def fine(answer: httpx.Response, *statuses: int) -> None:
            if answer.status_code not in statuses:
                refused[f"{answer.request.method} {answer.request.url.path}"] += 1

        code = world.site.codes.code(BRANCH)
        await fine(await phone.get(f"/b/{BRANCH}", params={"j": code}), 303)
        if not phone.cookies.get("join"):
            refused["no scan"] += 1
        await fine(await phone.get(f"/b/{BRANCH}"), 200)
        await fine(await phone.post(f"/b/{BRANCH}/ticket", data={"service": "A"}), 303)
        if not phone.cookies.get("ticket"):
            refused["no number"] += 1
        json = {"Accept": "application/json"}
        await fine(await phone.get("/ticket"), 200)
        await fine(await phone.get("/ticket", headers=json), 200)


async def guess_link(attacker: httpx.AsyncClient, world: World) -> bool:
    day = world.day.date
    number = f"A-{random.randint(1, PHONES):03d}"
    secret = f"{BRANCH}.{day:%Y%m%d}.{number}.{secrets.token_urlsafe(20)}"
    await attacker.get(f"/t/{secret}")
    held = await attacker.get("/api/v1/ticket", headers={"Authorization": f"Bearer {secret}"})
    return held.status_code == 200 or "ticket" in attacker.cookies


async def guess_join_code(attacker: httpx.AsyncClient, world: World) -> bool:
    await attacker.get(f"/b/{BRANCH}", params={"j": secrets.token_urlsafe(12)})
    body = {"service": "A", "join": secrets.token_urlsafe(12)}
    issued = await attacker.post(f"{API}/tickets", json=body)
    return "join" in attacker.cookies or issued.json().get("presence") is True


async def guess_pairing(attacker: httpx.AsyncClient, _: World) -> bool:
    """The secret of a screen that waits, and a one-use key."""
    attacker.cookies.set("pairing-board", secrets.token_urlsafe(32))
    waiting = await attacker.get(f"/pair/board/{BRANCH}/state")
    page = await attacker.get(f"/board/{BRANCH}", params={"key": secrets.token_urlsafe(32)})
    found = waiting.status_code == 200 and waiting.json()["state"] != "gone"
    return found or page.status_code == 200 or "display" in attacker.cookies


async def guess_password(attacker: httpx.AsyncClient, _: World) -> bool:
    name = random.choice(("admin", "auditor", "nobody"))
    fields = {"username": name, "password": secrets.token_urlsafe(9)}
    await attacker.post("/sign-in", data=fields)
    return "session" in attacker.cookies


async def guess_session(attacker: httpx.AsyncClient, _: World) -> bool:
    headers = {"Cookie": f"session={secrets.token_urlsafe(32)}"}
    return (await attacker.get(f"{API}/guard", headers=headers)).status_code == 200


KINDS: Final[tuple[Guess, ...]] = (
    guess_link,
    guess_join_code,
    guess_pairing,
    guess_session,
)


async def test_a_guesser_finds_nothing_and_hinders_nobody(hall: World) -> None:
    refused, hits = Counter[str](), Counter[str]()

    async def attack() -> None:
        for n in range(GUESSES):
            for kind in KINDS:
                async with browser(hall) as attacker:
                    hits[kind.__name__] += await kind(attacker, hall)
            if n % 10 == 0:
                async with browser(hall) as attacker:
                    hits["guess_password"] += await guess_password(attacker, hall)

    async def people() -> None:
        for _ in range(PHONES // 10):
            await asyncio.gather(*(honest(hall, refused) for _ in range(10)))
        for name in ("guard", "supervisor"):
            async with browser(hall) as colleague:
                answer = await sign_in(hall, name, colleague)
                at_work = await colleague.get(answer.headers["location"])
                refused[f"{name} signs in"] += at_work.status_code != 200

    await asyncio.gather(attack(), people())
    assert +hits == Counter()
    assert +refused == Counter()
    assert len(hall.day.tickets) >= PHONES


async def test_who_types_codes_of_screens_is_stopped_early(hall: World) -> None:
    """Somebody who may pair screens, and tries what other screens show."""
    async with browser(hall) as screen, browser(hall) as insider:
        await screen.post(f"/pair/board/{BRANCH}", data={})
        assert 'class="' in (await screen.get(f"/board/{BRANCH}")).text
        await sign_in(hall, "supervisor", insider)
        statuses = Counter[int]()
        for _ in range(60):
            code = "".join(random.choices(LETTERS, k=8))
            fields = {"code": code, "kind": "board", "label": "x"}
            answer = await insider.post(f"/devices/{BRANCH}/do/approve", data=fields)
            statuses[answer.status_code] += 1
        await screen.get(f"/board/{BRANCH}")
        assert "display" not in screen.cookies
        assert statuses[429] >= 30, statuses


async def test_an_attacked_name_waits_alone_and_longer_each_time(hall: World) -> None:
    waits = []
    async with browser(hall) as attacker:
        for _ in range(30):
            fields = {"username": "supervisor", "password": secrets.token_urlsafe(9)}
            answer = await attacker.post("/sign-in", data=fields)
            waits.append(int(answer.headers.get("retry-after", 0)))
        assert "session" not in attacker.cookies
    assert waits[0] == 0
    assert waits[-1] > 0
    async with browser(hall) as colleague:
        answer = await sign_in(hall, "guard", colleague)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/guard/{BRANCH}")
