"""A desk left alone: when it locks, what is left of it then, and who may come back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from queue_server.people import Stage
from tests.clocks import FakeClock
from tests.web.halfway import session_at, take
from tests.web.harness import API, BRANCH, Live, World, fresh_code, living_world, sign_in

DESK = f"/guard/{BRANCH}"
LIVE = {"Lapak-Live": "1"}


async def opens(world: World) -> bool:
    world.site.sign_ins.forget()
    return (await world.client.get(DESK)).status_code == 200


def later(clock: FakeClock, **more: float) -> None:
    clock.jump(clock.now() + timedelta(**more))


def a_clock() -> FakeClock:
    return FakeClock(datetime.now(UTC).replace(microsecond=0))


async def give_pin(world: World, name: str, pin: str = "582016") -> None:
    await world.site.people.save_pin(name, await world.site.passwords.hash(pin))


async def test_a_desk_nobody_touched_for_long_is_locked_not_signed_out(folder: Path) -> None:
    clock = a_clock()
    async with living_world(folder, clock) as world:
        await sign_in(world, "guard")
        later(clock, seconds=world.site.settings.session_lock_s + 1)
        world.site.sign_ins.forget()
        answer = await world.client.get(DESK)
        assert answer.headers["location"] == "/unlock?next=%2Fguard%2Fbontang"
        code = await fresh_code(world, "guard")
        back = await world.client.post("/unlock", data={"code": code, "next": DESK})
        assert back.headers["location"] == DESK
        assert await opens(world)


async def test_two_windows_of_a_desk_left_alone_lock_it_once(folder: Path) -> None:
    clock = a_clock()
    async with living_world(folder, clock) as world:
        await sign_in(world, "guard")
        later(clock, seconds=world.site.settings.session_lock_s + 1)
        world.site.sign_ins.forget()
        both = await asyncio.gather(*(world.client.get(DESK, headers=LIVE) for _ in range(2)))
        assert all(one.headers["location"].startswith("/unlock") for one in both)
        assert len(await world.site.people.acts(what="locked")) == 1


@pytest.mark.parametrize("asked", [{"headers": LIVE}, {"params": {"unasked": "1"}}])
async def test_what_a_page_does_by_itself_keeps_nothing_awake(
    folder: Path, asked: dict[str, dict[str, str]]
) -> None:
    clock = a_clock()
    async with living_world(folder, clock) as world:
        await sign_in(world, "guard")
        for _ in range(7):
            later(clock, minutes=5)
            world.site.sign_ins.forget()
            last = await world.client.get(DESK, **asked)  # type: ignore[arg-type]
        assert last.headers["location"].startswith("/unlock")


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_whoever_works_is_not_locked_out(folder: Path, method: str) -> None:
    clock = a_clock()
    path = DESK if method == "GET" else f"{DESK}/do/notice"
    async with living_world(folder, clock) as world:
        await sign_in(world, "guard")
        for _ in range(20):
            later(clock, minutes=5)
            world.site.sign_ins.forget()
            await world.client.request(
                method, path, data={"text": ""} if method == "POST" else None
            )
        assert await opens(world)


async def test_a_locked_desk_nobody_came_back_to_is_over(folder: Path) -> None:
    clock = a_clock()
    async with living_world(folder, clock) as world:
        await sign_in(world, "guard")
        await world.client.post("/lock")
        later(clock, seconds=world.site.settings.session_idle_s + 1)
        assert (await world.client.get("/unlock")).headers["location"].startswith("/sign-in")


async def test_a_day_ends_for_whoever_never_stops_working(folder: Path) -> None:
    clock = a_clock()
    async with living_world(folder, clock) as world:
        await sign_in(world, "guard")
        hours = 0.0
        while await opens(world):
            later(clock, minutes=20)
            hours += 20 / 60
            assert hours < 13
        assert hours > 11
        assert (await world.client.get(DESK)).headers["location"].startswith("/sign-in")


async def test_unlocking_prolongs_no_day(folder: Path) -> None:
    clock = a_clock()
    async with living_world(folder, clock) as world:
        await sign_in(world, "guard")
        (before,) = await world.site.people.sessions("guard", clock.now())
        await world.client.post("/lock")
        later(clock, hours=1)
        await world.client.post("/unlock", data={"code": await fresh_code(world, "guard")})
        (after,) = await world.site.people.sessions("guard", clock.now())
        assert after.expires_at == before.expires_at
        assert after.stage is Stage.FULL


async def test_unlocking_gives_a_new_token_and_ends_the_old_one(world: World) -> None:
    await sign_in(world, "guard")
    await give_pin(world, "guard")
    locked = world.client.cookies["session"]
    await world.client.post("/lock", data={"next": DESK})
    assert not await opens(world)
    answer = await world.client.post("/unlock", data={"pin": "582016", "next": DESK})
    assert answer.headers["location"] == DESK
    assert world.client.cookies["session"] != locked
    assert await opens(world)
    take(world, locked)
    assert not await opens(world)


async def test_unlocking_by_a_pin_changes_no_ways_in(world: World) -> None:
    """It was typed in the open, all day: whoever saw it must not plant a factor of their own."""
    await sign_in(world, "guard")
    await give_pin(world, "guard")
    enrol = "/account/second-factor"
    assert (await world.client.get(enrol)).status_code == 200
    await world.client.post("/lock")
    await world.client.post("/unlock", data={"pin": "582016"})
    assert await opens(world)
    assert (await world.client.get(enrol)).headers["location"] == "/account"
    assert (await world.client.post(enrol, data={"do": "codes"})).status_code == 403


async def test_a_locked_page_shows_whose_it_is_and_nothing_of_the_line(world: World) -> None:
    await world.issue("A")
    await world.open_counter()
    await world.call_next()
    desk = f"/desk/{BRANCH}/1"
    await sign_in(world, "officer1")
    assert "A-001" in (await world.client.get(desk)).text
    await world.client.post("/lock", data={"next": desk})
    for path in ("/unlock", desk, f"{API}/desk", f"{API}/counters/1/desk"):
        answer = await world.client.get(path, follow_redirects=True)
        assert "A-001" not in answer.text
    assert "Petugas 1" in (await world.client.get("/unlock")).text


async def test_five_wrong_tries_end_the_session(folder: Path) -> None:
    async with living_world(folder, sign_in_failures_max=50) as world:
        await sign_in(world, "guard")
        await give_pin(world, "guard")
        await world.client.post("/lock")
        for n in range(5):
            assert (await world.client.get("/unlock")).status_code == 200, n
            last = await world.client.post("/unlock", data={"pin": "000000"})
        assert last.headers["location"].startswith("/sign-in")
        right = await world.client.post("/unlock", data={"pin": "582016"})
        assert right.headers["location"].startswith("/sign-in")
        assert not await opens(world)


async def test_somebody_elses_pin_or_code_unlocks_nothing(world: World) -> None:
    await sign_in(world, "guard")
    await give_pin(world, "guard")
    await give_pin(world, "officer1", "739105")
    await world.client.post("/lock")
    for fields in ({"pin": "739105"}, {"code": await fresh_code(world, "officer1")}):
        assert (await world.client.post("/unlock", data=fields)).status_code == 401
    assert not await opens(world)


async def test_a_recovery_code_unlocks_nothing(world: World) -> None:
    """It helps at signing in, where the password is asked as well."""
    await sign_in(world, "guard")
    await world.client.post("/lock")
    assert (await world.client.post("/unlock", data={"recovery": "x"})).status_code == 401


@pytest.mark.parametrize("stage", [Stage.FACTOR, Stage.ENROL])
async def test_whoever_is_halfway_in_unlocks_nothing(world: World, stage: Stage) -> None:
    await give_pin(world, "guard")
    take(world, await session_at(world, "guard", stage))
    for path in ("/lock", "/unlock"):
        answer = await world.client.post(path, data={"pin": "582016"})
        assert answer.status_code == 303
    assert not await opens(world)


async def test_somebody_else_may_sign_out_and_in(world: World) -> None:
    await sign_in(world, "guard")
    await world.client.post("/lock")
    await world.client.post("/sign-out")
    assert (await world.client.get("/unlock")).headers["location"] == "/sign-in"
    await sign_in(world, "supervisor")
    assert (await world.client.get(f"/supervisor/{BRANCH}")).status_code == 200


async def test_locking_closes_open_sockets_within_seconds(live: Live) -> None:
    async with live.client() as browser:
        await live.sign_in(browser, "guard")
        cookie = f"session={browser.cookies['session']}"
        path = f"/ws/branches/{BRANCH}/guard"
        async with live.socket(path, Origin=live.url, Cookie=cookie) as socket:
            await socket.recv()
            await browser.post("/lock")
            async with asyncio.timeout(5):
                await socket.wait_closed()
            assert socket.close_code == 4401


async def test_a_socket_open_on_a_desk_left_alone_is_closed(live_short: Live) -> None:
    """It watches by itself: that is nobody working."""
    async with live_short.client() as browser:
        await live_short.sign_in(browser, "guard")
        cookie = f"session={browser.cookies['session']}"
        path = f"/ws/branches/{BRANCH}/guard"
        async with live_short.socket(path, Origin=live_short.url, Cookie=cookie) as socket:
            async with asyncio.timeout(3 + 5):
                await socket.wait_closed()
            assert socket.close_code == 4401


@pytest.fixture
def live_short(folder: Path) -> Iterator[Live]:
    with Live(folder, session_lock_s="3") as server:
        yield server
