"""Proving to stand in the hall, through the whole application, on a clock the test moves."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from queue_server.asking.declined import Declined
from queue_server.asking.joining.checks import check_code
from queue_server.asking.joining.issuing import presence
from queue_server.live.topics import BoardTopic
from queue_server.people import JOIN_KEYS_KEPT
from queue_server.people.callers import Caller
from tests.clocks import FakeClock
from tests.web.harness import API, BRANCH, World, a_second_branch, living_world

NOW = datetime.now(UTC).replace(microsecond=0)
PAGE = f"/b/{BRANCH}"
TAKE = f"{PAGE}/ticket"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
async def hall(folder: Path, clock: FakeClock) -> AsyncIterator[World]:
    async with living_world(folder, clock) as world:
        yield world


@asynccontextmanager
async def browser(world: World, address: str = "10.0.0.8") -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(world.app, client=(address, 999))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test", headers={"Accept-Language": "id"}
    ) as client:
        yield client


async def shown(world: World) -> str:
    """What the hall's screen carries now."""
    board = await world.get(f"{API}/board", "display")
    return str(board.json()["join"]["code"])


async def scan(client: httpx.AsyncClient, code: str) -> str:
    """Opens what the QR leads to: the page one then reads."""
    answer = await client.get(f"{PAGE}?j={code}", follow_redirects=True)
    assert "j=" not in str(answer.url)
    return answer.text


async def take(client: httpx.AsyncClient, key: str = "k1", scanned: bool = True) -> str:
    fields = {"service": "A", "request_id": key, **({"scanned": "yes"} if scanned else {})}
    return (await client.post(TAKE, data=fields, follow_redirects=True)).text


async def stage(client: httpx.AsyncClient) -> str:
    answer = await client.get("/ticket", headers={"Accept": "application/json"})
    return str(answer.json().get("stage", "none"))


def tickets(world: World) -> int:
    return len(world.day.tickets)


def later(clock: FakeClock, seconds: float) -> None:
    clock.jump(clock.now() + timedelta(seconds=seconds))


# A scan and its number


async def test_a_scan_gives_one_proven_number(hall: World) -> None:
    async with browser(hall) as phone:
        page = await scan(phone, await shown(hall))
        assert "Ambil nomor sebelum pukul" in page
        await take(phone)
        assert await stage(phone) == "waiting"


async def test_a_photograph_of_the_screen_is_nothing_a_minute_later(
    hall: World, clock: FakeClock
) -> None:
    code = await shown(hall)
    later(clock, 60)
    async with browser(hall) as phone:
        page = await scan(phone, code)
        assert "Kode QR sudah berganti" in page
        assert "Anda belum memindai kode QR di ruang tunggu" in page
        await take(phone, scanned=False)
        assert await stage(phone) == "unproven"


async def test_the_code_of_another_branch_is_told_apart(hall: World) -> None:
    other = await a_second_branch(hall)
    async with browser(hall) as phone:
        assert "Kode QR kantor cabang lain" in await scan(phone, hall.site.codes.code(other))


async def test_a_scan_sent_to_another_browser_is_refused_in_words(hall: World) -> None:
    async with browser(hall) as phone, browser(hall) as friend:
        await scan(phone, await shown(hall))
        await friend.get(PAGE)
        friend.cookies.set("join", phone.cookies["join"])
        assert "Pindaian dari peramban lain" in await take(friend)
        assert tickets(hall) == 0
        await take(friend, "k2", scanned=False)
        assert await stage(friend) == "unproven"


async def test_after_three_minutes_one_scans_again(hall: World, clock: FakeClock) -> None:
    async with browser(hall) as phone:
        await scan(phone, await shown(hall))
        later(clock, 180)
        assert "Waktunya sudah habis" in await take(phone)
        assert tickets(hall) == 0
        assert "Waktu pindaian Anda sudah habis" in (await phone.get(PAGE)).text
        await scan(phone, await shown(hall))
        await take(phone, "k2")
        assert await stage(phone) == "waiting"


async def test_a_used_scan_gives_the_same_number_and_after_it_none(hall: World) -> None:
    async with browser(hall) as phone:
        await scan(phone, await shown(hall))
        used = phone.cookies["join"]
        await take(phone)
        phone.cookies.set("join", used)
        await take(phone, "k2")
        assert tickets(hall) == 1, "one's own again"
        await phone.post("/ticket/cancel", data={"request_id": "k3"})
        phone.cookies.set("join", used)
        assert "Pindaian ini sudah dipakai" in await take(phone, "k4")
        assert tickets(hall) == 1


