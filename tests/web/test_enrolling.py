"""Setting second factors up: by whom, in what order; and a guard's PIN on the branch's tablet."""

from __future__ import annotations

import secrets

import pyotp
import pytest

from queue_server.people import Account, Role, Stage, Token
from queue_server.people.callers import Caller
from queue_server.people.devices import devices, revoke
from queue_server.people.keys import new_token, token_hash
from tests.web.halfway import session_at, take
from tests.web.harness import API, BRANCH, World, pass_password, sign_in

SECOND = "/sign-in/second"


async def can_work(world: World) -> bool:
    world.site.sign_ins.forget()
    return (await world.get(f"{API}/desk")).status_code != 401


async def without_factors(world: World, role: Role = Role.OFFICER) -> Account:
    account = Account(
        secrets.token_hex(8),
        f"new-{secrets.token_hex(4)}",
        "Baru",
        role,
        BRANCH,
        await world.site.passwords.hash("kuda laut hijau"),
        world.site.now(),
    )
    await world.site.people.add_account(account)
    return account


async def first_step(world: World, account: Account) -> str:
    world.client.cookies.clear()
    fields = {"username": account.username, "password": "kuda laut hijau"}
    answer = await world.client.post("/sign-in", data=fields)
    return str(answer.headers.get("location", answer.status_code))


ENROL = "/account/second-factor"


async def enrol(world: World) -> tuple[str, int]:
    """Sets an app up: its secret, and how that was answered."""
    await world.client.get(ENROL)
    secret = world.client.cookies["enrol"].partition(".")[0]
    code = pyotp.TOTP(secret).at(world.site.now())
    return secret, (await world.client.post(ENROL, data={"do": "app", "code": code})).status_code


async def test_nobody_is_signed_in_without_setting_a_factor_up(world: World) -> None:
    account = await without_factors(world)
    assert await first_step(world, account) == ENROL
    for do in ("kept", "codes", "pin", "anything"):
        fields = {"do": do, "pin": "582016"}
        assert (await world.client.post(ENROL, data=fields)).status_code == 403, do
    assert not await can_work(world)
    assert not (await world.site.people.factors(account.id)).pin


async def test_whoever_came_first_with_the_password_alone_is_thrown_out(world: World) -> None:
    """A thief who waits at the setting-up page gets no recovery codes of the owner's factor."""
    account = await without_factors(world)
    await first_step(world, account)
    thief = world.client.cookies["session"]
    await first_step(world, account)
    assert (await enrol(world))[1] == 200
    take(world, thief)
    for do in ("codes", "kept"):
        answer = await world.client.post(ENROL, data={"do": do})
        assert answer.headers["location"].startswith("/sign-in")
    assert await first_step(world, account) == SECOND


async def test_half_set_up_means_signing_in_with_it(world: World) -> None:
    """The app was confirmed, the codes never kept: the password alone does not go on there."""
    account = await without_factors(world)
    await first_step(world, account)
    secret, _ = await enrol(world)
    session = world.client.cookies["session"]
    take(world, session)
    answer = await world.client.post(ENROL, data={"do": "kept"})
    assert answer.headers["location"] == "/sign-in"
    assert await first_step(world, account) == SECOND
    kept = await world.site.people.totp(account.id)
    assert kept is not None
    assert kept.secret == secret


async def test_a_secret_on_offer_is_its_sessions_own(world: World) -> None:
    """A planted secret would be one its planter knows."""
    await first_step(world, await without_factors(world))
    await world.client.get(ENROL)
    planted = world.client.cookies["enrol"]
    await first_step(world, await without_factors(world))
    world.client.cookies.set("enrol", planted, domain="test.local")
    code = pyotp.TOTP(planted.partition(".")[0]).at(world.site.now())
    refused = await world.client.post(ENROL, data={"do": "app", "code": code})
    assert refused.status_code == 401


async def test_a_working_app_stays_until_another_one_works(world: World) -> None:
    await sign_in(world, "officer1")
    before = await world.site.people.totp("officer1")
    await world.client.get(ENROL)
    await world.client.post(ENROL, data={"do": "app", "code": "000000"})
    assert await world.site.people.totp("officer1") == before
    secret, status = await enrol(world)
    after = await world.site.people.totp("officer1")
    assert status == 200
    assert after is not None
    assert after.secret == secret


