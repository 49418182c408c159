"""Without JavaScript: old phones and broken networks still get a number, an officer still calls."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.house import House
from tests.e2e.people import Crowd

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


async def test_a_plain_phone_and_a_plain_desk_meet(house: House, crowd: Crowd) -> None:
    phone = await crowd.phone_in_hall(java_script_enabled=False)
    number = await phone.take_number("A")
    desk = await crowd.staff("officer1", "/desk/bontang/1", java_script_enabled=False)
    await desk.press("open").click()
    await desk.press("call-next").click()
    await expect(desk.seat(number)).to_contain_text("Dipanggil")
    await phone.page.reload()
    await expect(phone.head).to_have_text("Silakan menuju")
    await expect(phone.counter).to_have_text("Loket 1")
    await desk.press("start").click()
    await desk.press("finish").click()
    await phone.page.reload()
    await phone.page.locator("label[for=stars-5]").click()
    for stars, word in ((5, "Sangat baik"), (4, "Baik")):
        told = phone.find(f"label[for=stars-{stars}]").get_by_text(word, exact=True)
        box = await told.bounding_box()
        assert box is not None
        assert (box["height"] > 10) is (stars == 5), f"the word of {stars}"
    await phone.button("Kirim penilaian").click()
    await expect(phone.find("[data-slot=rated]")).to_contain_text("5 dari 5")


async def test_a_plain_phone_may_defer_and_cancel(crowd: Crowd) -> None:
    phone = await crowd.phone_in_hall(java_script_enabled=False)
    await phone.take_number("A")
    await phone.press("cancel", sure=True)
    await expect(phone.head).to_have_text("Nomor ini sudah dibatalkan")


async def test_a_plain_refusal_says_why_on_the_same_page(house: House, crowd: Crowd) -> None:
    desk = await crowd.staff("officer1", "/desk/bontang/1", java_script_enabled=False)
    await desk.press("open").click()
    await desk.press("call-next").click()
    await expect(desk.find("#refused")).to_be_visible()
    await expect(desk.find("#call-button")).to_be_visible()


async def test_a_plain_guard_gives_a_slip(crowd: Crowd) -> None:
    guard = await crowd.guard(java_script_enabled=False)
    await guard.page.get_by_role("button", name="Jaminan Pensiun").click()
    await expect(guard.find(".slip .ticket-number")).to_be_visible()
    await expect(guard.find(".slip svg")).to_be_visible()


async def test_a_plain_kiosk_gives_a_number(crowd: Crowd) -> None:
    kiosk = await crowd.kiosk(java_script_enabled=False)
    await kiosk.page.get_by_text("Informasi").click()
    await kiosk.button("Ambil nomor").click()
    await expect(kiosk.find(".given .ticket-number")).to_be_visible()


async def test_a_plain_board_shows_the_call(house: House, crowd: Crowd) -> None:
    board = await crowd.kiosk(java_script_enabled=False, page="board")
    number = await house.issue("A")
    await house.open_counter("1")
    await house.call_next("1")
    await expect(board.find("#hero-number")).to_have_attribute(
        "data-number", number, timeout=15_000
    )
    await expect(board.find("#hero-counter")).to_have_text("Loket 1")
