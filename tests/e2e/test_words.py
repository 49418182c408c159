"""Languages, and words that want to be programs."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.house import House
from tests.e2e.people import Crowd, Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

EVIL = "</script><script>window.ran=1</script><img src=x onerror='window.ran=1'><b id=evil>x</b>"


async def test_indonesian_first_and_english_by_a_click_remembered(crowd: Crowd) -> None:
    phone = await crowd.phone_in_hall()
    await expect(phone.find("html")).to_have_attribute("lang", "id")
    await phone.page.get_by_title("English").click()
    await expect(phone.find("h1")).to_have_text("Which service do you need?")
    await phone.page.check("input[name=service][value=A]")
    await phone.find("#join button[type=submit]").click()
    await expect(phone.head).to_have_text("Nobody is ahead of you")
    await phone.page.goto("/")
    await expect(phone.find("html")).to_have_attribute("lang", "en")
    await phone.page.go_back()
    await phone.page.get_by_title("Bahasa Indonesia").click()
    await expect(phone.head).to_have_text("Belum ada orang di depan Anda")


async def test_each_screen_keeps_its_own_language(house: House, crowd: Crowd) -> None:
    desk, guard = await crowd.desk("1"), await crowd.guard()
    await desk.page.get_by_title("English").click()
    await expect(desk.find("html")).to_have_attribute("lang", "en")
    await house.issue("A")
    await expect(desk.find("#call")).to_contain_text("Call next")
    await expect(guard.find("#issue")).to_contain_text("Beri nomor")


async def unharmed(*screens: Screen) -> None:
    for screen in screens:
        assert await screen.page.evaluate("window.ran") is None, screen.page.url
        await expect(screen.find("#evil")).to_have_count(0)


async def test_hostile_words_are_shown_as_words(house: House, crowd: Crowd) -> None:
    phone = await crowd.phone_in_hall()
    number = await phone.take_number("A")
    board, guard, kiosk = await crowd.silent_board(), await crowd.guard(), await crowd.kiosk()
    desk = await crowd.desk("1")
    await guard.find("#notice-card textarea").fill(EVIL)
    await guard.button("Tampilkan").click()
    await expect(board.find("#notice-text")).to_have_text(EVIL)
    await expect(phone.find("[data-slot=notice]")).to_have_text(EVIL)
    await expect(guard.find("#notice-card")).to_contain_text(EVIL)
    await expect(desk.find("#notice")).to_contain_text(EVIL)
    await kiosk.page.reload()
    await expect(kiosk.find(".kiosk-notice")).to_contain_text(EVIL)

    await desk.find(f"#row-{number} .row-more").click()
    await desk.find("input[name=note]").fill(EVIL)
    await desk.find(f"#row-{number}").get_by_text(f"Panggil {number} sekarang").click()
    await desk.press("finish").click()
    await phone.find("label[for=stars-1]").click()
    await phone.page.get_by_label("Pesan untuk kami").fill(EVIL)
    await phone.button("Kirim penilaian").click()
    await expect(phone.find("[data-slot=rated]")).to_contain_text("1 dari 5")
    await guard.page.get_by_role("searchbox").fill("<b id=evil")
    await guard.page.keyboard.press("Enter")
    await expect(guard.find("#found")).to_contain_text("<b id=evil")

    stranger = await crowd.phone("/b/bontang?service=%3Cscript%3E")
    lost = await crowd.phone("/t/%3Cscript%3Ewindow.ran=1%3C%2Fscript%3E")
    supervisor = await crowd.staff("supervisor", "/supervisor/bontang")
    await unharmed(phone, board, guard, kiosk, desk, stranger, lost, supervisor)
