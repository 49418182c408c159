"""A machine, a program or a person that gives numbers faster than anybody presses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from queue_server.live.topics import GuardTopic
from tests.clocks import FakeClock
from tests.web.harness import API, BRANCH, World, living_world, sign_in

NOW = datetime.now(UTC).replace(microsecond=0)


async def statuses(world: World, who: str, tries: int) -> list[int]:
    path, body = f"{API}/tickets", {"service": "A"}
    return [(await world.post(path, who, body)).status_code for _ in range(tries)]


@pytest.mark.parametrize(("who", "most"), [("kiosk", 5), ("guard", 120), ("officer1", 120)])
async def test_is_held_back_and_the_guard_is_told_who(world: World, who: str, most: int) -> None:
    assert await statuses(world, who, most + 2) == [201] * most + [429] * 2
    assert len(world.day.tickets) == most
    (name,) = world.site.hub.view(GuardTopic(BRANCH)).hurried
    await sign_in(world, "supervisor")
    for page in (f"/guard/{BRANCH}", f"/supervisor/{BRANCH}"):
        told = (await world.client.get(page)).text
        assert 'id="hurried"' in told
        assert name in told


async def test_nobody_else_is_held_back_with_it(world: World) -> None:
    await statuses(world, "kiosk", 9)
    assert await statuses(world, "guard", 1) == [201]
    assert (await world.post(f"{API}/tickets", None, {"service": "A"})).status_code == 201


async def test_a_lost_answer_asked_for_again_is_no_other_number(world: World) -> None:
    path, body = f"{API}/tickets", {"service": "A"}
    for n in (1, 2, 3, 4, 5):
        for _ in range(3):
            answer = await world.post(path, "kiosk", body, key=f"tap-{n}")
            assert answer.json()["number"] == f"A-00{n}"
    for _ in range(2):
        assert (await world.post(path, "kiosk", body, key="tap-6")).status_code == 429
    assert world.site.hub.view(GuardTopic(BRANCH)).hurried != ()


async def test_it_is_told_for_some_minutes(folder: Path) -> None:
    clock = FakeClock(NOW)
    async with living_world(folder, clock) as world:
        await statuses(world, "kiosk", 6)
        clock.jump(NOW + timedelta(minutes=5))
        assert world.site.hub.view(GuardTopic(BRANCH)).hurried != ()
        clock.jump(NOW + timedelta(minutes=5, seconds=1))
        assert world.site.hub.view(GuardTopic(BRANCH)).hurried == ()
