"""Two things at once to one account: whoever is shut out stays out, whatever was under way.

Hashing a password takes long, and longer while many sign in: each test does what ends an account's
rights in just that moment.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import pytest

from queue_server.people import Account, Invitation
from queue_server.people import Role as As
from queue_server.people.callers import Caller
from queue_server.people.disabling import disable, enable
from queue_server.people.inviting import invite, way_back
from queue_server.people.no import No
from queue_server.web.errors import granted
from tests.web.harness import API, BRANCH, World, pass_password, sign_in

ADMIN: Final = Caller(As.ADMIN, "me")
NEW: Final = "kereta malam ke utara"
OTHER: Final = "perahu pagi ke selatan"

Act = Callable[[], Awaitable[object]]


async def supervisor(world: World) -> Account:
    account = await world.site.people.account_named(world.credentials["supervisor"]["username"])
    assert account is not None
    return account


def meanwhile(monkeypatch: pytest.MonkeyPatch, world: World, method: str, act: Act) -> None:
    """Does it once, just when a password has been hashed and before anything comes of it."""
    real = getattr(world.site.passwords, method)
    todo = [act]

    async def slow(*given: object, **named: object) -> object:
        result = await real(*given, **named)
        while todo:
            await todo.pop()()
        return result

    monkeypatch.setattr(world.site.passwords, method, slow)


async def come_back(world: World) -> None:
    """Their way back in is given and used, with another password."""
    account = await supervisor(world)
    issued = granted(await way_back(world.site.access, ADMIN, account.id, "way"))
    hashed = await type(world.site.passwords).hash(world.site.passwords, NEW)
    await world.site.people.accept_return(issued.invitation.token_hash, hashed, world.site.now())
    world.site.sign_ins.forget()


async def change_password(world: World) -> None:
    fields = {"password": world.credentials["supervisor"]["password"], "new": OTHER}
    await world.client.post("/account/do/change-password", data=fields)


async def has_rights(world: World) -> bool:
    world.site.sign_ins.forget()
    return (await world.get(f"{API}/guard")).status_code == 200


async def test_who_is_disabled_while_changing_their_password_stays_disabled(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = await supervisor(world)
    await sign_in(world, "supervisor")
    assert await has_rights(world)
    meanwhile(monkeypatch, world, "hash", lambda: disable(world.site.access, ADMIN, account.id))
    await change_password(world)
    assert (await supervisor(world)).disabled
    assert not await has_rights(world)
    await enable(world.site.access, ADMIN, account.id)
    assert not await has_rights(world)


async def test_a_password_being_changed_does_not_outlive_the_way_back_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sign_in(world, "supervisor")
    meanwhile(monkeypatch, world, "hash", lambda: come_back(world))
    await change_password(world)
    assert not await has_rights(world)
    assert await world.site.passwords.fits((await supervisor(world)).password_hash, NEW)


async def test_an_old_password_sets_no_factor_up_once_the_way_back_in_was_used(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All factors are gone in that moment: the old password alone would be enough."""
    meanwhile(monkeypatch, world, "fits", lambda: come_back(world))
    refused = await pass_password(world, "supervisor")
    assert refused.status_code == 401
    page = await world.client.get("/account/second-factor")
    assert page.headers.get("location", "").startswith("/sign-in")


async def test_a_password_changed_while_somebody_is_disabled_is_not_the_old_one_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = await supervisor(world)
    people = world.site.people
    real = people.account

    async def then_changed(account_id: str) -> Account | None:
        """What was read is old by the time it is used."""
        read = await real(account_id)
        assert read is not None
        monkeypatch.setattr(people, "account", real)
        await people.save_account(replace(read, password_hash="another"))
        return read

    monkeypatch.setattr(people, "account", then_changed)
    await disable(world.site.access, ADMIN, account.id)
    now = await supervisor(world)
    assert (now.disabled, now.password_hash) == (True, "another")


async def test_who_is_disabled_has_no_invitation_left_to_come_back_by(world: World) -> None:
    account = await supervisor(world)
    own = Caller(As.SUPERVISOR, account.id, branch=BRANCH)
    access = world.site.access
    issued = granted(await invite(access, own, "supervisor", BRANCH, "Sari", "1"))
    other = granted(await invite(access, ADMIN, "officer", BRANCH, "Budi", "2"))
    await disable(world.site.access, ADMIN, account.id)
    open_now = {one.id for one in await world.site.people.invitations(world.site.now())}
    assert issued.invitation.id not in open_now
    assert other.invitation.id in open_now


async def test_who_is_disabled_while_inviting_gives_no_invitation(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = await supervisor(world)
    own = Caller(As.SUPERVISOR, account.id, branch=BRANCH)
    people = world.site.people
    real = people.invitations

    async def then_disabled(at: datetime) -> Sequence[Invitation]:
        read = await real(at)
        monkeypatch.setattr(people, "invitations", real)
        await disable(world.site.access, ADMIN, account.id)
        return read

    monkeypatch.setattr(people, "invitations", then_disabled)
    said = await invite(world.site.access, own, "supervisor", BRANCH, "Sari", "1")
    assert said == No("not_allowed")
    assert await real(world.site.now()) == []