async def test_changing_factors_asks_for_proof_of_minutes_ago(world: World) -> None:
    await sign_in(world, "officer1")
    del world.client.cookies["recent"]
    for do in ("app", "pin", "codes"):
        fields = {"do": do, "pin": "582016"}
        assert (await world.client.post(ENROL, data=fields)).status_code == 403
    assert not (await world.site.people.factors("officer1")).pin


# A guard's PIN


async def on_tablet(world: World, branch: str = BRANCH) -> str:
    """The world's client is a paired guard's tablet from now on: its token."""
    token = new_token()
    await world.site.people.add_token(
        Token(
            secrets.token_hex(8),
            token_hash(token),
            Role.TABLET,
            branch,
            None,
            None,
            "tablet",
            world.site.now(),
        )
    )
    return token


async def test_a_guard_works_with_a_pin_on_the_branchs_tablet_only(two_branches: World) -> None:
    world = two_branches
    guard = await without_factors(world, Role.GUARD)
    tablet, elsewhere = await on_tablet(world), await on_tablet(world, "tarakan")
    password = {"username": guard.username, "password": "kuda laut hijau"}
    world.client.cookies.set("tablet", tablet, domain="test.local")
    await world.client.post("/sign-in", data=password)
    done = await world.client.post(ENROL, data={"do": "pin", "pin": "582016"})
    assert done.headers["location"] == f"/guard/{BRANCH}"
    for machine, status in ((tablet, 303), (elsewhere, 401), (None, 401)):
        world.client.cookies.clear()
        if machine is not None:
            world.client.cookies.set("tablet", machine, domain="test.local")
        asked = await world.client.post("/sign-in", data=password)
        assert asked.headers["location"] == SECOND, "never setting up a new one with a password"
        answer = await world.client.post(SECOND, data={"pin": "582016"})
        assert answer.status_code == status


async def test_a_revoked_tablet_signs_out_whoever_signed_in_on_it(world: World) -> None:
    guard = await without_factors(world, Role.GUARD)
    await world.site.people.save_pin(guard.id, await world.site.passwords.hash("582016"))
    elsewhere = await session_at(world, guard.id, Stage.FULL)
    world.client.cookies.set("tablet", await on_tablet(world), domain="test.local")
    password = {"username": guard.username, "password": "kuda laut hijau"}
    await world.client.post("/sign-in", data=password)
    await world.client.post(SECOND, data={"pin": "582016"})
    assert (await world.client.get(f"/guard/{BRANCH}")).status_code == 200
    found = await devices(world.site.access, BRANCH)
    (tablet,) = [one for one in found if one.role is Role.TABLET]
    await revoke(world.site.access, Caller(), BRANCH, tablet.id)
    assert (await world.client.get(f"/guard/{BRANCH}")).status_code == 303
    take(world, elsewhere)
    assert (await world.client.get(f"/guard/{BRANCH}")).status_code == 200


async def test_a_tablet_cookie_brought_along_later_does_not_count(world: World) -> None:
    guard = await without_factors(world, Role.GUARD)
    await world.site.people.save_pin(guard.id, await world.site.passwords.hash("582016"))
    tablet = await on_tablet(world)
    await first_step(world, guard)
    world.client.cookies.set("tablet", tablet, domain="test.local")
    assert (await world.client.post(SECOND, data={"pin": "582016"})).status_code == 401


async def test_an_officers_pin_is_no_second_factor_even_on_the_tablet(world: World) -> None:
    await world.site.people.save_pin("officer1", await world.site.passwords.hash("582016"))
    world.client.cookies.set("tablet", await on_tablet(world), domain="test.local")
    await pass_password(world, "officer1")
    assert (await world.client.post(SECOND, data={"pin": "582016"})).status_code == 401


@pytest.mark.parametrize(
    "pin", ["123456", "654321", "111111", "121212", "123123", "12345", "x" * 6]
)
async def test_pins_anybody_would_try_are_refused(world: World, pin: str) -> None:
    await sign_in(world, "officer1")
    assert (await world.client.post(ENROL, data={"do": "pin", "pin": pin})).status_code == 422
