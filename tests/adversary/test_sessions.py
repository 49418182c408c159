"""Sessions in wrong hands: planted before signing in, used after their end, half signed in, looked
at while rights change.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from queue_server.people import Role
from queue_server.people.keys import token_hash
from tests.web.cast import Cast
from tests.web.harness import API, BRANCH, World, pass_password, sign_in
from tests.web.matrix import Actor

GUARD_PAGE = f"/guard/{BRANCH}"
CUT_WITHIN_S = 5.0


async def opens_nothing(world: World, token: str) -> None:
    """Not a page, not the API, not a command."""
    cookie = {"Cookie": f"session={token}"}
    world.client.cookies.clear()
    before = await world.seq()
    page = await world.client.get(GUARD_PAGE, headers=cookie)
    assert page.status_code == 303
    assert page.headers["location"].startswith(("/sign-in", "/unlock"))
    assert (await world.client.get(f"{API}/guard", headers=cookie)).status_code == 401
    pressed = await world.client.post(
        f"{GUARD_PAGE}/do/issue", headers=cookie, data={"service": "A"}
    )
    assert pressed.status_code == 303
    assert await world.seq() == before


async def test_a_session_planted_before_signing_in_is_not_the_one_after(world: World) -> None:
    planted = secrets.token_urlsafe(32)
    world.client.cookies.set("session", planted, domain="test")
    answer = await sign_in(world, "guard")
    assert answer.cookies["session"] != planted
    await opens_nothing(world, planted)


async def test_the_first_steps_session_ends_with_the_second(world: World) -> None:
    await pass_password(world, "guard", world.client)
    half = world.client.cookies["session"]
    await opens_nothing(world, half)
    await sign_in(world, "guard")
    whole = world.client.cookies["session"]
    assert whole != half
    await opens_nothing(world, half)


async def test_half_signed_in_is_not_signed_in(world: World) -> None:
    """A password alone opens nothing, whatever address is asked for beside the second step."""
    await pass_password(world, "admin", world.client)
    half = world.client.cookies["session"]
    await opens_nothing(world, half)
    for path in (
        "/account",
        "/people",
        f"/people/{BRANCH}",
        f"/devices/{BRANCH}",
        "/audit",
        "/desk",
    ):
        answer = await world.client.get(path, headers={"Cookie": f"session={half}"})
        assert answer.status_code == 303, path


@pytest.mark.parametrize("way_out", ["/sign-out", "/lock"])
async def test_a_session_is_over_for_whoever_copied_it(world: World, way_out: str) -> None:
    await sign_in(world, "guard")
    copied = world.client.cookies["session"]
    assert (await world.client.get(GUARD_PAGE)).status_code == 200
    await world.client.post(way_out)
    await opens_nothing(world, copied)


async def test_signing_in_again_gives_another_session(world: World) -> None:
    await sign_in(world, "guard")
    first = world.client.cookies["session"]
    await sign_in(world, "guard")
    assert world.client.cookies["session"] != first


@pytest.mark.parametrize(
    "cookie",
    [
        "session={good}x",
        "session=",
        "SESSION={good}",
        "__Host-session={good}",
        "display={good}",
        "ticket={good}",
        'session="{good}',
        "session={good}%00",
    ],
)
async def test_only_the_session_cookie_itself_opens(world: World, cookie: str) -> None:
    await sign_in(world, "guard")
    good = world.client.cookies["session"]
    world.client.cookies.clear()
    headers = {"Cookie": cookie.format(good=good)}
    assert (await world.client.get(f"{API}/guard", headers=headers)).status_code == 401


async def test_a_tossed_cookie_makes_nobody_somebody_else(world: World) -> None:
    """A neighbour's host may plant a second cookie: one of the two counts, and never a mixture."""
    await sign_in(world, "guard")
    good = world.client.cookies["session"]
    world.client.cookies.clear()
    bad = secrets.token_urlsafe(32)
    for both in (f"session={bad}; session={good}", f"session={good}; session={bad}"):
        answer = await world.client.get(f"{API}/guard", headers={"Cookie": both})
        assert answer.status_code in (200, 401)
        board = await world.client.get(f"{API}/log", headers={"Cookie": both})
        assert board.status_code in (401, 403)


async def test_a_session_is_no_bearer_token_and_no_token_a_session(world: World) -> None:
    await sign_in(world, "guard")
    session = world.client.cookies["session"]
    world.client.cookies.clear()
    assert (await world.get(f"{API}/guard", session)).status_code == 401
    await opens_nothing(world, world.token("guard"))


# While a socket is open

Change = Callable[[World, Cast, Actor], Awaitable[None]]


async def disabled(world: World, cast: Cast, _: Actor) -> None:
    await world.site.people.save_account(replace(cast.accounts["supervisor"], disabled=True))


async def made_a_guard(world: World, cast: Cast, _: Actor) -> None:
    await world.site.people.save_account(replace(cast.accounts["supervisor"], role=Role.GUARD))


async def moved(world: World, cast: Cast, _: Actor) -> None:
    await world.site.people.save_account(replace(cast.accounts["supervisor"], branch="tarakan"))


async def new_password(world: World, cast: Cast, _: Actor) -> None:
    await world.site.people.save_account(
        replace(cast.accounts["supervisor"], password_hash="another")
    )


async def ended(world: World, cast: Cast, actor: Actor) -> None:
    await world.site.people.end_sessions(cast.accounts["supervisor"].id)


