"""Personal data go in time: from the databases, their write-ahead logs, and from backups.

A word nobody else writes is put into every field that may hold one. Before its hour the search
finds it, so that the search can fail.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import time_machine

from queue_server.manage import demo
from queue_server.manage.keeping import source
from queue_server.office.questions import Configure
from queue_server.store import codec
from queue_server.store.restore import restore
from tests.manage.conftest import Lapak
from tests.notices.push_service import Browser
from tests.office import ask
from tests.web.harness import API, BRANCH, Live, World, living_world, make_demo

NIK = "6474019876543210"
COMMENT = "KENARI-KOMENTAR"
REASON = "KENARI-ALASAN"
NOTICE = "KENARI-PENGUMUMAN"
ADDRESS = "KENARI-ALAMAT"
TEXTS = (COMMENT, REASON, NOTICE, ADDRESS)
IN_PEOPLE = {"people.db", "people.db-wal"}
KEPT = timedelta(hours=24, minutes=10)


class Moved:
    """The system's clock, so much later."""

    def __init__(self, by: timedelta) -> None:
        self.by = by

    def now(self) -> datetime:
        at = datetime.now(UTC) + self.by
        return at.replace(microsecond=at.microsecond // 1000 * 1000)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Logged(Live):
    """`lapak serve` as a process; whatever it says is kept."""

    @property
    def said(self) -> Path:
        return self.folder.parent / "said.txt"

    def start(self) -> float:
        began = time.monotonic()
        with self.said.open("wb") as said:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-P", "-m", "queue_server", "serve", "--demo"),
                    *("--port", str(self.port), "--data", str(self.folder)),
                ],
                env=dict(os.environ),
                stdout=said,
                stderr=said,
            )
        while time.monotonic() - began < 30:
            assert self._process.poll() is None, self.said.read_text()
            try:
                httpx.get(f"{self.url}/healthz")
                return time.monotonic() - began
            except httpx.TransportError:
                time.sleep(0.05)
        raise TimeoutError("it never answered")


def ask_for_identity(folder: Path) -> None:
    """From now on the running branch wants a NIK of everybody."""
    plan = codec.encode_plan(replace(demo.plan(), identity_asked=True)).decode()
    asyncio.run(ask(folder, Configure(plan)))


def post(server: Live, who: str | None, path: str, body: object = None) -> dict[str, Any]:
    token = server.credentials[who]["token"] if who in server.credentials else who
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = httpx.post(f"{server.url}{path}", headers=headers, json=body or {}, timeout=15)
    assert answer.status_code in (200, 201), answer.text
    told: dict[str, Any] = answer.json()
    return told


def a_day_full_of_canaries(server: Live) -> None:
    post(server, "guard", f"{API}/notice", {"text": NOTICE})
    body = {"service": "A", "identity": NIK, "priority": True}
    issued = post(server, None, f"{API}/tickets", body)
    number = issued["number"]
    post(server, "guard", f"{API}/tickets/{number}/confirm-presence")
    post(server, "officer1", f"{API}/counters/1/open")
    called = {"number": number, "reason": "urgent", "note": REASON}
    post(server, "officer1", f"{API}/counters/1/call", called)
    post(server, "officer1", f"{API}/tickets/{number}/finish")
    rating = {"stars": 2, "comment": COMMENT}
    post(server, issued["secret"], "/api/v1/ticket/rating", rating)
    # Told nothing any more: nobody is asked to carry it.
    phone = Browser(ADDRESS, "https://updates.push.services.mozilla.com").subscription
    post(server, issued["secret"], "/api/v1/ticket/push", phone)
    post(server, "officer1", f"{API}/counters/1/close", {"return_open": True})
    # A NIK that is refused, in a place where none belongs, and in an address.
    for path in (f"{API}/tickets/{NIK}/cancel", f"/t/{NIK}", f"/b/{BRANCH}?j={NIK}"):
        httpx.post(f"{server.url}{path}", headers={"Origin": server.url})
        httpx.get(f"{server.url}{path}")
    post(server, "supervisor", f"{API}/day/close")


