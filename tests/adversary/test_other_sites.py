"""What a page of another site makes a browser send, and what comes back to whoever guesses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.adversary.test_forms import signed_in
from tests.web.harness import API, BRANCH, World, living_world

EVIL = {"Origin": "https://evil.example"}


@pytest.mark.parametrize(
    "path", [f"/guard/{BRANCH}/do/issue", f"/b/{BRANCH}/ticket", "/sign-out", f"{API}/tickets"]
)
@pytest.mark.parametrize("kept", ["Basic Z3VhcmQ6cGFzcw==", "basic x", "Negotiate abc", ""])
async def test_a_password_a_browser_keeps_opens_no_way_in(
    world: World, path: str, kept: str
) -> None:
    """Where a proxy asks for one, browsers send it with every request, another site's included."""
    await signed_in(world, "guard")
    before = await world.seq()
    answer = await world.client.post(
        path, data={"service": "A"}, headers={**EVIL, "Authorization": kept}
    )
    assert answer.status_code == 403
    assert await world.seq() == before


async def test_a_token_needs_no_origin(world: World) -> None:
    headers = {**EVIL, **world.bearer("guard")}
    answer = await world.client.post(f"{API}/tickets", json={"service": "A"}, headers=headers)
    assert answer.status_code == 201


async def test_a_guesser_on_the_sign_in_page_is_told_when_to_come_back(folder: Path) -> None:
    async with living_world(folder, sign_in_failures_max=1) as world:
        for _ in range(2):
            answer = await world.client.post(
                "/sign-in", data={"username": "guard", "password": "wrong"}
            )
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("day", ["20261122", "2026-W47-7", "2026-11-22T00:00", "26-11-22", ""])
async def test_a_day_of_the_log_is_written_one_way(world: World, day: str) -> None:
    answer = await world.get(f"{API}/log?day={day}", "auditor")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_input")
