"""Everybody at once, over real connections: done once, refused clearly, nothing lost or doubled."""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from httpx import AsyncClient, Response

from queue_server.manage import demo
from queue_server.office.questions import Configure
from queue_server.store import codec
from tests.office import ask
from tests.web.harness import API, Live

OFFICERS = [f"officer{n}" for n in range(1, 9)]
Clients = dict[str, AsyncClient]


@pytest.fixture
async def clients(live: Live) -> AsyncIterator[Clients]:
    async with AsyncExitStack() as stack:
        names = (*OFFICERS, "guard", "kiosk", "supervisor")
        opened = {name: await stack.enter_async_context(live.client(name)) for name in names}
        yield {**opened, "nobody": await stack.enter_async_context(live.client())}


def told(answers: list[Response]) -> Counter[str]:
    """What was answered, how often: the number or the state, or the refusal's code."""
    bodies = [answer.json() for answer in answers]
    return Counter(body.get("code") or body.get("number") or body.get("state") for body in bodies)


async def at_once(times: int, ask_it: Callable[[], Awaitable[Response]]) -> Counter[str]:
    return told(await asyncio.gather(*(ask_it() for _ in range(times))))


async def seq(clients: Clients) -> int:
    return int((await clients["nobody"].get(API)).json()["seq"])


@pytest.mark.parametrize("who", ["nobody", "guard", "kiosk"])
async def test_one_key_fifty_times_at_once_is_one_ticket(clients: Clients, who: str) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    issue = {"json": {"service": "A"}, "headers": key}
    before = await seq(clients)
    assert await at_once(50, lambda: clients[who].post(f"{API}/tickets", **issue)) == {"A-001": 50}  # type: ignore[arg-type]
    assert await seq(clients) == before + 1


async def test_one_browser_twenty_times_at_once_has_one_ticket(clients: Clients) -> None:
    clients["nobody"].cookies.set("browser", "somebody's")
    taken = await at_once(
        20, lambda: clients["nobody"].post(f"{API}/tickets", json={"service": "A"})
    )
    assert taken == {"A-001": 20}


async def test_of_eight_officers_at_one_counter_one_gets_it(clients: Clients) -> None:
    asked = [clients[name].post(f"{API}/counters/3/open") for name in OFFICERS]
    assert told(await asyncio.gather(*asked)) == {"open": 1, "counter_held": 7}


async def test_one_desk_calls_one_person_however_often_it_is_pressed(clients: Clients) -> None:
    for _ in range(3):
        await clients["guard"].post(f"{API}/tickets", json={"service": "A"})
    officer = clients["officer1"]
    await officer.post(f"{API}/counters/1/open")
    pressed = await at_once(20, lambda: officer.post(f"{API}/counters/1/call-next"))
    assert pressed == {"A-001": 1, "counter_full": 19}


async def test_eight_desks_call_nobody_twice_while_settings_change(
    live: Live, clients: Clients
) -> None:
    """And the day is not closed under anybody's hands."""
    for _ in range(60):
        await clients["guard"].post(f"{API}/tickets", json={"service": "A"})
    called: list[str] = []
    closings: list[str] = []

    async def work(name: str) -> None:
        counter, officer = name.removeprefix("officer"), clients[name]
        await officer.post(f"{API}/counters/{counter}/open")
        while True:
            answer = await officer.post(f"{API}/counters/{counter}/call-next")
            if answer.status_code != 200:
                assert answer.json()["code"] == "nobody_waiting"
                return
            called.append(answer.json()["number"])
            await officer.post(f"{API}/tickets/{called[-1]}/finish")

    async def change() -> None:
        for wait_max_min in (61, 62, 63):
            plan = demo.plan()
            plan = replace(plan, rules=replace(plan.rules, wait_max_min=wait_max_min))
            await ask(live.folder, Configure(codec.encode_plan(plan).decode()))
            await clients["guard"].post(f"{API}/tickets", json={"service": "B"})

    async def close() -> None:
        # Somebody is at a desk all the time: an officer who holds one from the beginning.
        for _ in range(5):
            answer = await clients["supervisor"].post(f"{API}/day/close")
            closings.append(answer.json().get("code", "closed"))

    await clients["officer8"].post(f"{API}/counters/8/open")
    await clients["officer8"].post(f"{API}/counters/8/call-next")
    await asyncio.gather(change(), close(), *(work(name) for name in OFFICERS[:7]))
    assert len(called) == len(set(called)) >= 59
    assert closings == ["day_busy"] * 5


async def test_a_call_and_its_holders_cancel_agree_on_one_order(clients: Clients) -> None:
    officer, nobody = clients["officer1"], clients["nobody"]
    await officer.post(f"{API}/counters/1/open")
    for _ in range(10):
        issued = (await nobody.post(f"{API}/tickets", json={"service": "A"})).json()
        number, holder = issued["number"], {"Authorization": f"Bearer {issued['secret']}"}
        await officer.post(f"{API}/tickets/{number}/confirm-presence")
        call, cancel = await asyncio.gather(
            officer.post(f"{API}/counters/1/call-next"),
            nobody.post("/api/v1/ticket/cancel", headers=holder),
        )
        # Cancelled before or after the call: in both cases nobody is at the desk any more.
        assert cancel.status_code == 200
        assert call.json().get("code", number) in (number, "nobody_waiting")
        assert (await officer.get(f"{API}/desk")).json()["open_tickets"] == []
