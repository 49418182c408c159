"""Asked twice, done once: keys belong to their caller and outlive a restart."""

from pathlib import Path

import pytest

from tests.web.harness import API, World, living_world


async def test_the_same_request_again_gives_the_first_answer(world: World) -> None:
    asked = {"path": f"{API}/tickets", "who": "guard", "body": {"service": "A"}, "key": "k"}
    first = await world.post(**asked)  # type: ignore[arg-type]
    again = await world.post(**asked)  # type: ignore[arg-type]
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert await world.seq() == 2


async def test_another_body_under_the_same_key_is_refused(world: World) -> None:
    await world.post(f"{API}/tickets", "guard", {"service": "A"}, key="k")
    other = await world.post(f"{API}/tickets", "guard", {"service": "B"}, key="k")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


async def test_two_callers_may_use_the_same_key(world: World) -> None:
    first = await world.post(f"{API}/tickets", "guard", {"service": "A"}, key="k")
    second = await world.post(f"{API}/tickets", "kiosk", {"service": "A"}, key="k")
    assert first.json()["number"] != second.json()["number"]


async def test_a_program_without_cookie_or_token_may_repeat_itself(world: World) -> None:
    first = await world.post(f"{API}/tickets", None, {"service": "A"}, key="k")
    again = await world.post(f"{API}/tickets", None, {"service": "A"}, key="k")
    assert first.json()["secret"] == again.json()["secret"]
    without = await world.post(f"{API}/tickets", None, {"service": "A"})
    assert without.json()["number"] == "A-002"


async def test_the_first_answer_survives_a_restart(folder: Path) -> None:
    async with living_world(folder) as before:
        await before.issue()
        await before.open_counter()
        path = f"{API}/counters/1/call-next"
        called = await before.post(path, "officer1", key="call")
    async with living_world(folder) as after:
        again = await after.post(path, "officer1", key="call")
        assert again.json() == called.json()
        full = await after.post(path, "officer1", key="another")
        assert (full.status_code, full.json()["code"]) == (409, "counter_full")


async def test_a_refusal_is_decided_anew(world: World) -> None:
    await world.open_counter()
    path = f"{API}/counters/1/call-next"
    assert (await world.post(path, "officer1", key="k")).status_code == 409
    await world.issue()
    assert (await world.post(path, "officer1", key="k")).status_code == 200


@pytest.mark.parametrize(("key", "status"), [("k" * 64, 201), ("k" * 65, 422)])
async def test_a_key_has_up_to_64_letters(world: World, key: str, status: int) -> None:
    response = await world.post(f"{API}/tickets", "guard", {"service": "A"}, key=key)
    assert response.status_code == status
