"""The hall's QR on real screens: it changes, an old one proves nothing, and none stands there when
a screen is cut off. Its step is shortened, so that a test need not wait for minutes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.house import House, living_house
from tests.e2e.people import PATIENT_MS, Crowd, Line, Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

STEP_S = 6
LOOK_EVERY_MS = 300


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAPAK_JOIN_STEP_S", str(STEP_S))
        async with living_house(tmp_path_factory.mktemp("hall") / "data") as house:
            yield house


async def shown(screen: Screen, instead_of: str = "") -> str:
    """What a camera reads on the screen, once it is another code than this."""
    async with asyncio.timeout(PATIENT_MS / 1000):
        while not (found := [one for one in await screen.codes() if one != instead_of]):
            await screen.page.wait_for_timeout(LOOK_EVERY_MS)
    return found[0]


async def test_the_boards_code_changes_and_a_photograph_of_it_is_soon_nothing(
    crowd: Crowd,
) -> None:
    board = await crowd.silent_board()
    first = await shown(board, instead_of=await shown(board))  # a whole step is left
    in_time = await crowd.phone(first)
    await expect(in_time.find("#until")).to_contain_text("Ambil nomor sebelum pukul")
    second = await shown(board, instead_of=first)
    assert second != first
    await shown(board, instead_of=second)
    late = await crowd.phone(first)
    await expect(late.find(".notice.refused")).to_contain_text("Kode QR sudah berganti")
    number = await late.take_number("A")
    await expect(late.head).to_have_text("Konfirmasi dulu bahwa Anda sudah datang")
    await late.page.goto(await shown(board, instead_of=second))
    await expect(late.find(".notice.done")).to_contain_text("Kehadiran Anda sudah dikonfirmasi")
    assert await late.number() == number


@pytest.mark.parametrize("place", ["kiosk", "guard"])
async def test_kiosk_and_guard_show_codes_that_change_too(crowd: Crowd, place: str) -> None:
    screen: Screen = await (crowd.kiosk() if place == "kiosk" else crowd.guard())
    if place == "guard":
        await screen.find("#join summary").click()
        await screen.find("#hall-code svg").scroll_into_view_if_needed()
    first = await shown(screen)
    second = await shown(screen, instead_of=first)
    phone = await crowd.phone(second)
    await expect(phone.find("#until")).to_be_visible()


async def test_a_board_that_is_cut_off_shows_no_code_until_it_is_back(crowd: Crowd) -> None:
    line = Line()
    board = await crowd.board(line=line)
    await shown(board)
    await line.cut()
    await expect(board.find("#no-join")).to_contain_text(
        "Kode QR muncul lagi sebentar lagi", timeout=PATIENT_MS
    )
    assert await board.codes() == []
    line.mend()
    await expect(board.find("#join")).to_be_visible(timeout=PATIENT_MS)
    assert await shown(board)


async def test_a_guards_screen_that_is_cut_off_hides_its_code(crowd: Crowd) -> None:
    line = Line()
    guard = await crowd.guard(line=line)
    await guard.find("#join summary").click()
    await expect(guard.find("#hall-code svg")).to_be_visible()
    await line.cut()
    await expect(guard.find("[data-hall-cut]")).to_be_visible(timeout=PATIENT_MS)
    await expect(guard.find("#hall-code svg")).to_be_hidden()
