"""Every role at every socket and every staff page, of their own branch and of another's; and a
ticket's secret with one letter wrong.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from queue_server.manage import demo
from queue_server.office.questions import Configure, MakeToken
from queue_server.people import Role
from queue_server.store import codec
from queue_server.web.tickets import ticket_name
from tests.adversary.test_forms import posted, signed_in
from tests.office import ask
from tests.web.harness import API, BRANCH, Live, World, hello

SOCKETS = {
    "board": f"/ws/branches/{BRANCH}/board",
    "guard": f"/ws/branches/{BRANCH}/guard",
    "kiosk": f"/ws/branches/{BRANCH}/kiosk",
    "counter": f"/ws/branches/{BRANCH}/counters/1",
    "ticket": "/ws/ticket",
}
# Written down apart from the policy table, from what each role is for.
MAY_WATCH = {
    "admin": {"board", "guard", "kiosk", "counter"},
    "supervisor": {"board", "guard", "kiosk", "counter"},
    "auditor": {"board", "guard", "kiosk", "counter"},
    "guard": {"board", "guard", "kiosk"},
    "officer1": {"board", "guard", "counter"},
    "display": {"board"},
    "kiosk": {"board", "kiosk"},
    "holder": {"ticket"},
}
SECRETS_TRIED = "A0a.-_é"


async def end(live: Live, path: str, token: str) -> int | None:
    """None: a view came; else the code it was closed with."""
    address = f"ws://127.0.0.1:{live.port}{path}"
    async with connect(address, compression=None) as socket:
        await socket.send(hello(token))
        try:
            assert "view" in json.loads(await socket.recv())
        except ConnectionClosed:
            return socket.close_code
    return None


@pytest.fixture
async def tokens(shared: Live) -> dict[str, str]:
    async with shared.client() as anybody:
        secret = (await anybody.post(f"{API}/tickets", json={"service": "A"})).json()["secret"]
    return {
        **{name: shared.token(name) for name in MAY_WATCH if name != "holder"},
        "holder": secret,
    }


@pytest.mark.parametrize("role", MAY_WATCH)
async def test_each_role_watches_what_it_is_for(
    shared: Live, tokens: dict[str, str], role: str
) -> None:
    for name, path in SOCKETS.items():
        expected = None if name in MAY_WATCH[role] else 4403
        assert await end(shared, path, tokens[role]) == expected, f"{role} at {name}"


NOT_KEPT = (Role.ANONYMOUS, Role.PARTICIPANT)
"""Of these there are no tokens."""


@pytest.mark.parametrize("role", [role for role in Role if role not in NOT_KEPT])
async def test_nobody_of_another_branch_watches(shared: Live, role: Role) -> None:
    """Not even an admin or an auditor, where bound to a branch of their own."""
    plan = replace(demo.plan(), branch="tarakan", name="Tarakan")
    await ask(shared.folder, Configure(codec.encode_plan(plan).decode()))
    made = await ask(shared.folder, MakeToken(role, "tarakan"))
    for path in SOCKETS.values():
        assert await end(shared, path, made["token"]) == 4403


async def test_signing_out_ends_the_sockets_of_that_browser(shared: Live) -> None:
    origin = {"Origin": shared.url}
    async with shared.client() as browser:
        await shared.sign_in(browser, "guard")
        cookie = {"Cookie": f"session={browser.cookies['session']}"}
        async with shared.socket(SOCKETS["guard"], **origin, **cookie) as socket:
            await socket.recv()
            await browser.post("/sign-out")
            async with asyncio.timeout(5):
                await socket.wait_closed()
            assert socket.close_code == 4401


PAGES = {
    "/desk": {"officer1", "supervisor", "admin"},
    f"/desk/{BRANCH}/1": {"officer1", "supervisor", "admin"},
    f"/guard/{BRANCH}": {"guard", "supervisor", "admin"},
    f"/guard/{BRANCH}/slip/A-001": {"guard", "supervisor", "admin"},
    f"/supervisor/{BRANCH}": {"supervisor", "admin"},
    f"/board/{BRANCH}": {"officer1", "guard", "supervisor", "admin", "auditor"},
    f"/kiosk/{BRANCH}": {"guard", "supervisor", "admin"},
}
FORMS = {
    f"/desk/{BRANCH}/1/do/open": {"officer1", "supervisor", "admin"},
    f"/desk/{BRANCH}/1/do/finish": {"officer1", "supervisor", "admin"},
    f"/guard/{BRANCH}/do/notice": {"guard", "supervisor", "admin"},
    f"/supervisor/{BRANCH}/do/open-day": {"supervisor", "admin"},
    f"/kiosk/{BRANCH}/ticket": {"guard", "supervisor", "admin"},
}
STAFF = ("officer1", "guard", "supervisor", "admin", "auditor")


@pytest.mark.parametrize("who", STAFF)
async def test_each_role_opens_its_own_pages(two_branches: World, who: str) -> None:
    world = two_branches
    await world.issue()
    await signed_in(world, who)
    for path, roles in PAGES.items():
        own = await world.client.get(path)
        assert (own.status_code == 200) is (who in roles), f"{who} at {path}: {own.status_code}"
        if BRANCH in path and who not in ("admin", "auditor"):
            other = await world.client.get(path.replace(BRANCH, "tarakan"))
            assert other.status_code == 403, f"{who} at the other {path}: {other.status_code}"


@pytest.mark.parametrize("who", STAFF)
async def test_each_role_presses_its_own_buttons(two_branches: World, who: str) -> None:
    world = two_branches
    await world.issue()
    await signed_in(world, who)
    for path, roles in FORMS.items():
        before = await world.seq()
        answer = await posted(world, path, "number=A-001&service=Z")
        if who not in roles:
            assert (answer.status_code, await world.seq()) == (403, before), f"{who} at {path}"
        else:
            assert answer.status_code != 403, f"{who} at {path}"
        elsewhere = await posted(world, path.replace(BRANCH, "tarakan"), "number=A-001&service=Z")
        if who != "admin":
            assert elsewhere.status_code == 403, f"{who} at the other {path}"


async def test_a_display_gives_no_numbers(world: World) -> None:
    opened = await world.client.get(f"/?open=board&branch={BRANCH}")
    await world.client.get(opened.headers["location"])
    assert (await world.client.get(f"/board/{BRANCH}")).status_code == 200
    answer = await posted(world, f"/kiosk/{BRANCH}/ticket", "service=A")
    assert answer.status_code in (303, 403)
    assert await world.seq() == 1


async def test_a_secret_with_one_letter_wrong_opens_nothing(world: World) -> None:
    secret: str = (await world.issue())["secret"]
    other: str = (await world.issue())["secret"]
    assert ticket_name(world.site, secret) is not None
    for place, letter in enumerate(secret):
        for wrong in SECRETS_TRIED:
            if wrong != letter:
                bent = secret[:place] + wrong + secret[place + 1 :]
                assert ticket_name(world.site, bent) is None, bent
    mixed = secret.rpartition(".")[0] + "." + other.rpartition(".")[2]
    for bent in (mixed, secret + "A", secret[:-1], secret.lower(), f" {secret}", secret * 2, "..."):
        assert ticket_name(world.site, bent) is None, bent
