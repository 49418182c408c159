"""Passkeys: what an authenticator must have signed, for whom, where and when."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
from starlette.requests import Request

from queue_server.people import Session, SignedIn, Stage, ceremonies
from queue_server.people.access import Access
from queue_server.people.keys import new_token, token_hash
from queue_server.people.no import No
from queue_server.web.access import passkeys
from queue_server.web.errors import Problem
from tests.web.authenticator import Authenticator, letters, octets
from tests.web.harness import World, living_world

LOCAL: Final = "http://localhost:8000"


def at(world: World, address: str = LOCAL) -> Request:
    """A request as it came to this address."""
    scheme, _, host = address.partition("://")
    name, _, port = host.rpartition(":") if host.rsplit(":", 1)[-1].isdigit() else (host, "", "")
    scope = {
        "type": "http",
        "app": world.app,
        "method": "POST",
        "scheme": scheme,
        "path": "/",
        "query_string": b"",
        "server": (name, int(port or 80)),
        "headers": [(b"host", host.encode()), (b"user-agent", b"Chrome on Windows")],
    }
    return Request(scope)


async def somebody(world: World, name: str = "officer1") -> SignedIn:
    """Halfway in: the password was right."""
    account = await world.site.people.account_named(name)
    assert account is not None
    token, now = new_token(), world.site.now()
    later = now + timedelta(hours=1)
    session = Session(
        token[:12], token_hash(token), account.id, now, now, later, later, stage=Stage.FACTOR
    )
    await world.site.people.add_session(session)
    return SignedIn(session, account)


async def enrolled(
    world: World, who: SignedIn, device: Authenticator | None = None
) -> Authenticator:
    device = device or Authenticator()
    options = await offer_new(world, who)
    await add(world, who, device.make(options))
    return device


async def refusal(done: Awaitable[object]) -> str:
    try:
        said = await done
    except Problem as problem:
        return problem.code
    assert isinstance(said, No), "it was done"
    return said.code


async def offer_new(world: World, who: SignedIn, here: Request | None = None) -> Any:
    party = passkeys.need_party(here or at(world))
    return await ceremonies.offer_new(access_of(world), party, who)


async def add(
    world: World, who: SignedIn, made: Any, here: Request | None = None, typed: str = ""
) -> Any:
    here = here or at(world)
    party, label = passkeys.need_party(here), passkeys.label(here, typed)
    return await ceremonies.add(access_of(world), party, who, made, label)


async def ask(world: World, who: SignedIn, here: Request | None = None) -> Any:
    party = passkeys.need_party(here or at(world))
    return await ceremonies.ask(access_of(world), party, who)


async def prove(world: World, who: SignedIn, used: Any) -> Any:
    return await ceremonies.prove(access_of(world), passkeys.need_party(at(world)), who, used)


def access_of(world: World) -> Access:
    """As the site is now: its time and its limits may have been changed."""
    return replace(world.site.access, now=world.site.now, settings=world.site.settings)


async def test_a_passkey_is_made_once_and_proves_its_owner_again_and_again(world: World) -> None:
    who = await somebody(world)
    device = await enrolled(world, who)
    (kept,) = await world.site.people.passkeys(who.account.id)
    assert kept.label == "Chrome · Windows"
    for count in (1, 2):
        options = await ask(world, who)
        proven = await prove(world, who, device.use(options))
        assert proven.id == letters(device.id)
        (kept,) = await world.site.people.passkeys(who.account.id)
        assert (kept.sign_count, kept.used_at is None) == (count, False)


async def test_a_signed_answer_is_good_for_one_challenge_once(world: World) -> None:
    who = await somebody(world)
    device = await enrolled(world, who)
    options = await ask(world, who)
    answer = device.use(options)
    await prove(world, who, answer)
    assert await refusal(prove(world, who, answer)) == "wrong_passkey"
    await ask(world, who)
    assert await refusal(prove(world, who, answer)) == "wrong_passkey"


async def test_a_challenge_of_another_session_proves_nothing_here(world: World) -> None:
    mine, stolen = await somebody(world), await somebody(world)
    device = await enrolled(world, mine)
    options = await ask(world, mine)
    await ask(world, stolen)
    answer = device.use(options)
    assert await refusal(prove(world, stolen, answer)) == "wrong_passkey"


async def test_a_challenge_ends_by_itself(world: World) -> None:
    who = await somebody(world)
    device = await enrolled(world, who)
    answer = device.use(await ask(world, who))
    later = world.site.now() + timedelta(seconds=world.site.settings.passkey_challenge_s + 1)
    world.site.now = lambda: later
    assert await refusal(prove(world, who, answer)) == "wrong_passkey"


WRONG: Final[dict[str, Callable[[Authenticator], None]]] = {
    "on another site": lambda one: setattr(one, "origin", "http://localhost.evil.example"),
    "at another port": lambda one: setattr(one, "origin", "http://localhost:9000"),
    "for another site": lambda one: setattr(one, "rp_id", "evil.example"),
    "without finger or face": lambda one: setattr(one, "verifies", False),
    "by a copy that counts on from less": lambda one: setattr(one, "sign_count", 3),
    "by another key": lambda one: setattr(one, "key", Authenticator().key),
    "under an unknown name": lambda one: setattr(one, "id", b"x" * 32),
}


@pytest.mark.parametrize("how", WRONG)
async def test_what_was_signed_otherwise_proves_nothing(world: World, how: str) -> None:
    who = await somebody(world)
    device = await enrolled(world, who, Authenticator(sign_count=5))
    options = await ask(world, who)
    WRONG[how](device)
    answer = device.use(options)
    assert await refusal(prove(world, who, answer)) == "wrong_passkey"
    await ask(world, who)


@pytest.mark.parametrize("how", ["on another site", "for another site", "without finger or face"])
async def test_what_was_made_otherwise_is_not_stored(world: World, how: str) -> None:
    who, device = await somebody(world), Authenticator()
    WRONG[how](device)
    options = await offer_new(world, who)
    made = add(world, who, device.make(options))
    assert await refusal(made) == "bad_passkey"
    assert not await world.site.people.passkeys(who.account.id)


async def test_a_colleagues_passkey_is_not_mine(world: World) -> None:
    me, colleague = await somebody(world), await somebody(world, "officer2")
    theirs, _ = await enrolled(world, colleague), await enrolled(world, me)
    options = await ask(world, me)
    answer = theirs.use(options)
    assert await refusal(prove(world, me, answer)) == "wrong_passkey"


async def test_a_passkey_has_one_owner(world: World) -> None:
    me, colleague = await somebody(world), await somebody(world, "officer2")
    device = await enrolled(world, me)
    options = await offer_new(world, colleague)
    again = add(world, colleague, device.make(options))
    assert await refusal(again) == "known_passkey"
    assert not await world.site.people.passkeys(colleague.account.id)


async def test_making_one_does_not_count_as_using_one(world: World) -> None:
    """The two ceremonies sign different words over the same challenge."""
    who = await somebody(world)
    device = await enrolled(world, who)
    made = device.make(await ask(world, who))
    assert await refusal(prove(world, who, made)) == "wrong_passkey"


@pytest.mark.parametrize(
    "sent",
    [None, "", [], {}, {"id": 7}, {"id": "x", "response": {}}, {"id": "é", "rawId": "💥"}],
    ids=str,
)
async def test_odd_answers_are_refused_calmly(world: World, sent: Any) -> None:
    who = await somebody(world)
    device = await enrolled(world, who)
    await ask(world, who)
    named = {**sent, "id": letters(device.id)} if isinstance(sent, dict) else sent
    assert await refusal(prove(world, who, named)) == "wrong_passkey"
    await offer_new(world, who)
    assert await refusal(add(world, who, sent)) == "bad_passkey"


async def test_every_flipped_bit_of_the_signed_data_is_noticed(world: World) -> None:
    who = await somebody(world)
    device = await enrolled(world, who)
    for place in range(0, 37, 4):
        answer = device.use(await ask(world, who))
        data = bytearray(octets(answer["response"]["authenticatorData"]))
        data[place] ^= 0x10
        answer["response"]["authenticatorData"] = letters(bytes(data))
        assert await refusal(prove(world, who, answer)) == "wrong_passkey"


async def test_a_browser_hears_which_passkeys_the_account_has(world: World) -> None:
    who = await somebody(world)
    device = await enrolled(world, who)
    for options in (
        await ask(world, who),
        await offer_new(world, who),
    ):
        assert letters(device.id) in options
        assert '"userVerification": "required"' in options
    nobody = await somebody(world, "officer2")
    assert await refusal(ask(world, nobody)) == "no_passkey"


async def test_ten_passkeys_are_enough(folder: Any) -> None:
    async with living_world(folder, passkeys_max=2) as world:
        who = await somebody(world)
        for _ in range(2):
            await enrolled(world, who)
        more = offer_new(world, who)
        assert await refusal(more) == "too_many_passkeys"


@pytest.mark.parametrize(
    ("address", "public_url", "works"),
    [
        ("http://localhost:8000", None, "yes"),
        ("https://antrean.example", None, "yes"),
        ("http://antrean.example", None, "plain"),
        ("http://127.0.0.1:8000", None, "address"),
        ("https://192.168.1.5", None, "address"),
        ("http://antrean.example", "https://antrean.example", "yes"),
        ("https://other.example", "https://antrean.example", "address"),
        ("http://192.168.1.5", "https://antrean.example", "address"),
    ],
)
async def test_passkeys_work_where_browsers_let_them(
    world: World, address: str, public_url: str | None, works: str
) -> None:
    world.site.settings = public(world, public_url)
    assert passkeys.works_here(at(world, address)) == works


def public(world: World, public_url: str | None) -> Any:
    return world.site.settings.model_copy(update={"public_url": public_url})


@pytest.mark.parametrize(
    ("public_url", "origin"),
    [
        ("https://antrean.example/", "https://antrean.example"),
        ("https://Antrean.Example:443/kantor", "https://antrean.example"),
        ("https://antrean.example:8443", "https://antrean.example:8443"),
        ("http://antrean.example:80", "http://antrean.example"),
    ],
)
async def test_the_origin_is_written_as_browsers_write_it(
    world: World, public_url: str, origin: str
) -> None:
    world.site.settings = public(world, public_url)
    assert passkeys.party_of(at(world)) == ("antrean.example", origin)


async def test_where_they_do_not_work_none_is_offered(world: World) -> None:
    who = await somebody(world)
    here = at(world, "http://192.168.1.5")
    assert await refusal(offer_new(world, who, here)) == "passkeys_unavailable"
    assert await refusal(ask(world, who, here)) == "passkeys_unavailable"


async def test_the_address_people_use_is_whom_browsers_sign_for(world: World) -> None:
    """Behind a proxy the public address counts, whatever this server is bound to."""
    world.site.settings = public(world, "https://antrean.example")
    who, here = await somebody(world), at(world, "https://antrean.example")
    device = Authenticator(origin="https://antrean.example", rp_id="antrean.example")
    options = await offer_new(world, who, here)
    await add(world, who, device.make(options), here, "Ponsel\u202e saya")
    (kept,) = await world.site.people.passkeys(who.account.id)
    assert kept.label == "Ponsel saya"
