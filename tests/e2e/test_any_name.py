"""The longest names a branch and its people may have, on every page and every shape of screen:
nothing reaches out sideways, no text is cut, no word falls into letters.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from queue_server.manage.branch_file import BRANCH_NAME_MAX, SERVICE_NAME_MAX
from tests.e2e.house import BRANCH, ROOT, House, living_house
from tests.e2e.people import Crowd

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

FITS: Final = (Path(__file__).parent / "fits.js").read_text("utf-8")
BRANCH_NAME: Final = (
    "Kantor Cabang Pelayanan Ketenagakerjaan Kalimantan Timur di Penajam Paser Utara!"
)
SERVICES: Final = {
    "A": "Pertanggungjawaban Jaminan Kehilangan Pekerjaan bagi Pekerja",
    "B": "Ketidakmampuanberpenghasilan" + "kesejahteraanpertanggungjawaban!",
    "C": "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z a b c d ",
    "D": "JP",
}
COUNTERS: Final = ("1", "WWWWWWWW", "9", "LOKET12B", "2B")
PERSON: Final = "Raden Ajeng Siti Nurhalizakusumawardhani binti Abdurrahman W"
NOTICE: Final = ("Pelayanan pertanggungjawaban ditutup sementara. " * 6)[:280]
LONG_WORD: Final = "https://example.go.id/" + "pengumuman-" * 3 + "x" * 60

PHONES: Final = {"360": (360, 640), "320": (320, 568), "200 %": (180, 320)}
DESKS: Final = {"1366": (1366, 768), "200 %": (683, 384), "tablet": (768, 1024), **PHONES}
SPACED: Final = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"""
"""WCAG 1.4.12: what a reader may set."""


async def test_these_are_the_longest_names() -> None:
    assert len(BRANCH_NAME) == BRANCH_NAME_MAX
    assert max(map(len, SERVICES.values())) == SERVICE_NAME_MAX


def branch_file() -> str:
    services = [
        f'[services.{letter}]\nname = "{name.strip()}"\nquota = 400'
        for letter, name in SERVICES.items()
    ]
    counters = [f"[counters.{name}]" for name in COUNTERS if name != "9"]
    booth = '[counters.9]\nkind = "booth"\ncapacity = 4'
    head = f'name = "{BRANCH_NAME}"\nzone = "Asia/Makassar"\ncontact = "{PERSON}"'
    return "\n".join([head, *services, *counters, booth])


def name_everything(data: Path) -> None:
    """As `lapak configure` would, and as people may be called."""
    file = data.parent / "branch.toml"
    file.write_text(branch_file(), encoding="utf-8")
    words = ["configure", BRANCH, str(file), "--yes", "--data", str(data)]
    subprocess.run(
        [sys.executable, "-P", "-m", "queue_server", *words],
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
    )
    with closing(sqlite3.connect(data / "people.db")) as people, people:
        people.execute("update accounts set display_name = ?", (PERSON,))
        people.execute("update tokens set label = ?, place = ?", (PERSON[:40], PERSON))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with living_house(tmp_path_factory.mktemp("house") / "data") as house:
        house.stop()
        await asyncio.to_thread(name_everything, house.data)
        await house.start()
        yield house


class Looked:
    """What did not fit so far, by page and shape."""

    def __init__(self, shapes: dict[str, tuple[int, int]]) -> None:
        self._shapes = shapes
        self.found: dict[str, list[str]] = {}

    async def look(self, state: str, page: Page) -> None:
        for shape, (width, height) in self._shapes.items():
            await page.set_viewport_size({"width": width, "height": height})
            await self._note(f"{state}, {shape}", page)
            await page.emulate_media(forced_colors="active")
            await self._note(f"{state}, {shape}, forced colours", page)
            await page.emulate_media(forced_colors="none")
        style = await page.add_style_tag(content=SPACED)
        for shape, (width, height) in list(self._shapes.items())[:2]:
            await page.set_viewport_size({"width": width, "height": height})
            await self._note(f"{state}, {shape}, spaced", page)
        await style.evaluate("(style) => style.remove()")

    async def _note(self, where: str, page: Page) -> None:
        if found := await page.evaluate(FITS):
            self.found[where] = found

    async def at(self, page: Page, *addresses: str) -> None:
        for address in addresses:
            await page.goto(address)
            await self.look(address, page)


