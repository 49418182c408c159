"""Hundreds of wrong sign-ins at once: whoever signed in here before is not kept waiting by them,
and nobody else waits without end.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from pathlib import Path

import httpx
import pytest

from queue_server.serving.limits import Limits
from queue_server.serving.networks import network_of
from tests.web.harness import BRANCH, World, living_world, pass_password, sign_in

# A crowd waits because a check takes its time.
pytestmark = pytest.mark.usefixtures("real_passwords")


def browser(world: World, address: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(world.app, client=(address, 4711))
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def guess(client: httpx.AsyncClient, name: str = "") -> httpx.Response:
    fields = {"username": name or secrets.token_hex(6), "password": secrets.token_hex(6)}
    return await client.post("/sign-in", data=fields)


async def test_a_crowd_of_guesses_keeps_nobody_waiting_who_was_here_before(folder: Path) -> None:
    async with (
        living_world(
            folder, strangers_waiting_max=500, strangers_waiting_per_address_max=500
        ) as world,
        browser(world, "198.51.100.1") as stranger,
    ):
        await sign_in(world, "supervisor")
        await world.client.post("/sign-out")
        guesses = [asyncio.ensure_future(guess(stranger)) for _ in range(40)]
        await asyncio.sleep(0.2)
        answer = await pass_password(world, "supervisor")
        answered = sum(one.done() for one in guesses)
        assert answer.status_code == 303
        assert answered <= 15
        await asyncio.gather(*guesses)


async def test_a_crowd_hears_at_once_when_to_come_back_and_others_get_in(folder: Path) -> None:
    async with (
        living_world(folder) as world,
        browser(world, "198.51.100.1") as crowd,
        browser(world, "198.51.100.2") as elsewhere,
    ):
        guesses = [asyncio.ensure_future(guess(crowd)) for _ in range(80)]
        await asyncio.sleep(0.2)
        colleague = await pass_password(world, "guard", elsewhere)
        answers = await asyncio.gather(*guesses)
        told = Counter(one.status_code for one in answers)
        assert set(told) == {401, 429}
        assert 20 <= told[401] <= 40, "20 at once; on a slow machine some end before others ask"
        assert all("retry-after" in one.headers for one in answers if one.status_code == 429)
        assert colleague.status_code == 303
        assert (await guess(crowd)).status_code == 401


async def test_other_letters_for_a_name_tell_not_whether_it_is_somebodys(world: World) -> None:
    """A long s finds the same account as a round one: both are counted together, for nobody too."""
    stops = []
    for name in ("supervisor", "sorbirevus"):
        letters = [name, name.replace("s", "ſ"), name.upper()]
        answers = [(await guess(world.client, letters[n % 3])).status_code for n in range(7)]
        stops.append(answers)
    assert stops[0] == stops[1] == [401] * 5 + [429] * 2


def test_who_is_stopped_stays_so_however_many_others_come() -> None:
    limits = Limits(lambda: 0.0)
    assert limits.wait_s("guesser", 1, 60) == 0
    for n in range(60_000):
        limits.wait_s(f"other {n}", 1, 60)
        if n % 1_000 == 0:
            assert limits.wait_s("guesser", 1, 60) == 60


async def test_strangers_guesses_keep_nobody_from_changing_their_password(world: World) -> None:
    """And the browser they change it in stays one they signed in with before."""
    old, new = world.credentials["supervisor"]["password"], "kereta malam ke utara"
    await sign_in(world, "supervisor")
    async with browser(world, "198.51.100.1") as stranger:
        stopped = [(await guess(stranger, "supervisor")).status_code for _ in range(6)]
        assert stopped == [401] * 5 + [429]
        fields = {"password": old, "new": new}
        changed = await world.client.post("/account/do/change-password", data=fields)
        assert changed.status_code == 303, changed.text
        await world.client.post("/sign-out")
        fields = {"username": "supervisor", "password": new}
        assert (await stranger.post("/sign-in", data=fields)).status_code == 429
        assert (await world.client.post("/sign-in", data=fields)).status_code == 303


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:1:2:3", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("not an address:", "not an address", False),
    ],
)
def test_a_phones_many_addresses_are_one(one: str, other: str, same: bool) -> None:
    assert (network_of({"client": (one, 1)}) == network_of({"client": (other, 2)})) is same


async def test_one_phone_takes_not_all_the_codes_of_a_branchs_screens(world: World) -> None:
    statuses = Counter[int]()
    for n in range(40):
        async with browser(world, f"2001:db8:1:2::{n:x}") as phone:
            statuses[(await phone.post(f"/pair/board/{BRANCH}")).status_code] += 1
    assert statuses == {303: 30, 429: 10}
