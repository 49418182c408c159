"""Signing in and out by both steps, invitations, and what forged or stale ones come to."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import httpx
import pytest

from queue_server.office.questions import Invite, MakeDeviceKey
from queue_server.people import Invitation, Role
from queue_server.people.keys import new_token, token_hash
from tests.clocks import FakeClock
from tests.office import told
from tests.web.harness import API, BRANCH, World, living_world, pass_password, sign_in


def cookie_of(response: httpx.Response, name: str) -> str:
    found = [
        header
        for header in response.headers.get_list("set-cookie")
        if header.startswith(f"{name}=")
    ]
    assert len(found) == 1, f"no cookie {name} in {response.headers}"
    return found[0]


async def test_an_officer_signs_in_works_and_signs_out(world: World) -> None:
    signed_in = await sign_in(world, "officer1")
    assert signed_in.status_code == 303
    header = cookie_of(signed_in, "session")
    assert "HttpOnly" in header
    assert "SameSite=strict" in header
    assert (await world.post(f"{API}/counters/1/open")).status_code == 200
    old = world.client.cookies["session"]
    signed_out = await world.client.post("/sign-out")
    assert signed_out.status_code == 303
    world.client.cookies.set("session", old, domain="test.local")
    assert (await world.post(f"{API}/counters/1/close")).status_code == 401


async def test_a_token_is_new_at_every_sign_in(world: World) -> None:
    world.client.cookies.set("session", "planted", domain="test.local")
    first = SimpleCookie(cookie_of(await sign_in(world, "guard"), "session"))["session"].value
    second = SimpleCookie(cookie_of(await sign_in(world, "guard"), "session"))["session"].value
    assert len({"planted", first, second}) == 3


@pytest.mark.parametrize("username", ["officer1", "nobody", "' or 1=1 --", "", "x" * 5_000])
async def test_a_wrong_sign_in_tells_nothing(world: World, username: str) -> None:
    response = await world.client.post("/sign-in", data={"username": username, "password": "wrong"})
    assert response.status_code < 500
    assert "session" not in world.client.cookies


async def guess(world: World, name: str, guessed: str = "wrong") -> httpx.Response:
    return await world.client.post("/sign-in", data={"username": name, "password": guessed})


async def test_waits_grow_and_end(folder: Path) -> None:
    clock = FakeClock(datetime.now(UTC).replace(microsecond=0))
    async with living_world(folder, clock, sign_in_failures_max=2) as world:
        waits = []
        for _ in range(9):
            await guess(world, "officer1")
            refused = await guess(world, "officer1")
            if refused.status_code == 429:
                waits.append(int(refused.headers["retry-after"]))
                clock.jump(clock.now() + timedelta(seconds=waits[-1]))
        assert waits[:3] == [30, 60, 120]
        assert waits == sorted(waits)
        assert waits[-1] == world.site.settings.sign_in_wait_max_s
        assert (await sign_in(world, "officer1")).headers["location"] == "/desk"


async def test_a_strangers_guesses_do_not_keep_anybody_from_their_own_desk(folder: Path) -> None:
    async with living_world(folder, sign_in_failures_max=2) as world:
        await sign_in(world, "officer1")
        own = world.client.cookies["known"]
        world.client.cookies.clear()
        for _ in range(5):
            await guess(world, "officer1")
        assert (await pass_password(world, "officer1")).status_code == 429
        world.client.cookies.set("known", own, domain="test.local")
        assert (await sign_in(world, "officer1")).headers["location"] == "/desk"


async def test_a_known_browser_may_not_guess_for_ever_either(folder: Path) -> None:
    async with living_world(folder, sign_in_failures_max=2) as world:
        await sign_in(world, "officer1")
        own = world.client.cookies["known"]
        world.client.cookies.clear()
        world.client.cookies.set("known", own, domain="test.local")
        codes = [(await guess(world, "officer1")).status_code for _ in range(4)]
        assert codes == [401, 401, 429, 429]
        others = [(await guess(world, "officer2")).status_code for _ in range(4)]
        assert others == [401, 401, 429, 429], "known for one account is not known for another"


@pytest.mark.parametrize("forged", ["x", "00ff00ff00ff00ff.x", "~~~", "a.b~" * 400, ".", "1."])
async def test_a_forged_name_of_a_browser_is_nobodys(folder: Path, forged: str) -> None:
    async with living_world(folder, sign_in_failures_max=1) as world:
        await guess(world, "officer1")
        world.client.cookies.set("known", forged, domain="test.local")
        assert (await guess(world, "officer1")).status_code == 429


async def test_names_nobody_has_wait_alike(folder: Path) -> None:
    async with living_world(folder, sign_in_failures_max=2) as world:
        codes = {
            name: [(await guess(world, name)).status_code for _ in range(4)]
            for name in ("officer1", "nobody")
        }
    assert codes["officer1"] == codes["nobody"] == [401, 401, 429, 429]


async def test_a_hundred_guesses_at_once_are_not_all_the_first(folder: Path) -> None:
    async with living_world(folder, sign_in_failures_max=3) as world:
        answers = await asyncio.gather(*(guess(world, "officer1", str(n)) for n in range(20)))
    assert [one.status_code for one in answers].count(401) == 3


async def test_guessing_stops_after_a_few_and_only_for_that_account(folder: Path) -> None:
    async with living_world(folder, sign_in_failures_max=3) as world:
        for _ in range(3):
            await guess(world, "officer1")
        waiting = await pass_password(world, "officer1")
        assert "session" not in world.client.cookies
        assert waiting.status_code == 429
        assert 0 < int(waiting.headers["retry-after"]) <= world.site.settings.sign_in_wait_s
        assert (await sign_in(world, "officer2")).status_code == 303
        assert "session" in world.client.cookies


async def test_the_count_of_failures_survives_a_restart(folder: Path) -> None:
    async with living_world(folder, sign_in_failures_max=1) as before:
        await guess(before, "officer1")
    async with living_world(folder, sign_in_failures_max=1) as after:
        await pass_password(after, "officer1")
        assert "session" not in after.client.cookies


async def test_a_disabled_account_is_out_within_seconds(world: World) -> None:
    from dataclasses import replace

    await sign_in(world, "guard")
    assert (await world.get(f"{API}/guard")).status_code == 200
    account = await world.site.people.account_named("guard")
    assert account is not None
    await world.site.people.save_account(replace(account, disabled=True))
    world.site.sign_ins.forget()  # instead of waiting for its memory to fade
    assert (await world.get(f"{API}/guard")).status_code == 401
    await pass_password(world, "guard")
    assert (await world.get(f"{API}/guard")).status_code == 401
    assert world.client.cookies.get("session") is None or (
        await world.client.get("/sign-in/second")
    ).headers["location"].startswith("/sign-in")


async def invited(world: World) -> str:
    """The address of a fresh invitation for an officer."""
    link = (await told(world, Invite(Role.OFFICER, BRANCH)))["link"]
    return "/invite/" + str(link).rpartition("/")[2]


SARI = {"name": "Sari Dewi", "username": "sari", "password": "kuda laut hijau"}


async def test_an_invitation_makes_one_account_once(world: World) -> None:
    path = await invited(world)
    opened = await world.client.get(path)
    assert (opened.status_code, opened.headers["location"]) == (303, "/invite")
    assert (await world.client.get("/invite")).status_code == 200
    accepted = await world.client.post("/invite", data=SARI)
    assert accepted.headers["location"] == "/account/second-factor"
    account = await world.site.people.account_named("sari")
    assert account is not None
    assert (account.display_name, account.branch) == ("Sari Dewi", BRANCH)
    world.client.cookies.clear()
    assert (await world.client.get(path)).status_code == 404


async def test_an_invitations_secret_leaves_the_address_and_the_browser(world: World) -> None:
    path = await invited(world)
    secret = path.rpartition("/")[2]
    opened = await world.client.get(path)
    assert "HttpOnly" in cookie_of(opened, "invite")
    assert secret not in (await world.client.get("/invite")).text
    await world.client.post("/invite", data=SARI)
    assert "invite" not in world.client.cookies


async def test_two_who_accept_one_invitation_make_one_account(world: World) -> None:
    path = await invited(world)
    await world.client.get(path)
    answers = await asyncio.gather(
        *(world.client.post("/invite", data={**SARI, "username": f"sari{n}"}) for n in range(3))
    )
    assert sorted(one.status_code for one in answers) == [303, 404, 404]


@pytest.mark.parametrize(
    ("username", "password", "code"),
    [
        ("sari", "short", 422),
        ("s", "kuda laut hijau", 422),
        ("guard", "kuda laut hijau", 409),
        ("", "", 422),
        ("sari", "Password123!", 422),
        ("sari", "sayangku1234", 422),
        ("sari", "sarisarisari", 422),
        ("sari", "aaaaaaaaaaaa", 422),
        ("sari", "bontang ceria", 422),
        ("sari", "kantor bpjs satu", 422),
        ("sari", "dewi yang kuat", 422),
    ],
)
async def test_an_invitation_refuses_weak_and_taken_names(
    world: World, username: str, password: str, code: int
) -> None:
    await world.client.get(await invited(world))
    chosen = {**SARI, "username": username, "password": password}
    response = await world.client.post("/invite", data=chosen)
    assert response.status_code == code
    assert "session" not in world.client.cookies
    assert (await world.client.post("/invite", data=SARI)).status_code == 303


@pytest.mark.parametrize(
    "password",
    [
        "kuda laut hijau",
        "🦀 ikan 🦀 ikan 🦀 q",
        "8f3k-zz91-pq",
        "x7" * 3 + "é tak ada",
        "q" * 3 + "w9 " * 65,
    ],
)
async def test_any_letters_make_a_password(world: World, password: str) -> None:
    await world.client.get(await invited(world))
    response = await world.client.post("/invite", data={**SARI, "password": password})
    assert response.status_code == 303


async def test_the_same_letters_typed_otherwise_are_the_same_password(world: World) -> None:
    await world.client.get(await invited(world))
    await world.client.post("/invite", data={**SARI, "password": "caf\u00e9 di pojok"})
    world.client.cookies.clear()
    again = {"username": "SARI", "password": "cafe\u0301 di pojok"}
    assert (await world.client.post("/sign-in", data=again)).status_code == 303


async def test_the_way_back_in_takes_the_old_factors_and_sessions(world: World) -> None:
    await sign_in(world, "officer1")
    old = world.client.cookies["session"]
    token, now = new_token(), world.site.now()
    until = now + timedelta(days=1)
    back = Invitation(
        token_hash(token), Role.OFFICER, BRANCH, now, until, id="back", account="officer1"
    )
    await world.site.people.add_invitation(back)
    world.client.cookies.clear()
    await world.client.get(f"/invite/{token}")
    returned = await world.client.post("/invite", data={"password": "ikan terbang biru"})
    assert returned.headers["location"] == "/account/second-factor"
    assert not (await world.site.people.factors("officer1")).any
    world.client.cookies.set("session", old, domain="test.local")
    assert (await world.post(f"{API}/counters/1/open")).status_code == 401
    world.client.cookies.clear()
    assert (await pass_password(world, "officer1")).status_code == 401


async def test_a_device_key_pairs_once_and_leaves_a_clean_address(world: World) -> None:
    link = (await told(world, MakeDeviceKey(Role.DISPLAY, BRANCH)))["link"]
    path = link.removeprefix(world.site.settings.address())
    paired = await world.client.get(path)
    assert (paired.status_code, paired.headers["location"]) == (303, f"/board/{BRANCH}")
    assert (await world.client.get(f"/board/{BRANCH}")).status_code == 200
    reloaded = await world.client.get(path)
    assert reloaded.status_code == 303
    world.client.cookies.clear()
    stolen = await world.client.get(path)
    assert stolen.status_code in (403, 404)
    assert "set-cookie" not in stolen.headers


async def test_a_device_key_opens_no_other_page(world: World) -> None:
    link = (await told(world, MakeDeviceKey(Role.DISPLAY, BRANCH)))["link"]
    key = link.rpartition("=")[2]
    refused = await world.client.get(f"/kiosk/{BRANCH}?key={key}")
    assert refused.status_code == 403
    assert "set-cookie" not in refused.headers


async def test_staff_pages_lead_to_signing_in(world: World) -> None:
    for path in ("/desk", f"/guard/{BRANCH}", f"/supervisor/{BRANCH}", f"/desk/{BRANCH}/1"):
        response = await world.client.get(path)
        assert response.status_code == 303
        assert response.headers["location"].startswith("/sign-in?next=%2F")


@pytest.mark.parametrize("next_path", ["//evil.example", "https://evil.example", "/\\evil", "x"])
async def test_signing_in_leads_nowhere_else(world: World, next_path: str) -> None:
    asked = await pass_password(world, "guard", leads_to=next_path)
    assert asked.headers["location"] == "/sign-in/second"
    response = await sign_in(world, "guard", leads_to=next_path)
    assert response.headers["location"] == f"/guard/{BRANCH}"


async def test_a_forged_ticket_secret_opens_nothing(world: World) -> None:
    secret = (await world.issue())["secret"]
    other = (await world.issue())["secret"]
    mixed = f"{secret.rpartition('.')[0]}.{other.rpartition('.')[2]}"
    cut = secret[:-1]
    moved = secret.replace("A-001", "A-002")
    yesterday = (world.site.now() - timedelta(days=1)).strftime("%Y%m%d")
    dated = ".".join([BRANCH, yesterday, "A-001", secret.rpartition(".")[2]])
    for forged in (mixed, cut, moved, dated, secret + "x", "...", secret.lower()):
        assert (await world.get("/api/v1/ticket", forged)).status_code == 401
    assert (await world.get("/api/v1/ticket", secret)).status_code == 200
