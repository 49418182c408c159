"""Everybody at once with what is good for one: codes, links, keys, guesses, and rights that change
while a command is on its way.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from dataclasses import replace

import httpx

from queue_server.people import Totp
from tests.web.harness import API, BRANCH, World, fresh_code, pass_password, sign_in

AT_ONCE = 12


def browser(world: World) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(world.app, client=("10.0.0.8", 999))
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def test_one_code_of_an_app_signs_one_browser_in(world: World) -> None:
    browsers = [browser(world) for _ in range(AT_ONCE)]
    for one in browsers:
        await pass_password(world, "guard", one)
    code = await fresh_code(world, "guard")
    before = [one.cookies["session"] for one in browsers]
    await asyncio.gather(*(one.post("/sign-in/second", data={"code": code}) for one in browsers))
    through = [(await one.get(f"/guard/{BRANCH}")).status_code == 200 for one in browsers]
    assert sum(through) == 1
    moved = [one.cookies.get("session") != was for one, was in zip(browsers, before, strict=True)]
    assert moved == through


async def test_a_code_seen_over_the_shoulder_is_spent(world: World) -> None:
    first, second = browser(world), browser(world)
    await pass_password(world, "guard", first)
    await pass_password(world, "guard", second)
    code = await fresh_code(world, "guard")
    assert (await first.post("/sign-in/second", data={"code": code})).is_redirect
    again = await second.post("/sign-in/second", data={"code": code})
    assert again.status_code == 401
    assert (await second.get(f"/guard/{BRANCH}")).status_code == 303


async def test_an_invitation_makes_one_account_however_many_accept(world: World) -> None:
    await sign_in(world, "supervisor")
    invited = {"role": "officer", "name": "Rini"}
    made = await world.client.post(f"/people/{BRANCH}/do/invite", data=invited)
    found = re.search(r"/invite/([\w-]{20,})", made.text)
    assert found
    before = len(await world.site.people.accounts())
    browsers = [browser(world) for _ in range(AT_ONCE)]
    for one in browsers:
        await one.get(f"/invite/{found[1]}")

    async def accept(n: int, one: httpx.AsyncClient) -> None:
        password = "panjang-sekali-sandi-ini"
        fields = {"username": f"rini{n}", "password": password, "again": password}
        await one.post("/invite", data=fields)

    await asyncio.gather(*(accept(n, one) for n, one in enumerate(browsers)))
    assert len(await world.site.people.accounts()) == before + 1
    assert sum("session" in one.cookies for one in browsers) == 1


async def test_a_screens_key_makes_one_screen(world: World) -> None:
    keyed = (await world.client.get(f"/?open=board&branch={BRANCH}")).headers["location"]
    browsers = [browser(world) for _ in range(AT_ONCE)]
    await asyncio.gather(*(one.get(keyed) for one in browsers))
    assert sum("display" in one.cookies for one in browsers) == 1


async def test_guesses_at_once_are_counted_one_by_one(world: World) -> None:
    """A hundred at once must not all be the first."""
    statuses = Counter[int]()

    async def guess(n: int) -> None:
        async with browser(world) as one:
            fields = {"username": "supervisor", "password": f"wrong-{n}-password"}
            statuses[(await one.post("/sign-in", data=fields)).status_code] += 1

    await asyncio.gather(*(guess(n) for n in range(40)))
    assert statuses.keys() == {401, 429}
    assert statuses[401] <= world.site.settings.sign_in_failures_max + 1


async def test_codes_of_an_app_are_not_tried_out(world: World) -> None:
    """Six digits last long only while few may be tried."""
    statuses = Counter[int]()
    async with browser(world) as one:
        await pass_password(world, "guard", one)
        for n in range(40):
            answer = await one.post("/sign-in/second", data={"code": f"{n:06d}"})
            statuses[answer.status_code] += 1
        assert (await one.get(f"/guard/{BRANCH}")).status_code == 303
    assert statuses[401] <= world.site.settings.sign_in_failures_max + 1, statuses


async def test_setting_up_a_factor_asks_for_it_before_the_work(world: World) -> None:
    """Whoever has no second factor gets none by going past the page, nor by saying it is done."""
    account = await world.site.people.account_named("guard")
    assert account is not None
    await world.site.people.remove_totp(account.id)
    world.site.sign_ins.forget()
    async with browser(world) as one:
        await pass_password(world, "guard", one)
        for fields in (
            {"do": "kept"},
            {"do": ""},
            {"do": "codes"},
            {"do": "app", "code": "000000"},
        ):
            await one.post("/account/second-factor", data=fields)
            assert (await one.get(f"/guard/{BRANCH}")).status_code == 303
            assert (await one.get(f"{API}/guard")).status_code == 401


async def test_an_unconfirmed_app_proves_nothing(world: World) -> None:
    account = await world.site.people.account_named("guard")
    assert account is not None
    kept = await world.site.people.totp(account.id)
    assert kept is not None
    await world.site.people.save_totp(Totp(account.id, kept.secret, world.site.now()))
    factors = await world.site.people.factors(account.id)
    assert not factors.totp


async def test_rights_lost_meanwhile_are_lost_for_commands_on_their_way(world: World) -> None:
    """Fifty commands and a disabling at once: none is done by somebody unknown afterwards."""
    await sign_in(world, "guard")
    account = await world.site.people.account_named("guard")
    assert account is not None

    async def press(n: int) -> int:
        body = {"service": "A"}
        return (await world.post(f"{API}/tickets", None, body, key=f"k{n}")).status_code

    first = asyncio.gather(*(press(n) for n in range(25)))
    await world.site.people.save_account(replace(account, disabled=True))
    await first
    await asyncio.sleep(world.site.settings.sign_in_cached_s + 0.1)
    before = await world.seq()
    pressed = await world.client.post(f"/guard/{BRANCH}/do/issue", data={"service": "A"})
    assert pressed.status_code == 303
    assert pressed.headers["location"].startswith("/sign-in")
    assert await world.seq() == before