async def test_a_lost_answer_is_repeated(hall: World) -> None:
    async with browser(hall) as phone:
        await scan(phone, await shown(hall))
        before = dict(phone.cookies)
        await take(phone, "the same")
        phone.cookies.clear()
        for name in ("browser", "join"):
            phone.cookies.set(name, before[name])
        await take(phone, "the same")
        assert (tickets(hall), await stage(phone)) == (1, "waiting")


async def test_a_used_scan_is_used_after_a_restart_too(folder: Path, clock: FakeClock) -> None:
    async with living_world(folder, clock) as hall, browser(hall) as phone:
        await scan(phone, await shown(hall))
        kept = dict(phone.cookies)
        await take(phone)
        await phone.post("/ticket/cancel", data={"request_id": "k2"})
    async with living_world(folder, clock) as hall, browser(hall) as phone:
        for name in ("browser", "join"):
            phone.cookies.set(name, kept[name])
        assert "Waktunya sudah habis" in await take(phone, "k3")


async def test_codes_go_on_over_a_restart(folder: Path, clock: FakeClock) -> None:
    async with living_world(folder, clock) as hall:
        code = await shown(hall)
    async with living_world(folder, clock) as hall, browser(hall) as phone:
        assert "Ambil nomor sebelum pukul" in await scan(phone, code)


# Programs


async def test_programs_are_held_to_the_same_codes(hall: World, clock: FakeClock) -> None:
    code = await shown(hall)
    later(clock, 60)
    old = await hall.post(f"{API}/tickets", None, {"service": "A", "join": code})
    assert (old.status_code, old.json()["presence"]) == (201, False)
    fresh = await hall.post(f"{API}/tickets", None, {"service": "A", "join": await shown(hall)})
    assert fresh.json()["presence"] is True


async def test_a_ticket_from_the_poster_is_proven_by_the_halls_present_code(
    hall: World, clock: FakeClock
) -> None:
    mine = (await hall.issue(who=None))["secret"]
    old = await shown(hall)
    later(clock, 60)
    refused = await hall.post("/api/v1/ticket/prove", mine, {"join": old})
    assert (refused.status_code, refused.json()["code"]) == (409, "join_code_old")
    wrong = await hall.post("/api/v1/ticket/prove", mine, {"join": "1.a.b"})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "join_code_wrong")
    proven = await hall.post("/api/v1/ticket/prove", mine, {"join": await shown(hall)})
    assert proven.status_code == 200, proven.text
    again = await hall.post("/api/v1/ticket/prove", mine, {"join": await shown(hall)})
    assert again.json()["code"] == "wrong_state"
    assert (await hall.get("/api/v1/ticket", mine)).json()["stage"] == "waiting"


async def test_nobody_proves_with_a_code_of_another_branch(hall: World) -> None:
    mine = (await hall.issue(who=None))["secret"]
    other = hall.site.codes.code(await a_second_branch(hall))
    refused = await hall.post("/api/v1/ticket/prove", mine, {"join": other})
    assert refused.json()["code"] == "join_code_elsewhere"


async def test_the_holder_scans_the_screen_and_is_in_the_line(hall: World) -> None:
    async with browser(hall) as phone:
        await phone.get(PAGE)
        await take(phone, scanned=False)
        page = (await phone.get("/ticket")).text
        ticket = hall.day.tickets["A-001"]
        assert check_code(hall.site.keys, ticket.ticket_id) in page
        page = await scan(phone, await shown(hall))
        assert "Kehadiran Anda sudah dikonfirmasi" in page
        assert await stage(phone) == "waiting"


async def test_an_unproven_number_is_never_called(hall: World) -> None:
    await hall.issue(who=None)
    await hall.open_counter()
    nobody = await hall.post(f"{API}/counters/1/call-next", "officer1")
    assert nobody.json()["code"] == "nobody_waiting"


# The screens


async def test_screens_are_told_the_next_code_when_its_step_begins(
    hall: World, clock: FakeClock
) -> None:
    mailbox = hall.site.hub.attach(BoardTopic(BRANCH))
    told = [json.loads(await anext(mailbox))["view"]["join"]["code"]]
    await clock.advance(30.5)
    told.append(json.loads(await asyncio.wait_for(anext(mailbox), 5))["view"]["join"]["code"])
    assert told[0] != told[1] == await shown(hall)
    hall.site.hub.detach(mailbox)


