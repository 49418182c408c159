"""A ticket's whole life, with phone, desk and board open at once."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from tests.e2e.house import House
from tests.e2e.people import SOON_MS, Crowd

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

# As the hall hears A-001 at desk 1: "Nomor antrean A nol nol satu, silakan menuju loket satu."
SPOKEN = "chime nomor-antrean a 0 0 1 silakan-menuju loket 1".split()


async def test_from_the_code_on_the_wall_to_the_stars_on_the_phone(
    house: House, crowd: Crowd
) -> None:
    board = await crowd.board()
    await expect(board.find("#join")).to_be_visible()
    (join,) = await board.codes()

    phone = await crowd.phone(join)
    number = await phone.take_number("A")
    assert number == "A-001"
    assert "?" not in phone.page.url, "what the code carried does not stay in the address"
    await expect(phone.head).to_have_text("Belum ada orang di depan Anda")
    await expect(phone.find("[data-slot=wait]")).to_contain_text("Belum ada loket yang buka")
    await expect(board.find("#waiting li:has-text('A')")).to_contain_text("1")

    desk = await crowd.staff("officer1", "/sign-in", home="/desk")
    await desk.page.get_by_role("link", name="Pakai loket ini Loket 1").click()
    await desk.open_counter()
    await expect(phone.find("[data-slot=wait]")).to_contain_text("menit lagi")
    await expect(desk.find("#row-A-001")).to_be_visible()

    await desk.press("call-next").click()
    await asyncio.gather(
        expect(phone.counter).to_have_text("Loket 1", timeout=SOON_MS),
        board.shows(number, "Loket 1"),
        expect(desk.seat(number)).to_contain_text("Dipanggil", timeout=SOON_MS),
    )
    await expect(phone.head).to_have_text("Silakan menuju")
    await expect(phone.page).to_have_title("A-001 → Loket 1")
    await board.said(number, SPOKEN)

    await phone.press("coming")
    await expect(desk.seat(number)).to_contain_text("Sedang menuju")

    await desk.press("start").click()
    await expect(phone.head).to_have_text("Anda sedang dilayani di Loket 1")
    await desk.press("finish").click()
    await expect(phone.head).to_have_text("Terima kasih")
    await expect(desk.find(".seat.is-empty")).to_be_visible()

    await phone.find("label[for=stars-4]").click()
    await phone.page.get_by_label("Pesan untuk kami").fill("Cepat dan ramah.")
    await phone.button("Kirim penilaian").click()
    await expect(phone.find("[data-slot=rated]")).to_contain_text("4 dari 5")
    assert await house.state_of(number) == "finished"
    await expect(phone.page.get_by_role("link", name="Ambil nomor baru")).to_be_visible()


async def test_a_missed_call_is_not_the_end(house: House, crowd: Crowd) -> None:
    phone = await crowd.phone_in_hall()
    number = await phone.take_number("B")
    desk = await crowd.desk("2")
    await desk.press("call-next").click()
    await expect(phone.counter).to_have_text("Loket 2")
    await desk.find(f"#skip-{number} summary").click()
    await desk.find(f"#skip-{number}").get_by_text(f"Ya, lewati {number}").click()
    await expect(phone.head).to_have_text("Anda belum datang saat dipanggil")
    await phone.press("rejoin")
    await expect(phone.head).to_have_text("Anda berikutnya")
    await expect(desk.find(f"#row-{number}")).to_be_visible()


async def test_whoever_needs_time_lets_others_go_first(house: House, crowd: Crowd) -> None:
    phone = await crowd.phone_in_hall()
    number = await phone.take_number("A")
    after = [await house.issue("A") for _ in range(2)]
    await house.open_counter("1")
    await phone.press("defer", sure=True)
    await expect(phone.head).to_have_text("Bersiaplah, giliran Anda sebentar lagi")
    line = await house.tickets(group="line")
    assert [ticket["number"] for ticket in line] == [*after, number]


async def test_whoever_gives_up_frees_the_place(house: House, crowd: Crowd) -> None:
    phone = await crowd.phone_in_hall()
    number = await phone.take_number("C")
    await phone.press("cancel", sure=True)
    await expect(phone.head).to_have_text("Nomor ini sudah dibatalkan")
    assert await house.state_of(number) == "cancelled"


async def test_the_same_phone_keeps_its_one_number(crowd: Crowd) -> None:
    phone = await crowd.phone_in_hall()
    number = await phone.take_number("A")
    await phone.page.goto("/b/bontang")
    await phone.page.wait_for_url("**/ticket")
    assert await phone.number() == number