def files_with(word: str, *folders: Path) -> list[str]:
    """Every file in which the word stands, in UTF-8 or as UTF-16."""
    found = []
    for path in (path for folder in folders for path in sorted(folder.rglob("*"))):
        if path.is_file():
            content = path.read_bytes()
            if word.encode() in content or word.encode("utf-16-le") in content:
                found.append(path.name)
    return found


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after a day full of canaries, with everything the server said beside it."""
    folder = tmp_path_factory.mktemp("house") / "data"
    make_demo(folder)
    with Logged(folder) as server:
        ask_for_identity(folder)
        a_day_full_of_canaries(server)
        # While it runs there is a write-ahead log: the whole NIK is not even there.
        assert files_with(NIK, folder.parent) == []
        asyncio.run(server.terminate())
    return folder


@pytest.fixture
def written(lived: Path, tmp_path: Path) -> Path:
    """As `lived`, for oneself."""
    shutil.copytree(lived.parent, tmp_path / "house")
    return tmp_path / "house" / "data"


@contextmanager
def backed_up_at(lapak: Lapak, shelf: Path, days: float) -> Iterator[str]:
    """A backup by the command, so many days from now."""
    shelf.mkdir(exist_ok=True)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=days), tick=True):
        yield lapak("backup", str(shelf), "--keep-days", "30").stdout


async def forgotten(folder: Path, by: timedelta) -> None:
    """The server runs for a moment, so much later, and sweeps."""
    async with living_world(folder, clock=Moved(by), sweep_s=0.1) as world:
        await _until_swept(world, folder)


async def _until_swept(world: World, folder: Path) -> None:
    for _ in range(30):
        if not any(files_with(word, folder) for word in TEXTS):
            break
        await asyncio.sleep(0.1)


def test_a_days_personal_data_are_in_no_file_a_day_after_its_close(written: Path) -> None:
    for word in TEXTS:
        assert files_with(word, written), f"{word} was never written: nothing is proven"
    asyncio.run(forgotten(written, timedelta(hours=23)))
    for word in TEXTS:
        assert files_with(word, written), f"{word} went before its hour"
    asyncio.run(forgotten(written, KEPT))
    for word in TEXTS:
        assert files_with(word, written) == []


def test_they_go_while_the_server_runs_too(written: Path) -> None:
    async def live_through() -> list[list[str]]:
        clock = Moved(timedelta())
        async with living_world(written, clock=clock, sweep_s=0.1) as world:
            await asyncio.sleep(0.5)
            before = [files_with(word, written) for word in TEXTS]
            clock.by = KEPT
            await _until_swept(world, written)
            after = [files_with(word, written) for word in TEXTS]
        assert all(before)
        return after

    assert asyncio.run(live_through()) == [[], [], [], []]


def test_the_last_digits_go_with_the_texts(written: Path) -> None:
    async def persons(by: timedelta) -> int:
        async with living_world(written, clock=Moved(by), sweep_s=0.1) as world:
            await _until_swept(world, written)
            await asyncio.sleep(0.3)
            day = world.days.day_of(BRANCH, ticket_day(world))
            assert day is not None
            ids = [ticket.ticket_id for ticket in day.tickets.values()]
            found = [await world.site.people.ticket_person(one) for one in ids]
        assert len(found) == 1
        return len([one for one in found if one is not None])

    def ticket_day(world: World) -> Any:
        today = world.day
        return today.date if today.tickets else today.date - timedelta(days=1)

    assert asyncio.run(persons(timedelta(hours=1))) == 1
    assert asyncio.run(persons(KEPT)) == 0


def test_the_server_says_nothing_of_it_and_the_whole_nik_is_nowhere(written: Path) -> None:
    said = written.parent / "said.txt"
    assert said.stat().st_size > 0
    for word in (*TEXTS, NIK):
        assert word.encode() not in said.read_bytes()
    assert files_with(NIK, said.parent) == []
    # The search finds what is there: the texts, in the one database that can forget.
    assert {name for word in TEXTS for name in files_with(word, said.parent)} <= IN_PEOPLE
    assert files_with(COMMENT, said.parent)


def test_no_backup_holds_them_after_thirty_days(
    written: Path, tmp_path: Path, lapak: Lapak, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAPAK_DATA", str(written))
    shelf = tmp_path / "shelf"
    with backed_up_at(lapak, shelf, 0):
        assert [bool(files_with(word, shelf)) for word in TEXTS] == [True] * 4
        assert files_with(NIK, shelf) == []
    asyncio.run(forgotten(written, KEPT))
    with backed_up_at(lapak, shelf, 29):
        assert files_with(COMMENT, shelf), "removed too early: this proves nothing"
    with backed_up_at(lapak, shelf, 30.1) as said:
        assert "removed lapak-" in said
        assert [files_with(word, shelf) for word in TEXTS] == [[], [], [], []]
        assert len(list(shelf.iterdir())) == 2


def test_what_is_restored_late_is_restored_without_them(
    written: Path, tmp_path: Path, lapak: Lapak, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAPAK_DATA", str(written))
    shelf, elsewhere = tmp_path / "shelf", tmp_path / "elsewhere"
    with backed_up_at(lapak, shelf, 0):
        pass
    soon, late = datetime.now(UTC), datetime.now(UTC) + timedelta(days=9)
    restore(source(shelf), elsewhere, soon)
    assert files_with(COMMENT, elsewhere)
    restored = restore(source(shelf), elsewhere, late, overwrite=True)
    assert restored.erased > 0
    assert [files_with(word, elsewhere) for word in TEXTS] == [[], [], [], []]
