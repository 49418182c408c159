"""While nobody can be looked up and nothing read: 503 and when to ask again, never a fault."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from queue_server.people import People, StoreUnavailable
from tests.adversary.raw import BOARD
from tests.adversary.test_leaving import served
from tests.web.harness import API, BRANCH, World, hello

READS = (
    "signed_in",
    "token",
    "account_named",
    "invitation",
    "exchange_device_key",
    "add_device_key",
    "sign_in_failures",
)


async def away(*_: object, **__: object) -> NoReturn:
    raise StoreUnavailable("the disk is gone")


@pytest.fixture
def nobody_known(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    people: People = world.site.people
    for name in READS:
        monkeypatch.setattr(type(people), name, away)


def assert_come_again(answer: Any, *, page: bool) -> None:
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    kind = "text/html; charset=utf-8" if page else "application/problem+json"
    assert answer.headers["content-type"] == kind


@pytest.mark.parametrize("path", ["board", "desk", "guard", "kiosk", "log", "counters/1/desk"])
async def test_a_program_is_told_to_ask_again(world: World, nobody_known: None, path: str) -> None:
    assert_come_again(await world.get(f"{API}/{path}", "admin"), page=False)


async def test_a_command_is_told_to_ask_again(world: World, nobody_known: None) -> None:
    before = await world.seq()
    answer = await world.post(f"{API}/tickets", "guard", {"service": "A"})
    assert_come_again(answer, page=False)
    assert await world.seq() == before


async def test_a_log_that_cannot_be_read_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.site, "read_log", away)
    assert_come_again(await world.get(f"{API}/log", "auditor"), page=False)


@pytest.mark.parametrize(
    "path",
    [
        f"/guard/{BRANCH}",
        f"/desk/{BRANCH}/1",
        f"/supervisor/{BRANCH}",
        f"/board/{BRANCH}?key=once",
        f"/?open=board&branch={BRANCH}",
        "/invite/something",
    ],
)
async def test_a_person_is_told_on_a_page(world: World, nobody_known: None, path: str) -> None:
    world.client.cookies.set("session", "somebody")
    assert_come_again(await world.get(path), page=True)


async def test_signing_in_has_to_wait(world: World, nobody_known: None) -> None:
    answer = await world.client.post("/sign-in", data={"username": "guard", "password": "x"})
    assert_come_again(answer, page=True)


async def test_a_socket_is_told_to_come_back(world: World, nobody_known: None) -> None:
    async with served(world) as address, connect(address + BOARD) as socket:
        await socket.send(hello(world.token("display")))
        with pytest.raises(ConnectionClosed):
            await socket.recv()
        assert socket.close_code == 1012
