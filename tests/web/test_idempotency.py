"""Asked twice, done once: keys belong to their caller and outlive a restart."""

from pathlib import Path

import pytest

from tests.web.harness import API, BRANCH, World, living_world

RANDOM = "6f1c0b0e-5a4d-4f5e-9d43-2f1f6d3a7c11"


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
    first = await world.post(f"{API}/tickets", None, {"service": "A"}, key=RANDOM)
    again = await world.post(f"{API}/tickets", None, {"service": "A"}, key=RANDOM)
    assert first.json()["secret"] == again.json()["secret"]
    without = await world.post(f"{API}/tickets", None, {"service": "A"})
    assert without.json()["number"] == "A-002"


@pytest.mark.parametrize(
    "key", ["k", "1", "ticket-2026-12-01-1", "0" * 32, "00000000-0000-0000-0000-000000000001"]
)
async def test_a_key_two_programs_may_choose_alike_is_taken_from_neither(
    world: World, key: str
) -> None:
    """Behind one address nothing else tells them apart: the second would be given the first's."""
    for _ in range(2):
        answer = await world.post(f"{API}/tickets", None, {"service": "A"}, key=key)
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_input")
        assert "UUID" in answer.json()["reason"]
        assert "secret" not in answer.json()
    assert await world.seq() == 1


async def test_whoever_is_known_by_more_than_an_address_may_choose_any_key(world: World) -> None:
    secret = (await world.issue(who=None))["secret"]
    assert (await world.post("/api/v1/ticket/cancel", secret, key="k")).status_code == 200
    world.client.cookies.set("browser", "somebody's", domain="test.local")
    first = await world.post(f"{API}/tickets", None, {"service": "A"}, key="k")
    world.client.cookies.set("browser", "another's", domain="test.local")
    other = await world.post(f"{API}/tickets", None, {"service": "A"}, key="k")
    assert first.json()["secret"] != other.json()["secret"]


async def test_a_page_opened_without_cookies_names_its_form_well_enough(world: World) -> None:
    page = (await world.client.get(f"/b/{BRANCH}")).text
    key = page.partition('name="request_id" value="')[2].partition('"')[0]
    led_to = set()
    for _ in range(2):
        world.client.cookies.clear()
        fields = {"service": "A", "request_id": key}
        answer = await world.client.post(f"/b/{BRANCH}/ticket", data=fields)
        led_to.add(answer.headers["location"])
    assert len(led_to) == 1
    assert led_to.pop().startswith("/t/")
    assert await world.seq() == 2


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