async def test_phone(house: House, crowd: Crowd) -> None:
    looked = Looked(PHONES)
    await house.do("supervisor", "/notice", text=f"{NOTICE[:200]} {LONG_WORD}"[:280])
    phone = await crowd.phone_in_hall(bypass_csp=True)
    await looked.look("join", phone.page)
    await phone.page.set_viewport_size({"width": 360, "height": 640})
    number = await phone.take_number("B")
    await expect(phone.find("#main[data-stage=waiting]")).to_be_visible()
    await looked.look("ticket, waiting", phone.page)
    await house.do("officer2", "/counters/WWWWWWWW/open")
    await house.do("officer2", "/counters/WWWWWWWW/call-next")
    await expect(phone.find("#main[data-stage=called]")).to_be_visible()
    await looked.look("ticket, called", phone.page)
    await house.do("officer2", f"/tickets/{number}/park")
    await expect(phone.find("#main[data-stage=parked]")).to_be_visible()
    await looked.look("ticket, parked", phone.page)
    await looked.at(phone.page, "/", f"/privacy/{BRANCH}", "/sign-in")
    await phone.page.goto(f"/board/{BRANCH}")
    await expect(phone.find("#code")).to_be_visible()
    await looked.look("board, not paired", phone.page)
    assert looked.found == {}


async def test_desk(house: House, crowd: Crowd) -> None:
    looked = Looked(DESKS)
    for letter in ("B", "A", "C", "B", "A"):
        await house.issue(letter)
    desk = await crowd.staff("officer1", f"/desk/{BRANCH}/9", bypass_csp=True)
    await looked.look("desk, closed", desk.page)
    await house.do("officer1", "/counters/9/open")
    for _ in range(2):
        await house.do("officer1", "/counters/9/call-next")
    await looked.at(desk.page, f"/desk/{BRANCH}/9", "/desk", "/account")
    await house.do("officer2", "/counters/WWWWWWWW/open")
    await looked.at(desk.page, f"/desk/{BRANCH}/WWWWWWWW")
    assert looked.found == {}


async def test_guard_and_supervisor(house: House, crowd: Crowd) -> None:
    looked = Looked(DESKS)
    await house.do("supervisor", "/notice", text=f"{NOTICE[:200]} {LONG_WORD}"[:280])
    phone = await crowd.phone()
    await phone.take_number("B")
    number = await house.issue("B")
    await house.do("officer2", "/counters/WWWWWWWW/open")
    await house.do("officer2", "/counters/WWWWWWWW/call-next")
    guard = await crowd.guard(bypass_csp=True)
    # A slip is as wide as its paper, on every screen: test_slips.py.
    await looked.at(guard.page, f"/guard/{BRANCH}", f"/guard/{BRANCH}?q={number}")
    boss = await crowd.staff("supervisor", f"/supervisor/{BRANCH}", bypass_csp=True)
    rooms = [f"/{room}/{BRANCH}" for room in ("supervisor", "people", "devices", "audit")]
    await looked.at(boss.page, *rooms)
    assert looked.found == {}


async def test_kiosk(house: House, crowd: Crowd) -> None:
    looked = Looked({"1366": (1366, 768), "upright": (1080, 1920), "tablet": (768, 1024)})
    kiosk = await crowd.kiosk(bypass_csp=True)
    await looked.look("kiosk, choose", kiosk.page)
    await looked.at(kiosk.page, f"/kiosk/{BRANCH}?service=B", f"/kiosk/{BRANCH}/here")
    await kiosk.page.goto(f"/kiosk/{BRANCH}?service=B")
    await kiosk.find("form.take button.primary").click()
    await expect(kiosk.find("[data-step=ticket]")).to_be_visible()
    await looked.look("kiosk, ticket", kiosk.page)
    assert looked.found == {}