async def locked(world: World, cast: Cast, actor: Actor) -> None:
    found = await world.site.people.signed_in(
        token_hash(actor.cookies["session"]), world.site.now()
    )
    assert found is not None
    await world.site.people.lock_session(found.session.id)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (disabled, 4401),
        (made_a_guard, 4403),
        (moved, 4403),
        (new_password, 4401),
        (ended, 4401),
        (locked, 4401),
    ],
)
async def test_an_open_socket_follows_its_owners_rights(
    two_branches: World, change: Change, code: int
) -> None:
    world = two_branches
    cast = Cast(world.site, "a.20260101.A-001." + "x" * 27)
    await cast.begin()
    actor = next(one for one in await cast.browsers() if one.name == "supervisor")
    closed = asyncio.ensure_future(until_closed(world, actor))
    await asyncio.sleep(0.3)
    assert not closed.done()
    began = time.monotonic()
    await change(world, cast, actor)
    assert await asyncio.wait_for(closed, CUT_WITHIN_S) == code
    assert time.monotonic() - began <= CUT_WITHIN_S
    answer = await world.client.get(f"{API}/counters/1/desk", headers=actor.headers())
    assert answer.status_code == (401 if code == 4401 else 403)


async def until_closed(world: World, actor: Actor) -> int:
    """Watches a counter until it is cut off; the code."""
    incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    incoming.put_nowait({"type": "websocket.connect"})
    codes: list[int] = []

    async def send(message: Any) -> None:
        if message["type"] == "websocket.close":
            codes.append(message["code"])
            incoming.put_nowait({"type": "websocket.disconnect", "code": message["code"]})

    path = f"/ws/branches/{BRANCH}/counters/1"
    scope = {
        "type": "websocket",
        "scheme": "ws",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [
            (b"host", b"test"),
            (b"origin", b"http://test"),
            (b"cookie", actor.headers()["Cookie"].encode()),
        ],
        "client": ("10.0.0.7", 999),
        "server": ("test", 80),
        "subprotocols": [],
    }
    await world.app(scope, incoming.get, send)
    return codes[0]


# Other ways to ask for the same

METHODS = ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "LAPAK")


@pytest.mark.parametrize("method", METHODS)
async def test_a_command_is_a_post_and_nothing_else(world: World, method: str) -> None:
    await sign_in(world, "guard")
    before = await world.seq()
    for path in (
        f"{GUARD_PAGE}/do/issue?service=A",
        f"{API}/counters/1/call-next",
        "/sign-out",
        "/lock",
    ):
        answer = await world.client.request(method, path)
        assert answer.status_code == 405, path
    # At this address one may also look, and looking takes no number.
    looked = await world.client.request(method, f"{API}/tickets?service=A")
    assert looked.status_code == (422 if method in ("GET", "HEAD") else 405)
    assert await world.seq() == before
    assert (await world.client.get(GUARD_PAGE)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X-HTTP-Method-Override": "POST"},
        {"X-HTTP-Method": "POST"},
        {"X-Method-Override": "POST"},
        {"X-Original-URL": f"/supervisor/{BRANCH}"},
        {"X-Rewrite-URL": f"/supervisor/{BRANCH}"},
    ],
    ids=str,
)
async def test_a_header_changes_neither_method_nor_address(
    world: World, headers: dict[str, str]
) -> None:
    await sign_in(world, "guard")
    before = await world.seq()
    query = {"service": "A", "_method": "POST"}
    bent = await world.client.get(f"{GUARD_PAGE}/do/issue", params=query, headers=headers)
    assert bent.status_code == 405
    page = await world.client.get(GUARD_PAGE, headers=headers)
    assert (page.status_code, await world.seq()) == (200, before)
    assert f"/guard/{BRANCH}" in page.text


@pytest.mark.parametrize(
    "leads_to",
    [
        "//evil.example",
        "https://evil.example",
        "https:evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "/%0d%0aSet-Cookie:x=1",
        "/guard/x\r\nSet-Cookie: a=b",
        "///evil.example",
        "/.//evil.example",
    ],
)
async def test_signing_in_leads_to_no_other_site(world: World, leads_to: str) -> None:
    answer = await sign_in(world, "guard", leads_to=leads_to)
    assert answer.status_code == 303
    where = httpx.URL("http://test/sign-in").join(answer.headers["location"])
    assert where.host == "test"
    assert "evil.example" not in where.host
    assert "\r" not in answer.headers["location"]
    assert "a" not in answer.cookies


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "test@evil.example", "test, evil.example", "a b"]
)
async def test_a_bent_host_stays_with_whoever_sent_it(world: World, host: str) -> None:
    """What others see does not come from it, and nothing leads there."""
    await sign_in(world, "guard")
    bent = {"Host": host}
    await world.client.post(f"/b/{BRANCH}/ticket", data={"service": "A"}, headers=bent)
    led = await world.client.get("/supervisor/nowhere", headers=bent)
    assert "evil.example" not in led.headers.get("location", "")
    board = (await world.get(f"{API}/board", "display")).json()
    assert "evil" not in board["join"]["url"]
    foreign = {**bent, "Origin": "http://test"}
    answer = await world.client.post(
        f"{GUARD_PAGE}/do/issue", data={"service": "A"}, headers=foreign
    )
    assert answer.status_code in (403, 400)
