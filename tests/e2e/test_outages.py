"""Lines that break and a server that dies: every page says so, and comes back by itself."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.e2e.house import House
from tests.e2e.people import PATIENT_MS, Crowd, Line, Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

BACK_MS = 40_000
"""A page that was away waits up to 30 s before it tries again, at random."""
STALE = re.compile(r"Sambungan terputus\. Yang tampak ini keadaan pukul \d\d\.\d\d;")
WAKE = "window.dispatchEvent(new Event('online'))"


async def has_one_line(screen: Screen) -> None:
    """Whatever happened: one open connection."""
    async with asyncio.timeout(PATIENT_MS / 1000):
        while screen.open_sockets() != 1:
            await screen.page.wait_for_timeout(50)


async def test_a_phone_in_a_gap_says_since_when_and_comes_back(house: House, crowd: Crowd) -> None:
    line = Line()
    phone = await crowd.phone_in_hall(line=line)
    number = await phone.take_number("A")
    await expect(phone.find("#stale")).to_be_hidden()

    await line.cut()
    await expect(phone.find("#stale")).to_have_text(STALE, timeout=PATIENT_MS)
    assert await phone.number() == number, "what is known stays"
    await house.open_counter("1")
    assert await house.call_next("1") == number
    await expect(phone.counter).to_be_hidden()

    line.mend()
    await expect(phone.counter).to_have_text("Loket 1", timeout=BACK_MS)
    await expect(phone.find("#stale")).to_be_hidden()
    await has_one_line(phone)


async def test_a_line_that_breaks_often_stays_one_line(crowd: Crowd) -> None:
    line = Line()
    phone = await crowd.phone_in_hall(line=line)
    await phone.take_number("A")
    for _ in range(4):
        async with phone.page.expect_websocket(timeout=BACK_MS):
            await line.cut()
            line.mend()
            # A phone that wakes up and a timer that fires: two reasons to connect at once.
            await phone.page.evaluate(f"{WAKE}, {WAKE}")
    await has_one_line(phone)


async def test_killed_and_started_again_every_page_goes_on(house: House, crowd: Crowd) -> None:
    phone = await crowd.phone_in_hall()
    number = await phone.take_number("A")
    waiting = await house.issue("A")
    desk = await crowd.desk("1")
    board = await crowd.silent_board()
    guard = await crowd.guard()
    kiosk = await crowd.kiosk()
    await desk.press("call-next").click()
    await expect(phone.counter).to_have_text("Loket 1")
    screens: list[Screen] = [phone, desk, board, guard, kiosk]
    for screen in screens:
        await screen.page.evaluate("window.sameAsBefore = true")

    house.kill()
    await expect(phone.find("#stale")).to_have_text(STALE, timeout=PATIENT_MS)
    await expect(board.find("#cut")).to_contain_text("Terputus sejak", timeout=PATIENT_MS)
    await house.start()

    banners = [phone.find("#stale"), desk.find("#stale"), guard.find("#stale"), board.find("#cut")]
    for banner in (*banners, kiosk.find("#offline")):
        await expect(banner).to_be_hidden(timeout=BACK_MS)
    await expect(phone.counter).to_have_text("Loket 1")
    await expect(desk.seat(number)).to_contain_text("Dipanggil")
    await board.shows(number, "Loket 1")
    assert board.calls == [number], "not a second time"

    # And it is life, not a picture: the desk works on without being loaded again.
    await desk.press("start").click()
    await expect(phone.head).to_have_text("Anda sedang dilayani di Loket 1")
    await desk.press("finish").click()
    await expect(phone.head).to_have_text("Terima kasih")
    await desk.press("call-next").click()
    await board.shows(waiting, "Loket 1")
    await expect(guard.find("#counter-1")).to_contain_text(waiting)
    for screen in screens:
        assert await screen.page.evaluate("window.sameAsBefore"), screen.page.url
        await has_one_line(screen)


async def test_a_press_without_a_line_says_so_and_counts_once(house: House, crowd: Crowd) -> None:
    for _ in range(2):
        await house.issue("A")
    desk = await crowd.desk("1")
    await desk.page.context.set_offline(True)
    await desk.press("call-next").click()
    await expect(desk.find("#call .not-sent")).to_contain_text("Belum terkirim", timeout=PATIENT_MS)
    await desk.page.context.set_offline(False)
    await desk.press("call-next").click()
    await expect(desk.find(".seat.is-called")).to_have_count(1)
    assert len(await house.tickets(group="open")) == 1


async def test_a_phone_whose_script_did_not_arrive_says_so_and_still_shows_the_call(
    house: House, crowd: Crowd
) -> None:
    phone = await crowd.phone_in_hall()
    number = await phone.take_number("A")
    await phone.page.route("**/time.js", lambda route: route.abort("connectionreset"))
    await phone.page.reload()
    await expect(phone.find("#stale")).to_contain_text("mungkin sudah berubah")
    await house.open_counter("1")
    while await house.call_next("1") != number:
        pass
    await expect(phone.counter).to_have_text("Loket 1", timeout=BACK_MS)


async def test_every_number_of_a_familys_phone_is_heard(house: House, crowd: Crowd) -> None:
    phone = await crowd.phone_in_hall()
    await phone.take_number("A")
    second = await house.do("guard", "/tickets", service="B")
    await phone.page.goto(second["link"])
    await phone.page.locator("main form button").click()
    await phone.page.wait_for_url("**/ticket")
    first = phone.find("a[data-other]")
    await expect(first).to_have_count(1)
    number = await first.locator("[data-number]").get_attribute("data-number")
    await house.open_counter("1")
    while await house.call_next("1") != number:
        pass
    await expect(first).to_contain_text("Loket 1", timeout=PATIENT_MS)
    await expect(phone.find("#announce")).to_contain_text(f"{number}", timeout=PATIENT_MS)


async def test_a_network_that_lets_no_socket_through_still_brings_the_call(
    house: House, crowd: Crowd
) -> None:
    phone = await crowd.phone_in_hall()
    number = await phone.take_number("A")
    await phone.page.route_web_socket("**/ws/**", lambda line: line.close())
    await phone.page.reload()
    await house.open_counter("1")
    while await house.call_next("1") != number:
        pass
    await expect(phone.counter).to_have_text("Loket 1", timeout=BACK_MS)
    await expect(phone.find("#stale")).to_be_hidden()
