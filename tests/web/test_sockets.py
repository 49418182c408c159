"""The sockets over a real connection: views, heartbeats, and every way of ending."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.office import ask
from tests.web.harness import API, BRANCH, Live, hello

BOARD = f"/ws/branches/{BRANCH}/board"


async def close_code(connection: ClientConnection, within_s: float = 10) -> int:
    """Reads until the server closes; its code."""
    with suppress(ConnectionClosed):
        async with asyncio.timeout(within_s):
            while True:
                await connection.recv()
    assert connection.close_code is not None
    return connection.close_code


async def next_view(connection: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(10):
        while True:
            message = json.loads(await connection.recv())
            if "view" in message:
                view: dict[str, Any] = message["view"]
                assert view["seq"] <= message["seq"]
                return view


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (BOARD, "display"),
        (f"/ws/branches/{BRANCH}/kiosk", "kiosk"),
        (f"/ws/branches/{BRANCH}/guard", "guard"),
        (f"/ws/branches/{BRANCH}/counters/1", "officer1"),
    ],
)
async def test_a_hello_with_a_token_gets_the_view_at_once(
    shared: Live, path: str, name: str
) -> None:
    async with shared.socket(path) as connection:
        await connection.send(hello(shared.token(name)))
        assert (await next_view(connection))["branch"] == BRANCH


async def test_a_call_reaches_board_desk_and_phone(shared: Live) -> None:
    async with shared.client("guard") as guard, shared.client("officer1") as officer:
        mine = (await guard.post(f"{API}/tickets", json={"service": "A"})).json()["secret"]
        await officer.post(f"{API}/counters/1/open")
        board = await shared.watch(BOARD, shared.token("display"))
        desk = await shared.watch(f"/ws/branches/{BRANCH}/counters/1", shared.token("officer1"))
        phone = await shared.watch("/ws/ticket", mine)
        await officer.post(f"{API}/counters/1/call-next")
        assert (await next_view(board))["calls"][0]["number"] == "A-001"
        assert [one["number"] for one in (await next_view(desk))["open_tickets"]] == ["A-001"]
        seen = await next_view(phone)
        assert (seen["stage"], seen["counter"]) == ("called", "1")
        for connection in (board, desk, phone):
            await connection.close()


async def test_another_sites_page_is_refused_before_the_handshake(shared: Live) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with shared.socket(BOARD, Origin="https://evil.example"):
            pass
    assert refused.value.response.status_code == 403


async def test_a_cookie_counts_only_with_the_right_origin(shared: Live) -> None:
    cookie = f"display={shared.token('display')}"
    origin = f"http://127.0.0.1:{shared.port}"
    async with shared.socket(BOARD, Cookie=cookie, Origin=origin) as connection:
        assert (await next_view(connection))["branch"] == BRANCH
    async with shared.socket(BOARD, Cookie=cookie) as connection:
        # Without an origin cookies are not looked at: it waits for a hello.
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await connection.recv()


@pytest.mark.parametrize(
    ("path", "token", "code"),
    [
        (BOARD, "nobody's", 4401),
        (BOARD, "", 4401),
        (BOARD, "bontang.20260101.A-001.aaaaaaaaaaaaaaaaaaaaaaaaaaa", 4401),
        (f"/ws/branches/{BRANCH}/guard", "display", 4403),
        ("/ws/branches/nowhere/board", "display", 4403),
        ("/ws/branches/nowhere/board", "admin", 4404),
        (f"/ws/branches/{BRANCH}/counters/99", "officer1", 4404),
        ("/ws/ticket", "officer1", 4403),
    ],
)
async def test_whoever_may_not_watch_is_told_why(
    shared: Live, path: str, token: str, code: int
) -> None:
    known = shared.credentials.get(token, {}).get("token", token)
    async with shared.socket(path) as connection:
        await connection.send(hello(known))
        assert await close_code(connection) == code


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (b"binary", 1003),
        ("not json", 1008),
        ("{}", 1008),
        ('{"hello": {}}', 1008),
        ('{"hello": {"token": 1}}', 1008),
        ('{"hello": {"token": "x", "extra": 1}}', 1008),
        ('{"hello": {"token": "x", "seq": NaN}}', 1008),
        ("[" * 2_000, 1008),
        ('{"hello": {"token": "%s"}}' % ("x" * 4_000), 1008),
        ("x" * 5_000, 1009),
        ("x" * 5_000_000, 1009),
    ],
    ids=lambda value: str(value)[:30],
)
@pytest.mark.parametrize("signed_in", [False, True])
async def test_what_is_not_understood_ends_the_socket(
    shared: Live, message: str | bytes, code: int, signed_in: bool
) -> None:
    async with shared.socket(BOARD) as connection:
        if signed_in:
            await connection.send(hello(shared.token("display")))
            await connection.recv()
        with suppress(ConnectionClosed):  # cut while still sending
            await connection.send(message)
        assert await close_code(connection) == code
    other = await shared.watch(BOARD, shared.token("display"))
    await other.close()


@pytest.fixture
def strict(folder: Path) -> Iterator[Live]:
    limits = {"socket_hello_timeout_s": "0.5", "sockets_per_address_max": "3", "heartbeat_s": "1"}
    with Live(folder, **limits) as server:
        yield server


@pytest.fixture
def few(folder: Path) -> Iterator[Live]:
    with Live(folder, sockets_max="8", sockets_unproven_share="0.25") as server:
        yield server


async def test_whoever_says_nothing_is_asked_to_sign_in(strict: Live) -> None:
    async with strict.socket(BOARD) as connection:
        assert await close_code(connection, within_s=3) == 4401


async def test_too_many_sockets_of_one_address_are_told_so(strict: Live) -> None:
    async with strict.client("guard") as guard:
        first, second = [await secret(guard) for _ in range(2)]
    kept = [await strict.watch("/ws/ticket", first) for _ in range(3)]
    async with strict.socket("/ws/ticket") as one_more:
        await one_more.send(hello(second))
        assert await close_code(one_more) == 4429
    board = await strict.watch(BOARD, strict.token("display"))
    for connection in (*kept, board):
        await connection.close()


async def secret(guard: httpx.AsyncClient) -> str:
    """Of a new number."""
    answer = await guard.post(f"{API}/tickets", json={"service": "A"})
    return str(answer.json()["secret"])


async def test_one_tickets_sockets_shut_nobody_out(few: Live) -> None:
    """By whichever way they sign in; the newest of them stays."""
    async with few.client("guard") as guard:
        mine = await secret(guard)
    phones = [await few.watch("/ws/ticket", mine) for _ in range(12)]
    board = await few.watch(BOARD, few.token("display"))
    desk = await few.watch(f"/ws/branches/{BRANCH}/counters/1", few.token("officer1"))
    assert [await close_code(phone) for phone in phones[:-4]] == [4409] * 8
    async with few.client("officer1") as officer:
        await officer.post(f"{API}/counters/1/open")
        await officer.post(f"{API}/counters/1/call-next")
    for connection in (phones[-4], phones[-1], board, desk):
        await next_view(connection)
    for connection in (*phones, board, desk):
        await connection.close()


async def test_unproven_numbers_fill_their_own_part_only(few: Live) -> None:
    """Taken from afar by a program without cookies."""
    async with few.client() as street, few.client("guard") as guard:
        strangers = [await secret(street) for _ in range(3)]
        proven = await secret(guard)
    unproven = [await few.watch("/ws/ticket", one) for one in strangers[:2]]
    async with few.socket("/ws/ticket") as third:
        await third.send(hello(strangers[2]))
        assert await close_code(third) == 4429
    for connection in (*unproven, await few.watch("/ws/ticket", proven)):
        await connection.close()


async def test_heartbeats_say_how_far_the_view_is_right(strict: Live) -> None:
    connection = await strict.watch(BOARD, strict.token("display"))
    async with asyncio.timeout(5):
        beat = json.loads(await connection.recv())
    assert set(beat) == {"seq", "at"}
    await connection.close()


async def test_revoking_a_token_cuts_its_socket_within_seconds(shared: Live) -> None:
    from queue_server.office.questions import MakeToken, Revoke
    from queue_server.people import Role

    made = await ask(shared.folder, MakeToken(Role.DISPLAY, BRANCH))
    connection = await shared.watch(BOARD, made["token"])
    await ask(shared.folder, Revoke(made["id"]))
    assert await close_code(connection, within_s=5) == 4401
