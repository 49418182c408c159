"""The door: numbers for people without a phone, and what only a person there can see."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.house import House
from tests.e2e.people import SOON_MS, Crowd

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


async def test_a_slip_whose_code_opens_the_same_number_on_a_phone(crowd: Crowd) -> None:
    guard = await crowd.guard()
    await guard.page.get_by_role("button", name="Jaminan Pensiun").click()
    await guard.page.wait_for_url("**/slip/*")
    number = await guard.find(".slip .ticket-number").get_attribute("data-number")
    assert number is not None
    assert number.startswith("C-")
    await guard.find(".slip svg").scroll_into_view_if_needed()
    (code,) = await guard.codes()
    phone = await crowd.phone(code)
    await phone.page.wait_for_url("**/ticket")
    assert await phone.number() == number
    await expect(phone.head).to_have_text("Belum ada orang di depan Anda")
    await guard.page.get_by_role("link", name="Beri nomor lagi").click()
    await expect(guard.find("#issue")).to_be_visible()


async def test_who_came_without_the_code_is_seen_at_the_door(house: House, crowd: Crowd) -> None:
    await house.open_counter("1")
    phone = await crowd.phone()
    await expect(phone.find(".unproven")).to_contain_text("belum memindai kode QR")
    number = await phone.take_number("A")
    await expect(phone.head).to_have_text("Konfirmasi dulu bahwa Anda sudah datang")
    refused = await house.ask("officer1", "/counters/1/call-next", {})
    assert refused.json()["code"] == "nobody_waiting"
    guard = await crowd.guard()
    await guard.press("confirm-presence", number).click()
    await expect(phone.head).to_have_text("Anda berikutnya")
    await expect(guard.find("#flash")).to_contain_text(f"{number} sudah hadir")
    assert await house.call_next("1") == number


async def test_a_wish_for_priority_is_granted_by_a_person(house: House, crowd: Crowd) -> None:
    await house.open_counter("1")
    await house.issue("A")
    phone = await crowd.phone_in_hall()
    await phone.page.check("input[name=priority]")
    number = await phone.take_number("A")
    await expect(phone.find("[data-slot=wish]")).to_contain_text("Satpam akan menyetujuinya")
    guard = await crowd.guard()
    await guard.press("prioritise", number).click()
    await expect(phone.find("[data-slot=priority]")).to_have_text("Prioritas")
    await expect(phone.head).to_have_text("Anda berikutnya")
    assert await house.call_next("1") == number


async def test_who_missed_the_call_comes_back_by_the_door(house: House, crowd: Crowd) -> None:
    number = await house.issue("B")
    await house.open_counter("1")
    await house.call_next("1")
    await house.do("officer1", f"/tickets/{number}/skip", confirm=True)
    guard = await crowd.guard()
    await guard.press("rejoin", number).click()
    await expect(guard.find("#flash")).to_contain_text(f"{number} masuk antrean lagi")
    assert await house.state_of(number) == "waiting"


async def test_a_number_is_found_by_its_digits(house: House, crowd: Crowd) -> None:
    number = await house.issue("E")
    guard = await crowd.guard()
    await guard.page.get_by_role("searchbox").fill(number.split("-")[1].lstrip("0"))
    await guard.button("Cari").click()
    found = guard.find(f"#found-{number}")
    await expect(found).to_contain_text("Informasi")
    await found.get_by_text("Batalkan nomor").click()
    await found.get_by_text(f"Ya, batalkan {number}").click()
    await expect(found).to_contain_text("Dibatalkan")
    await guard.page.get_by_role("searchbox").fill("Z-999")
    await guard.page.keyboard.press("Enter")
    await expect(guard.find("#found")).to_contain_text("Nomor Z-999 tidak ada hari ini")


async def test_a_notice_is_on_every_phone_and_on_the_wall(crowd: Crowd) -> None:
    phone = await crowd.phone_in_hall()
    await phone.take_number("A")
    board, guard = await crowd.silent_board(), await crowd.guard()
    text = "Layanan JHT tutup pukul 15.00 hari ini."
    await guard.find("#notice-card textarea").fill(text)
    await guard.button("Tampilkan").click()
    await expect(phone.find("[data-slot=notice]")).to_have_text(text, timeout=SOON_MS)
    await expect(board.find("#notice-text")).to_have_text(text, timeout=SOON_MS)
    await guard.button("Hapus pengumuman").click()
    await expect(phone.find("[data-slot=notice]")).to_be_hidden()
    await expect(board.find("#notice")).to_be_hidden()


async def test_the_guards_tablet_shows_the_code_for_the_hall(crowd: Crowd) -> None:
    guard = await crowd.guard()
    await guard.find("#join summary").click()
    await guard.find("#join svg").scroll_into_view_if_needed()
    (code,) = await guard.codes()
    phone = await crowd.phone(code)
    await expect(phone.find(".unproven")).to_have_count(0)
    await phone.take_number("D")
    await expect(phone.head).to_have_text("Belum ada orang di depan Anda")
