"""Signing in and out, invitations, device keys, and what forged or stale ones come to."""

from __future__ import annotations

from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import httpx
import pytest

from queue_server.manage.office import Invite, MakeDeviceKey, Office
from queue_server.store.people import Role
from tests.web.harness import API, BRANCH, World, living_world


def office(world: World) -> Office:
    site = world.site
    return Office(site.people, site.days.branches, site.days.configure, site.now, site.settings)


async def sign_in(world: World, name: str, password: str | None = None) -> httpx.Response:
    known = world.credentials[name]["password"]
    fields = {"username": name, "password": known if password is None else password}
    return await world.client.post("/sign-in", data=fields)


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
    world.client.cookies.set("session", old, domain="test")
    assert (await world.post(f"{API}/counters/1/close")).status_code == 401


async def test_a_token_is_new_at_every_sign_in(world: World) -> None:
    world.client.cookies.set("session", "planted", domain="test")
    first = SimpleCookie(cookie_of(await sign_in(world, "guard"), "session"))["session"].value
    second = SimpleCookie(cookie_of(await sign_in(world, "guard"), "session"))["session"].value
    assert len({"planted", first, second}) == 3


@pytest.mark.parametrize("username", ["officer1", "nobody", "' or 1=1 --", "", "x" * 5_000])
async def test_a_wrong_sign_in_tells_nothing(world: World, username: str) -> None:
    response = await world.client.post("/sign-in", data={"username": username, "password": "wrong"})
    assert response.status_code < 500
    assert "session" not in world.client.cookies


async def test_guessing_stops_after_a_few_and_only_for_that_account(folder: Path) -> None:
    async with living_world(folder, sign_in_failures_max=3) as world:
        for _ in range(3):
            await sign_in(world, "officer1", "wrong")
        locked = await sign_in(world, "officer1")
        assert "session" not in world.client.cookies
        assert locked.status_code in (303, 429)
        assert (await sign_in(world, "officer2")).status_code == 303
        assert "session" in world.client.cookies


async def test_the_count_of_failures_survives_a_restart(folder: Path) -> None:
    async with living_world(folder, sign_in_failures_max=1) as before:
        await sign_in(before, "officer1", "wrong")
    async with living_world(folder, sign_in_failures_max=1) as after:
        await sign_in(after, "officer1")
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
    await sign_in(world, "guard")
    assert (await world.get(f"{API}/guard")).status_code == 401


async def test_an_invitation_makes_one_account_once(world: World) -> None:
    link = (await office(world).answer(Invite(Role.OFFICER, BRANCH)))["link"]
    path = "/invite/" + link.rpartition("/")[2]
    assert (await world.client.get(path)).status_code == 200
    fields = {"username": "sari", "password": "kuda laut hijau"}
    accepted = await world.client.post(path, data=fields)
    assert accepted.status_code == 303, accepted.text
    assert (await world.post(f"{API}/counters/1/open")).status_code == 200
    world.client.cookies.clear()
    again = await world.client.post(path, data={**fields, "username": "budi"})
    assert "session" not in world.client.cookies
    assert again.status_code in (303, 404)


@pytest.mark.parametrize(
    ("username", "password"),
    [("sari", "short"), ("s", "kuda laut hijau"), ("guard", "kuda laut hijau"), ("", "")],
)
async def test_an_invitation_refuses_weak_and_taken_names(
    world: World, username: str, password: str
) -> None:
    link = (await office(world).answer(Invite(Role.OFFICER, BRANCH)))["link"]
    path = "/invite/" + link.rpartition("/")[2]
    response = await world.client.post(path, data={"username": username, "password": password})
    assert response.status_code < 500
    assert "session" not in world.client.cookies
    fine = {"username": "sari", "password": "kuda laut hijau"}
    assert (await world.client.post(path, data=fine)).status_code == 303


async def test_a_device_key_pairs_once_and_leaves_a_clean_address(world: World) -> None:
    link = (await office(world).answer(MakeDeviceKey(Role.DISPLAY, BRANCH)))["link"]
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
    link = (await office(world).answer(MakeDeviceKey(Role.DISPLAY, BRANCH)))["link"]
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
    fields = {"username": "guard", "password": world.credentials["guard"]["password"]}
    response = await world.client.post(
        "/sign-in", params={"next": next_path}, data={**fields, "next": next_path}
    )
    location = response.headers["location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


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
