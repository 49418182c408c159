"""A screen on the wall: it shows a code, somebody types it, it lights up; revoked, it goes dark."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.e2e.house import BRANCH, House
from tests.e2e.people import HALL, PHONE, Crowd, Desk, Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

DARK_WITHIN_MS = 5_000
"""Promised: a revoked screen is dark within five seconds."""
LIT_WITHIN_MS = 10_000
"""It asks every two seconds, and says for three what it is called now."""


async def wall(crowd: Crowd, kind: str, size: tuple[int, int] = HALL) -> Screen:
    """A browser nobody has paired, at its address."""
    context = await crowd.context(*size)
    screen = Screen(await context.new_page())
    crowd.screens.append(screen)
    page = screen.page
    page.on("websocket", lambda socket: screen.sockets.append(socket))
    page.on("pageerror", lambda error: screen.wrong.append(f"{page.url}: {error}"))
    await page.goto(f"/{kind}/{BRANCH}")
    return screen


async def pair(desk: Desk, screen: Screen, name: str) -> None:
    """The supervisor types what the screen shows."""
    code = await screen.find("#code").inner_text()
    await desk.page.get_by_label("Kode di layar").fill(code.lower())
    await desk.button("Lanjut").click()
    await expect(desk.find("main")).to_contain_text("Chrome")
    await desk.page.get_by_label("Nama", exact=True).first.fill(name)
    await desk.button("Pasangkan").click()
    await expect(desk.find("main")).to_contain_text(f"{name} dipasangkan")
    await expect(screen.find("#code")).to_have_count(0, timeout=LIT_WITHIN_MS)


async def revoke(desk: Desk, name: str) -> None:
    row = desk.find(".device", has_text=name)
    await row.get_by_text("Cabut", exact=True).click()
    await row.get_by_role("button", name="Ya, cabut").click()


async def fits(page: Page) -> bool:
    """Nothing of it leaves the screen at the side."""
    return bool(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


async def test_a_board_lights_up_by_its_code_and_goes_dark_when_revoked(crowd: Crowd) -> None:
    board = await wall(crowd, "board")
    desk = await crowd.staff("supervisor", f"/devices/{BRANCH}")
    await pair(desk, board, "TV lobi")
    await expect(board.find(".board-head, header")).to_contain_text("Bontang")
    await expect(desk.find(".device", has_text="TV lobi")).to_contain_text(
        "Menyala", timeout=LIT_WITHIN_MS
    )
    assert board.open_sockets() == 1
    await revoke(desk, "TV lobi")
    await expect(board.find("#begin")).to_have_count(1, timeout=DARK_WITHIN_MS)
    assert board.open_sockets() == 0


async def test_a_kiosk_and_a_tablet_are_paired_the_same_way(crowd: Crowd) -> None:
    desk = await crowd.staff("supervisor", f"/devices/{BRANCH}")
    kiosk, tablet = await wall(crowd, "kiosk"), await wall(crowd, "tablet", PHONE)
    await pair(desk, kiosk, "Mesin lobi")
    await expect(kiosk.find("h1")).to_have_text("Layanan apa yang Anda perlukan?")
    await pair(desk, tablet, "Tablet pintu")
    await expect(tablet.find("main")).to_contain_text("Tablet pintu")
    assert await fits(tablet.page)
    await revoke(desk, "Mesin lobi")
    await expect(kiosk.find("#begin")).to_have_count(1, timeout=DARK_WITHIN_MS)


async def test_a_screen_asks_for_its_code_by_itself_and_it_fits(crowd: Crowd) -> None:
    for size in (PHONE, (1366, 768), HALL):
        screen = await wall(crowd, "board", size)
        await expect(screen.find("#code")).to_be_visible()
        assert await fits(screen.page)


async def test_who_has_a_number_confirms_at_the_kiosk_by_touch_alone(
    crowd: Crowd, house: House
) -> None:
    phone, kiosk = await crowd.phone(), await crowd.kiosk()
    number = await phone.take_number("A")
    check = (await phone.find("[data-show=check] .figures").inner_text()).strip()
    await kiosk.page.get_by_text("Sudah punya nomor?").tap()
    await kiosk.find(f".here-letter:has([value={number[0]}])").tap()
    for digit in number[2:] + check:
        await kiosk.find(f"[data-digit='{digit}']").tap()
    await kiosk.button("Saya sudah di sini").tap()
    await expect(kiosk.find("h1")).to_contain_text("Nomor Anda sekarang ikut dihitung")
    assert [each["number"] for each in await house.tickets(group="line")] == [number]


COUNT_WAKE_LOCKS = """
    window.kept = 0;
    const wakeLock = {request: async () => {
        window.kept += 1;
        return {addEventListener() {}, release: async () => {}};
    }};
    Object.defineProperty(Navigator.prototype, 'wakeLock', {get: () => wakeLock});
"""
NO_WAKE_LOCK = "delete Navigator.prototype.wakeLock"


@pytest.mark.parametrize("open_one", [Crowd.board, Crowd.kiosk, Crowd.guard])
async def test_what_hangs_or_stands_in_the_hall_keeps_its_screen_on(
    crowd: Crowd, open_one: Callable[[Crowd], Awaitable[Screen]]
) -> None:
    screen = await open_one(crowd)
    await screen.page.add_init_script(COUNT_WAKE_LOCKS)
    await screen.page.reload()
    await screen.page.wait_for_function("window.kept === 1")


async def test_a_screen_that_cannot_be_kept_on_says_so_while_it_is_set_up(crowd: Crowd) -> None:
    screen = await wall(crowd, "board")
    await expect(screen.find("#code")).to_be_visible()
    await expect(screen.find("#sleeps")).to_be_hidden()
    await screen.page.add_init_script(NO_WAKE_LOCK)
    await screen.page.reload()
    await expect(screen.find("#sleeps")).to_contain_text("layar tidak pernah mati")
