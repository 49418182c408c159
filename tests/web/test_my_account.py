"""One's own account: what changing a way in asks for, what stays, and what ends with it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Final

import httpx
import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from queue_server.people import Stage
from queue_server.people.keys import token_hash
from tests.web.authenticator import Authenticator
from tests.web.harness import API, BRANCH, Live, World, living_world, sign_in

LOCAL: Final = "http://localhost:8000"
NEW: Final = "kuda laut hijau tua"


@asynccontextmanager
async def browser(world: World, name: str = "") -> AsyncIterator[httpx.AsyncClient]:
    """One at `localhost`, where passkeys work; signed in by password and app."""
    transport = httpx.ASGITransport(world.app, client=("10.0.0.9", 1))
    async with httpx.AsyncClient(transport=transport, base_url=LOCAL) as client:
        if name:
            assert (await sign_in(world, name, client)).status_code == 303
        yield client


async def do(client: httpx.AsyncClient, verb: str, **fields: str) -> httpx.Response:
    return await client.post(f"/account/do/{verb}", data=fields)


async def ask(client: httpx.AsyncClient, path: str, body: object = None) -> httpx.Response:
    return await client.post(path, json=body or {}, headers={"Origin": LOCAL})


async def add_passkey(client: httpx.AsyncClient, device: Authenticator) -> httpx.Response:
    options = await ask(client, "/account/passkeys/options")
    if options.status_code != 200:
        return options
    made = device.make(options.text)
    return await ask(client, "/account/passkeys", {"credential": made, "label": "Ponsel"})


async def use_passkey(
    client: httpx.AsyncClient, device: Authenticator, leads_to: str = ""
) -> httpx.Response:
    options = await ask(client, "/sign-in/passkey/options")
    if options.status_code != 200:
        return options
    used = device.use(options.text)
    return await ask(client, "/sign-in/passkey", {"credential": used, "next": leads_to})


async def factors(world: World, name: str) -> Any:
    return await world.site.people.factors(name)


def forget_the_proof(client: httpx.AsyncClient) -> None:
    """As ten minutes later."""
    client.cookies.delete("recent")


async def password_only(world: World, client: httpx.AsyncClient, name: str) -> httpx.Response:
    known = world.credentials[name]
    fields = {"username": known["username"], "password": known["password"]}
    return await client.post("/sign-in", data=fields)


async def test_a_passkey_is_added_and_then_signs_in_unlocks_and_confirms(world: World) -> None:
    device = Authenticator()
    async with browser(world, "officer1") as client:
        assert (await add_passkey(client, device)).json() == {"next": "/account"}
        assert "Ponsel" in (await client.get("/account")).text
    async with browser(world) as client:
        await password_only(world, client, "officer1")
        before = client.cookies["session"]
        done = await use_passkey(client, device, f"/desk/{BRANCH}/1")
        assert done.json() == {"next": f"/desk/{BRANCH}/1"}
        assert client.cookies["session"] != before
        assert (await client.get("/account")).status_code == 200
        await client.post("/lock")
        locked = client.cookies["session"]
        assert (await client.get("/account")).headers["location"].startswith("/unlock")
        assert (await use_passkey(client, device)).json() == {"next": "/desk"}
        assert client.cookies["session"] != locked
        forget_the_proof(client)
        assert (await do(client, "remove-app")).status_code == 403
        assert (await use_passkey(client, device)).json() == {"next": "/account"}
        assert (await do(client, "remove-app")).status_code == 303
        assert (await factors(world, "officer1")).totp is False


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example"])
async def test_a_passkey_never_leads_to_another_site(world: World, elsewhere: str) -> None:
    device = Authenticator()
    async with browser(world, "officer1") as client:
        await add_passkey(client, device)
        await client.post("/lock")
        assert (await use_passkey(client, device, elsewhere)).json() == {"next": "/desk"}


async def test_a_password_alone_plants_no_passkey_where_there_is_a_factor(world: World) -> None:
    async with browser(world) as client:
        await password_only(world, client, "officer1")
        assert (await add_passkey(client, Authenticator())).status_code == 401
    assert (await factors(world, "officer1")).passkeys == 0


async def test_the_first_factor_of_a_new_account_may_be_a_passkey(world: World) -> None:
    await world.site.people.remove_totp("officer1")
    device = Authenticator()
    async with browser(world) as client:
        assert (await password_only(world, client, "officer1")).status_code == 303
        done = await add_passkey(client, device)
        assert done.json()["next"].startswith("/account/second-factor")
        assert (await client.get("/account")).status_code == 303
        codes = await client.post("/account/second-factor", data={"do": "codes"})
        assert codes.status_code == 200
        kept = await client.post("/account/second-factor", data={"do": "kept"})
        assert kept.headers["location"] == "/desk"
        assert (await client.get("/account")).status_code == 200
    async with browser(world) as client:
        await password_only(world, client, "officer1")
        assert (await add_passkey(client, Authenticator())).status_code == 401
        assert (await use_passkey(client, device)).json() == {"next": "/desk"}


async def test_scripts_of_other_sites_and_programs_without_origin_are_refused(world: World) -> None:
    async with browser(world, "officer1") as client:
        for path in ("/account/passkeys/options", "/sign-in/passkey/options"):
            assert (await client.post(path, json={})).status_code == 403
            foreign = {"Origin": "http://evil.example"}
            assert (await client.post(path, json={}, headers=foreign)).status_code == 403
            refused = await client.post(path, json={}, headers=foreign)
            assert json.loads(refused.text)["code"] == "cross_site"


async def test_nobody_signed_in_is_asked_to(world: World) -> None:
    async with browser(world) as client:
        for path in ("/account/passkeys/options", "/account/passkeys", "/sign-in/passkey"):
            refused = await ask(client, path, {"credential": {}})
            assert (refused.status_code, refused.json()["code"]) == (401, "sign_in_needed")
        assert (await client.get("/account")).headers["location"].startswith("/sign-in")


async def test_wrong_passkeys_at_a_lock_end_the_session(world: World) -> None:
    device = Authenticator()
    async with browser(world, "officer1") as client:
        await add_passkey(client, device)
        await client.post("/lock")
        device.verifies = False
        seen = [(await use_passkey(client, device)).json()["code"] for _ in range(6)]
        assert seen == ["wrong_passkey"] * 5 + ["sign_in_needed"]


CHANGES: Final = {
    "remove-app": {},
    "remove-passkey": {"passkey": "x"},
    "set-pin": {"pin": "493817"},
    "remove-pin": {},
}


@pytest.mark.parametrize("verb", CHANGES)
async def test_a_session_left_open_changes_no_way_in(world: World, verb: str) -> None:
    async with browser(world, "officer1") as client:
        forget_the_proof(client)
        before = await factors(world, "officer1")
        refused = await do(client, verb, **CHANGES[verb])
        assert refused.status_code == 403
        assert "Konfirmasi dulu bahwa ini Anda" in refused.text
        assert (await add_passkey(client, Authenticator())).json()["code"] == "confirm_first"
        assert await factors(world, "officer1") == before
        assert (await do(client, "confirm", password="wrong")).status_code == 401
        assert (await do(client, verb, **CHANGES[verb])).status_code == 403
        known = world.credentials["officer1"]["password"]
        assert (await do(client, "confirm", password=known)).status_code == 303
        assert (await do(client, verb, **CHANGES[verb])).status_code != 403


async def test_the_proof_is_of_one_session_and_of_a_few_minutes(folder: Any) -> None:
    async with (
        living_world(folder, recent_s=600) as world,
        browser(world, "officer1") as one,
        browser(world, "officer1") as other,
    ):
        proof = one.cookies["recent"]
        forget_the_proof(other)
        other.cookies.set("recent", proof, domain="localhost.local")
        assert (await do(other, "set-pin", pin="493817")).status_code == 403
        until, _, mac = proof.partition(".")
        forget_the_proof(one)
        one.cookies.set("recent", f"{int(until) + 600}.{mac}", domain="localhost.local")
        assert (await do(one, "set-pin", pin="493817")).status_code == 403
        forget_the_proof(one)
        one.cookies.set("recent", proof, domain="localhost.local")
        assert (await do(one, "set-pin", pin="493817")).status_code == 303


async def test_the_last_second_factor_stays_though_two_are_taken_at_once(world: World) -> None:
    async with browser(world, "officer1") as client:
        assert (await do(client, "remove-app")).status_code == 409
        await add_passkey(client, Authenticator())
        (key,) = await world.site.people.passkeys("officer1")
        both = await asyncio.gather(
            do(client, "remove-app"), do(client, "remove-passkey", passkey=key.id)
        )
        assert sorted(one.status_code for one in both) == [303, 409]
        assert (await factors(world, "officer1")).any


async def test_one_with_a_new_phone_finds_the_way_to_set_up_the_app_again(world: World) -> None:
    async with browser(world, "officer1") as client:
        account = (await client.get("/account")).text
        assert "Ponsel baru?" in account
        link = re.search(r'href="([^"]+)">Ponsel baru', account)
        assert link
        assert "otpauth://" in (await client.get(link[1])).text


async def test_a_pin_alone_is_no_second_factor_but_for_a_guard(world: World) -> None:
    for name, status in (("officer1", 409), ("guard", 303)):
        async with browser(world, name) as client:
            assert (await do(client, "set-pin", pin="493817")).status_code == 303
            assert (await do(client, "remove-app")).status_code == status
    async with browser(world) as client:
        await password_only(world, client, "guard")
        assert (await client.get("/account")).headers["location"].startswith("/sign-in/second")


async def test_a_pin_opens_a_lock_and_changes_no_way_in(world: World) -> None:
    async with browser(world, "officer1") as client:
        await do(client, "set-pin", pin="493817")
        await client.post("/lock")
        assert (await client.post("/unlock", data={"pin": "493817"})).status_code == 303
        assert (await client.get("/account")).status_code == 200
        assert (await do(client, "set-pin", pin="750261")).status_code == 403
        assert (await add_passkey(client, Authenticator())).json()["code"] == "confirm_first"


async def test_a_lock_with_two_ways_says_that_either_opens_it(world: World) -> None:
    async with browser(world, "officer1") as client:
        await client.post("/lock")
        assert ">atau<" not in (await client.get("/unlock")).text
    async with browser(world, "officer2") as client:
        await do(client, "set-pin", pin="493817")
        await client.post("/lock")
        page = (await client.get("/unlock")).text
        assert page.index('name="pin"') < page.index(">atau<") < page.index('name="code"')


async def test_nobodys_passkey_is_taken_by_somebody_else(world: World) -> None:
    async with browser(world, "officer2") as theirs, browser(world, "officer1") as mine:
        await add_passkey(theirs, Authenticator())
        (key,) = await world.site.people.passkeys("officer2")
        assert (await do(mine, "remove-passkey", passkey=key.id)).status_code in (404, 409)
        assert len(await world.site.people.passkeys("officer2")) == 1


async def test_another_password_ends_every_other_session(world: World) -> None:
    old = world.credentials["officer1"]["password"]
    async with browser(world, "officer1") as here, browser(world, "officer1") as there:
        before = here.cookies["session"]
        assert (await do(here, "change-password", password="wrong", new=NEW)).status_code == 401
        assert (await do(here, "change-password", password=old, new="kurang")).status_code == 422
        assert (await do(here, "change-password", password=old, new=NEW)).status_code == 303
        assert here.cookies["session"] != before
        assert (await here.get("/account")).status_code == 200
        assert (await there.get("/account")).status_code == 303
    async with browser(world) as again:
        assert (await password_only(world, again, "officer1")).status_code == 401
        fields = {"username": "officer1", "password": NEW}
        assert (await again.post("/sign-in", data=fields)).status_code == 303


async def test_guessing_the_password_here_waits_as_it_does_at_the_door(folder: Any) -> None:
    async with (
        living_world(folder, sign_in_failures_max=2) as world,
        browser(world, "officer1") as client,
    ):
        for _ in range(2):
            assert (await do(client, "confirm", password="wrong")).status_code == 401
        refused = await do(client, "confirm", password="wrong")
        assert refused.status_code == 429
        assert "retry-after" in refused.headers
        changed = await do(client, "change-password", password="wrong", new=NEW)
        assert changed.status_code == 429


async def test_ones_sessions_are_ended_one_by_one_or_all_others_and_nobody_elses(
    world: World,
) -> None:
    async with (
        browser(world, "officer1") as here,
        browser(world, "officer1") as there,
        browser(world, "officer1") as third,
        browser(world, "officer2") as colleague,
    ):
        people, now = world.site.people, world.site.now()
        ids = {
            name: (await people.signed_in(token_hash(client.cookies["session"]), now)).session.id  # type: ignore[union-attr]
            for name, client in {"there": there, "colleague": colleague}.items()
        }
        assert (await do(here, "end-session", session=ids["colleague"])).status_code == 404
        assert (await colleague.get("/account")).status_code == 200
        assert (await do(here, "end-session", session=ids["there"])).status_code == 303
        assert (await there.get("/account")).status_code == 303
        assert (await third.get("/account")).status_code == 200
        assert (await do(here, "end-others")).status_code == 303
        assert (await third.get("/account")).status_code == 303
        assert (await here.get("/account")).status_code == 200
        assert (await colleague.get("/account")).status_code == 200


async def test_an_unknown_button_does_nothing(world: World) -> None:
    async with browser(world, "officer1") as client:
        assert (await do(client, "become-admin")).status_code == 404


@pytest.mark.parametrize("stage", [Stage.FACTOR, Stage.ENROL, Stage.LOCKED])
async def test_half_a_sign_in_opens_neither_account_nor_people(world: World, stage: Stage) -> None:
    async with browser(world, "supervisor") as client:
        people, now = world.site.people, world.site.now()
        found = await people.signed_in(token_hash(client.cookies["session"]), now)
        assert found is not None
        if stage is Stage.LOCKED:
            await client.post("/lock")
        else:
            token = f"half-{stage}"
            half = replace(found.session, id=token, token_hash=token_hash(token), stage=stage)
            await people.add_session(half)
            client.cookies.set("session", token, domain="localhost.local")
        for path in ("/account", f"/people/{BRANCH}"):
            assert (await client.get(path)).status_code == 303
        for path in ("/account/do/end-others", f"/people/{BRANCH}/do/invite"):
            posted = await client.post(path, data={"role": "officer", "name": "x"})
            assert posted.status_code in (303, 401)
        assert not await people.invitations(now)


async def test_the_supervisors_page_of_people_shows_a_link_once(world: World) -> None:
    async with browser(world, "supervisor") as client:
        fields = {"role": "officer", "name": "Rina <b>", "request_id": "one"}
        shown = await client.post(f"/people/{BRANCH}/do/invite", data=fields)
        (token,) = set(re.findall(r"/invite/([\w-]{40,})", shown.text))
        assert "Rina &lt;b&gt;" in shown.text
        again = await client.post(f"/people/{BRANCH}/do/invite", data=fields)
        assert again.status_code == 409
        page = await client.get(f"/people/{BRANCH}")
        assert token not in again.text + page.text
        assert "Rina &lt;b&gt;" in page.text
        assert (await client.get("/people")).status_code == 403
        assert (await client.get("/people/nowhere")).status_code == 404


async def until_closed(socket: ClientConnection) -> int | None:
    """The code it ends with; fails when it does not end within the promised five seconds."""
    async with asyncio.timeout(5):
        try:
            while True:
                await socket.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None


async def test_a_signed_out_persons_open_screen_goes_dark_within_five_seconds(live: Live) -> None:
    async with live.client() as officer, live.client() as supervisor:
        await live.sign_in(officer, "officer1")
        await live.sign_in(supervisor, "supervisor")
        cookie = f"session={officer.cookies['session']}"
        path = f"/ws/branches/{BRANCH}/counters/1"
        async with live.socket(path, Cookie=cookie, Origin=live.url) as socket:
            await socket.recv()
            fields = {"account": "officer1"}
            ended = await supervisor.post(f"/people/{BRANCH}/do/end-sessions", data=fields)
            assert ended.status_code == 303
            assert await until_closed(socket) == 4401
        assert (await officer.get(f"{API}/desk")).status_code == 401
