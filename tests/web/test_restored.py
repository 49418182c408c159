"""A backup from the middle of a morning, brought back elsewhere: no number on paper comes twice."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from queue_server.manage.demo import CREDENTIALS
from queue_server.store.backup import back_up
from queue_server.store.restore import restore
from tests.web.harness import API, World, living_world

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 10.00 WITA


@pytest.fixture
async def elsewhere(folder: Path, tmp_path: Path) -> Path:
    """The restored folder. A-003 and B-001 were handed out after the backup."""
    async with living_world(folder) as world:
        await world.issue("A")
        await world.issue("A")
        back_up(folder, tmp_path / "backup.tar", NOW)
        await world.issue("A")
        await world.issue("B")
    new = tmp_path / "elsewhere"
    restore(tmp_path / "backup.tar", new, datetime.now(UTC))
    shutil.copy(folder / CREDENTIALS, new)
    return new


@pytest.fixture
async def restored(elsewhere: Path) -> AsyncIterator[World]:
    async with living_world(elsewhere) as world:
        yield world


async def test_the_day_waits_and_then_follows_the_paper(restored: World) -> None:
    await restored.open_counter()
    for path, who, body in (
        ("/tickets", "guard", {"service": "A"}),
        ("/tickets", None, {"service": "A"}),
        ("/counters/1/call-next", "officer1", None),
    ):
        answer = await restored.post(API + path, who, body)
        assert (answer.status_code, answer.json()["code"]) == (409, "day_restored")
    ready = (await restored.get("/readyz")).json()
    assert ready["branches"]["bontang"] == "day_restored"
    assert ready["ready"] is True

    said = await restored.post(f"{API}/day/continue", "guard", {"last": {"A": 3, "B": 1}})
    assert (said.status_code, said.json()["day"]) == (200, "open")
    assert (await restored.issue("A"))["number"] == "A-004"
    assert (await restored.issue("B"))["number"] == "B-002"
    assert (await restored.call_next())["number"] == "A-001"


async def test_it_waits_through_restarts_until_it_was_said_and_then_no_more(
    elsewhere: Path,
) -> None:
    for _ in range(2):
        async with living_world(elsewhere) as world:
            answer = await world.post(f"{API}/tickets", "guard", {"service": "A"})
            assert answer.json()["code"] == "day_restored"
    async with living_world(elsewhere) as world:
        await world.post(f"{API}/day/continue", "supervisor", {"last": {"A": 3}})
    async with living_world(elsewhere) as world:
        assert (await world.issue("A"))["number"] == "A-004"
    assert not (elsewhere / "paused.json").exists()


async def test_what_is_refused_releases_nothing(restored: World) -> None:
    for last, code in (({"A": -1}, "bad_input"), ({"Z": 1}, "unknown_service")):
        answer = await restored.post(f"{API}/day/continue", "guard", {"last": last})
        assert answer.json()["code"] == code
    assert restored.site.days.alarm("bontang") == "day_restored"


async def test_it_is_said_once_and_only_of_a_restored_day(restored: World, world: World) -> None:
    first, again = [
        await restored.post(f"{API}/day/continue", "guard", {"last": {"A": 3}}, key="k")
        for _ in range(2)
    ]
    assert first.json() == again.json()
    for place in (restored, world):
        answer = await place.post(f"{API}/day/continue", "guard", {"last": {"A": 9}})
        assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


@pytest.mark.parametrize("who", ["guard", "supervisor"])
async def test_by_the_buttons_of_guard_and_supervisor(restored: World, who: str) -> None:
    from tests.pages.staff_browser import signed_in

    person = await signed_in(restored, who)
    assert "Tercatat sampai A-002" in person.page.text
    assert not person.page.has_button("A Jaminan Hari Tua")
    letters = {f"last.{letter}": "0" for letter in "BCDE"}
    await person.press("Lanjutkan nomor", **letters, **{"last.A": "many"})
    assert person.status == 422
    assert "refused" in person.page.ids
    await person.press("Lanjutkan nomor", **letters, **{"last.A": "3"})
    assert "Nomor dilanjutkan" in person.page.text
    assert "restored" not in person.page.ids
    assert (await restored.issue("A"))["number"] == "A-004"
