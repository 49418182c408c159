"""A number on paper, as a printer with a roll gets it: one page, as long as what stands on it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.async_api import Page, expect

from tests.e2e.house import BRANCH, House
from tests.e2e.people import Crowd

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

POINTS_A_MM = 72 / 25.4
PX_A_MM = 96 / 25.4
WHITE_MM_MAX = 8.5  # both edges, and what rounding leaves
LONG_NAME = "Kantor Cabang Pelayanan Ketenagakerjaan Kabupaten Penajam Paser Utara dan Sekitarnya"


@dataclass
class Paper:
    """What was printed, in millimetres."""

    pages: int
    wide: float
    long: float
    slip: float
    """How high its slip is on the paper."""


async def printed(page: Page) -> Paper:
    pdf = await page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", pdf)
    wide, long = (float(points) / POINTS_A_MM for points in boxes[0])
    await page.emulate_media(media="print")
    slip = await page.evaluate("document.getElementById('slip').getBoundingClientRect().height")
    await page.emulate_media(media="null")
    return Paper(len(boxes), wide, long, slip / PX_A_MM)


def check(paper: Paper, roll_mm: int) -> None:
    assert paper.pages == 1, paper
    assert paper.wide == pytest.approx(roll_mm, abs=0.5)
    assert 0 < paper.long - paper.slip < WHITE_MM_MAX, paper


async def test_the_guards_slip_is_as_long_as_what_it_says(house: House, crowd: Crowd) -> None:
    number = await house.issue("A")
    guard = await crowd.guard()
    await guard.page.goto(f"/guard/{BRANCH}/slip/{number}")
    await expect(guard.button("Cetak")).to_be_visible()
    narrow = await printed(guard.page)
    check(narrow, 58)
    await guard.page.get_by_label("Kertas 80 mm").check()
    check(await printed(guard.page), 80)
    await guard.page.reload()
    await expect(guard.page.get_by_label("Kertas 80 mm")).to_be_checked()
    check(await printed(guard.page), 80)
    await guard.page.get_by_label("Kertas 80 mm").uncheck()
    name = guard.find("#slip .slip-strong").first
    await name.evaluate("(element, name) => { element.textContent = name; }", LONG_NAME)
    longer = await printed(guard.page)
    check(longer, 58)
    assert longer.long > narrow.long + 5


@pytest.mark.parametrize(("asked", "roll_mm"), [("58", 58), ("80", 80)])
async def test_the_kiosks_slip_too_and_nothing_else_is_printed(
    crowd: Crowd, asked: str, roll_mm: int
) -> None:
    kiosk = await crowd.kiosk()
    await kiosk.page.add_init_script("window.print = () => { window.asked = true; }")
    await kiosk.page.goto(f"/kiosk/{BRANCH}?print={asked}")
    await kiosk.page.get_by_text("Informasi").tap()
    await kiosk.button("Ambil nomor").tap()
    await expect(kiosk.find(".given")).to_be_visible()
    assert await kiosk.page.evaluate("window.asked")
    paper = await printed(kiosk.page)
    check(paper, roll_mm)
    await kiosk.page.emulate_media(media="print")
    height = await kiosk.page.evaluate("document.body.getBoundingClientRect().height")
    assert height / PX_A_MM < paper.slip + 1, "something else takes room on the paper"


async def test_the_number_is_the_largest_on_it_and_whole(house: House, crowd: Crowd) -> None:
    number = await house.issue("A")
    guard = await crowd.guard()
    await guard.page.goto(f"/guard/{BRANCH}/slip/{number}")
    sizes = await guard.page.eval_on_selector_all(
        "#slip *",
        "all => all.map(each => [parseFloat(getComputedStyle(each).fontSize), each.className])",
    )
    largest = max(size for size, _ in sizes)
    assert largest > 3 * sorted(size for size, name in sizes if not name)[0]
    inside = await guard.page.evaluate(
        "(() => { const at = (name) => document.querySelector(name).getBoundingClientRect();"
        " const slip = at('#slip'), number = at('#slip .digits');"
        " return number.right <= slip.right; })()"
    )
    assert inside
