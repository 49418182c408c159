"""What people see of a forgotten press: at the desk the next morning, on the phone, at a counter
left behind; and how an officer moves from one counter to another.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.clocks import FakeClock
from tests.web.harness import API, BRANCH, World, living_world
from tests.web.staffed import browser_of

DESK = f"/desk/{BRANCH}"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime.now(UTC))


@pytest.fixture
async def timed(folder: Path, clock: FakeClock) -> AsyncIterator[World]:
    async with living_world(folder, clock) as world:
        yield world


def later(clock: FakeClock, **span: float) -> None:
    clock.jump(clock.now() + timedelta(**span))


def words(page: httpx.Response) -> str:
    main = re.search(r"<main.*</main>", page.text, re.S)
    assert main is not None
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.group(0)))


async def one_is_served(world: World) -> str:
    """Its secret."""
    secret: str = (await world.issue())["secret"]
    await world.open_counter()
    await world.call_next()
    await world.post(f"{API}/tickets/A-001/start", "officer1")
    return secret


class TestTheNextMorning:
    async def test_a_press_of_finish_says_what_happened(
        self, timed: World, clock: FakeClock
    ) -> None:
        await one_is_served(timed)
        officer = await browser_of(timed, "officer1")
        before = await officer.get(f"{DESK}/1")
        day = re.search(r'name="day" value="([-0-9]+)"', before.text)
        assert day is not None
        later(clock, days=1)
        assert (await timed.post(f"{API}/day/open", "supervisor")).status_code == 200
        by_program = await timed.post(f"{API}/tickets/A-001/finish", "officer1")
        assert (by_program.status_code, by_program.json()["code"]) == (409, "day_over")
        await timed.issue()
        await timed.open_counter()
        await timed.call_next()
        fields = {"number": "A-001", "day": day.group(1), "request_id": "late"}
        pressed = await officer.post(f"{DESK}/1/do/finish", data=fields)
        assert pressed.status_code == 409
        assert "diakhiri dengan sendirinya" in words(pressed)
        assert timed.day.tickets["A-001"].state == "called", "today's is somebody else"

    async def test_the_supervisor_is_told_how_many(self, timed: World, clock: FakeClock) -> None:
        await one_is_served(timed)
        later(clock, days=1)
        await timed.post(f"{API}/day/open", "supervisor")
        page = await (await browser_of(timed, "supervisor")).get(f"/supervisor/{BRANCH}")
        assert "sebelumnya 1 nomor lupa diselesaikan" in words(page)


class TestTheHolder:
    async def test_ends_it_and_takes_another(self, timed: World, clock: FakeClock) -> None:
        secret = await one_is_served(timed)
        phone = httpx.AsyncClient(
            transport=httpx.ASGITransport(timed.app, client=("10.0.0.8", 1)),
            base_url="http://test",
            follow_redirects=True,
            headers={"Origin": "http://test"},
        )
        await phone.get(f"/t/{secret}")
        assert "leave" not in (await timed.get("/api/v1/ticket", secret)).json()["can"]
        early = await timed.post("/api/v1/ticket/leave", secret)
        assert (early.status_code, early.json()["code"]) == (409, "still_at_counter")
        later(clock, minutes=61)
        assert "leave" in (await timed.get("/api/v1/ticket", secret)).json()["can"]
        ended = await phone.post("/ticket/leave", data={"request_id": "leave"})
        assert "Nomor Anda sudah berakhir" in words(ended)
        assert timed.day.tickets["A-001"].state == "forgotten"
        assert timed.day.counters["1"].open_tickets == ()
        assert 'name="service"' in (await phone.get(f"/b/{BRANCH}")).text
        rated = await timed.post("/api/v1/ticket/rating", secret, {"stars": 4})
        assert rated.status_code == 200
        finished = await timed.post(f"{API}/tickets/A-001/finish", "officer1")
        assert (finished.status_code, finished.json()["state"]) == (409, "forgotten")


class TestMoving:
    async def test_is_one_press_at_the_other_counter(self, timed: World) -> None:
        await timed.issue()
        await timed.open_counter()
        await timed.call_next()
        officer = await browser_of(timed, "officer1")
        refused = await timed.post(f"{API}/counters/2/open", "officer1")
        assert (refused.status_code, refused.json()["code"]) == (409, "counters_held")
        page = await officer.get(f"{DESK}/2")
        assert "Pindah ke loket ini" in words(page)
        assert "Anda memegang Loket 1" in words(page)
        form = re.search(r'action="[^"]*/2/do/open".*?</form>', page.text, re.S)
        assert form is not None
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.group(0)))
        moved = await officer.post(f"{DESK}/2/do/open", data=fields)
        assert moved.status_code == 303
        assert (timed.day.counters["1"].state, timed.day.counters["2"].holder) == (
            "closed",
            "officer1",
        )
        called = await timed.call_next("2")
        assert (called["number"], called["rule"]) == ("A-001", "tied")

    async def test_a_repeat_of_the_press_moves_nobody_twice(self, timed: World) -> None:
        await timed.open_counter()
        path, body = f"{API}/counters/2/open", {"move": True}
        first = await timed.post(path, "officer1", body, key="move")
        seq = await timed.seq()
        again = await timed.post(path, "officer1", body, key="move")
        assert (
            again.json()
            == first.json()
            == {
                "counter": "2",
                "state": "open",
                "returned": [],
                "seq": seq,
            }
        )
        assert await timed.seq() == seq


class TestACounterLeftBehind:
    async def test_a_colleague_takes_it_over(self, timed: World, clock: FakeClock) -> None:
        await one_is_served(timed)
        colleague = await browser_of(timed, "officer2")
        assert "Anda hanya melihat" in words(await colleague.get(f"{DESK}/1"))
        later(clock, minutes=61)
        assert "Ambil alih loket ini" in words(await colleague.get(f"{DESK}/1"))
        taken = await timed.post(f"{API}/counters/1/open", "officer2")
        assert taken.status_code == 200, taken.text
        assert timed.day.counters["1"].holder == "officer2"
        assert timed.day.tickets["A-001"].state == "forgotten"