async def test_a_month_later_the_key_is_another(hall: World, clock: FakeClock) -> None:
    before = hall.site.codes.newest
    later(clock, 31 * 86_400)
    await clock.advance(40)
    for _ in range(50):
        if hall.site.codes.newest != before:
            break
        await clock.advance(30)
    assert hall.site.codes.newest.id == before.id + 1
    assert len(await hall.site.people.join_keys()) == JOIN_KEYS_KEPT


# How many


async def test_a_whole_hall_behind_one_address_gets_its_numbers(
    hall: World, clock: FakeClock
) -> None:
    """300 people in five minutes, and somebody among them who guesses codes all the time."""
    for person in range(300):
        later(clock, 1)
        if person % 3 == 0:
            await hall.client.get(f"{PAGE}?j=1.abc.{'x' * 22}")
        async with browser(hall, "10.0.0.7") as phone:
            page = await scan(phone, await shown(hall))
            assert "Ambil nomor sebelum" in page, person
            await take(phone)
            assert await stage(phone) != "unproven"
    assert tickets(hall) == 300


async def test_guessing_is_slowed_down_and_says_until_when(hall: World) -> None:
    async with browser(hall) as guesser:
        await guesser.get(PAGE)
        most = hall.site.settings.wrong_codes_per_browser_per_min
        for _ in range(most):
            assert "tidak terbaca utuh" in await scan(guesser, "1.abc." + "x" * 22)
        assert "Terlalu sering" in await scan(guesser, "1.abc." + "x" * 22)
        assert "Ambil nomor sebelum" in await scan(guesser, await shown(hall)), "a right one counts"
    mine = (await hall.issue(who=None))["secret"]
    guess = {"join": "1.abc." + "x" * 22}
    for _ in range(hall.site.settings.wrong_codes_per_address_per_min):
        await hall.post("/api/v1/ticket/prove", mine, guess)
    slowed = await hall.post("/api/v1/ticket/prove", mine, guess)
    assert slowed.status_code == 429
    assert int(slowed.headers["retry-after"]) >= 1


async def test_numbers_from_afar_have_a_ceiling_and_the_hall_has_none(folder: Path) -> None:
    async with living_world(folder, unproven_at_once_max=3) as hall:
        for _ in range(3):
            await hall.issue(who=None)
        refused = await hall.post(f"{API}/tickets", None, {"service": "A"})
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_unproven")
        assert refused.headers["retry-after"] == "60"
        near = await hall.post(f"{API}/tickets", None, {"service": "A", "join": await shown(hall)})
        assert near.json()["presence"] is True
        assert (await hall.issue(who="guard"))["presence"] is True


async def test_a_relayed_code_gives_no_more_than_a_full_hall_takes(folder: Path) -> None:
    async with living_world(folder, tickets_per_code_max=3) as hall:
        body = {"service": "A", "join": await shown(hall)}
        statuses = [(await hall.post(f"{API}/tickets", None, body)).status_code for _ in range(4)]
        assert statuses[:3] == [201, 201, 201]
        assert statuses[3] == 429
        assert (await hall.issue(who="kiosk"))["presence"] is True


async def test_a_scan_stays_used_where_nobody_knows_whether_its_number_was_given(
    hall: World,
) -> None:
    scan_made = hall.site.scans.make(BRANCH, "mine")
    caller = Caller(browser="mine", join=scan_made)

    def verdict() -> str:
        return hall.site.scans.read(BRANCH, scan_made, "mine").verdict

    with pytest.raises(Declined), presence(hall.site, caller, BRANCH, None, "k1"):
        raise Declined("quota_full")
    assert verdict() == "right"
    with pytest.raises(TimeoutError), presence(hall.site, caller, BRANCH, None, "k1"):
        raise TimeoutError
    assert verdict() == "scan_used"
    with presence(hall.site, caller, BRANCH, None, "k2") as proven:
        assert not proven
    with presence(hall.site, caller, BRANCH, None, "k1") as proven:
        assert proven


async def test_a_repeated_request_gives_back_no_scan_that_brought_a_number(hall: World) -> None:
    scan_made = hall.site.scans.make(BRANCH, "mine")
    caller = Caller(browser="mine", join=scan_made)
    with presence(hall.site, caller, BRANCH, None, "k1") as proven:
        assert proven
    with pytest.raises(Declined), presence(hall.site, caller, BRANCH, None, "k1"):
        raise Declined("too_many_requests")
    assert hall.site.scans.read(BRANCH, scan_made, "mine").verdict == "scan_used"
