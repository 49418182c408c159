"""The officer's desk, as it is used all day: keys, second thoughts, and impatient fingers."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from tests.e2e.house import House
from tests.e2e.people import DESK, PATIENT_MS, Crowd, Line

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


async def test_a_morning_by_the_keyboard_alone(house: House, crowd: Crowd) -> None:
    first, second = [await house.issue("A") for _ in range(2)]
    desk = await crowd.staff("officer1", "/desk/bontang/1")
    keys = desk.page.keyboard
    await keys.press("o")
    await expect(desk.find(".counter-state.is-open")).to_be_visible()
    await keys.press("n")
    await expect(desk.seat(first)).to_contain_text("Dipanggil 1×")
    await keys.press("s")
    await expect(desk.seat(first)).to_contain_text("Dilayani")
    await keys.press("f")
    await expect(desk.find(".seat.is-empty")).to_be_visible()
    await keys.press("n")
    await expect(desk.seat(second)).to_be_visible()
    await keys.press("p")
    await expect(desk.find("#parked")).to_contain_text("-002")
    await keys.press("u")
    await expect(desk.seat(second)).to_be_visible()
    await keys.press("k")  # too early: asked first, with the focus on the answer
    await expect(desk.find(f"#skip-{second}")).to_have_attribute("open", "")
    await keys.press("Escape")
    await expect(desk.find(f"#skip-{second}")).not_to_have_attribute("open", "")
    await keys.press("t")
    await expect(desk.find(f"#transfer-{second} select[name=to]")).to_be_focused()
    await keys.type("Layanan")
    await keys.press("Escape")
    await keys.press("j")
    await expect(desk.button("Istirahat")).to_be_focused()
    await keys.press("Enter")
    await expect(desk.find(".counter-state.is-paused")).to_be_visible()
    await keys.press("j")
    await expect(desk.find(".counter-state.is-open")).to_be_visible()


async def test_typing_a_note_presses_no_button(house: House, crowd: Crowd) -> None:
    _, second = [await house.issue("A") for _ in range(2)]
    desk = await crowd.desk("1")
    await desk.find(f"#row-{second} .row-more").click()
    note = desk.find("input[name=note]")
    await note.fill("")
    await note.press_sequentially("nyonya sofyan")
    assert await house.state_of(second) == "waiting"
    await desk.find(f"#row-{second}").get_by_text(f"Panggil {second} sekarang").click()
    await expect(desk.seat(second)).to_contain_text("Dipanggil")


async def test_parked_and_called_back(house: House, crowd: Crowd) -> None:
    number = await house.issue("A")
    desk = await crowd.desk("1")
    await desk.press("call-next").click()
    await desk.press("park", number).click()
    await expect(desk.find(f"#parked #row-{number}")).to_be_visible()
    await expect(desk.find(".seat.is-empty")).to_be_visible()
    await desk.press("unpark", number).click()
    await expect(desk.seat(number)).to_contain_text("Dipanggil")
    await expect(desk.find("#parked")).to_have_count(0)


async def test_handed_on_to_another_desk(house: House, crowd: Crowd) -> None:
    number = await house.issue("A")
    mine, other = await crowd.desk("1"), await crowd.desk("2")
    await mine.press("call-next").click()
    await mine.find(f"#transfer-{number} summary").click()
    card = mine.find(f"#transfer-{number}")
    await card.locator("select[name=to]").select_option("counter:2")
    await card.get_by_text("Alihkan sekarang").click()
    await expect(mine.find(".seat.is-empty")).to_be_visible()
    await expect(other.find(f"#row-{number}")).to_contain_text("Khusus Loket 2")
    await expect(other.find("#call .call-why")).to_contain_text("Dialihkan khusus ke sini")
    await other.press("call-next").click()
    await expect(other.seat(number)).to_be_visible()


async def test_taken_back_within_half_a_minute(house: House, crowd: Crowd) -> None:
    number = await house.issue("A")
    desk = await crowd.desk("1")
    await desk.press("call-next").click()
    await desk.press("finish").click()
    await expect(desk.find("#undo")).to_contain_text(f"{number} selesai")
    await desk.press("undo").click()
    await expect(desk.seat(number)).to_contain_text("Dipanggil")
    assert await house.state_of(number) == "called"


async def test_paused_nothing_comes_and_resumed_it_does(house: House, crowd: Crowd) -> None:
    await house.issue("A")
    desk = await crowd.desk("1")
    await desk.find("#pop-pause summary").click()
    await desk.button("Istirahat").click()
    await expect(desk.find("#call")).to_contain_text("Jeda: Istirahat")
    refused = await house.ask("officer1", "/counters/1/call-next", {})
    assert refused.json()["code"] == "counter_not_open"
    await desk.press("resume").click()
    await desk.press("call-next").click()
    await expect(desk.find(".seat.is-called")).to_be_visible()


async def test_closed_with_somebody_there_they_keep_their_place(house: House, crowd: Crowd) -> None:
    first, second = [await house.issue("A") for _ in range(2)]
    desk = await crowd.desk("1")
    await desk.press("call-next").click()
    await desk.find("#pop-close summary").click()
    await expect(desk.find("#pop-close")).to_contain_text(f"{first} masih terbuka di sini")
    await desk.button("Kembalikan nomornya dan tutup").click()
    await expect(desk.find(".counter-state.is-closed")).to_be_visible()
    line = await house.tickets(group="line")
    assert [ticket["number"] for ticket in line] == [first, second]


async def test_an_impatient_finger_calls_one_person(house: House, crowd: Crowd) -> None:
    for _ in range(3):
        await house.issue("A")
    booth = await crowd.desk("9")  # four seats: a second call would not be refused
    await booth.press("call-next").dblclick()
    await expect(booth.find(".seat.is-called")).to_have_count(1)
    await booth.page.keyboard.press("n")
    await expect(booth.find(".seat.is-called")).to_have_count(2)
    assert len(await house.tickets(group="open")) == 2


async def test_two_desks_at_once_get_different_people(house: House, crowd: Crowd) -> None:
    first, second = [await house.issue("A") for _ in range(2)]
    desks = [await crowd.desk("1"), await crowd.desk("2")]
    await asyncio.gather(*(desk.press("call-next").click() for desk in desks))
    seats = [desk.find(".seat.is-called .ticket-number").first for desk in desks]
    called = [await seat.get_attribute("data-number") for seat in seats]
    assert sorted(each or "" for each in called) == [first, second]


async def test_a_desk_that_is_held_is_only_looked_at(house: House, crowd: Crowd) -> None:
    await house.open_counter("1")
    await house.issue("A")
    other = await crowd.staff("officer2", "/desk/bontang/1")
    await expect(other.find("#call")).to_contain_text("Loket ini sedang dipakai Petugas 1")
    await expect(other.press("call-next")).to_have_count(0)


async def test_a_call_again_too_soon_waits_for_its_moment(house: House, crowd: Crowd) -> None:
    number = await house.issue("A")
    desk = await crowd.desk("1")
    await desk.press("call-next").click()
    recall = desk.press("recall", number)
    await expect(recall).to_be_disabled()
    await expect(recall.locator(".count-down")).to_have_text("1", timeout=25_000)
    await expect(recall).to_be_enabled()
    await desk.page.keyboard.press("r")
    await expect(desk.seat(number)).to_contain_text("Dipanggil 2×")


async def test_a_number_brought_to_the_desk_is_found_and_stays_while_things_happen(
    house: House, crowd: Crowd
) -> None:
    first, second = [await house.issue("A") for _ in range(2)]
    desk = await crowd.desk("1")
    field = desk.page.get_by_role("searchbox")
    await field.fill(second)
    await field.press("Enter")
    found = desk.find(f"#found #found-{second}")
    await found.locator(".row-more").click()
    await expect(found.locator("select[name=reason]")).to_be_visible()
    third = await house.issue("A")
    await expect(desk.find(f"#row-{third}")).to_be_visible()
    await expect(found.locator("select[name=reason]")).to_be_visible()
    await desk.press("call-next").click()
    await expect(desk.seat(first)).to_be_visible()
    await expect(desk.find(f"#found #found-{second}")).to_be_visible()
    await desk.page.get_by_role("link", name="Tutup hasil").click()
    await expect(desk.find("#found")).to_have_count(0)
    await expect(field).to_have_value("")


async def test_the_second_page_of_a_long_line_stays_while_things_happen(
    house: House, crowd: Crowd
) -> None:
    numbers = [await house.issue("A") for _ in range(22)]
    desk = await crowd.desk("1")
    await expect(desk.find("#line .line-row")).to_have_count(12)
    await desk.page.get_by_role("link", name="Tampilkan semua (22)").click()
    await desk.page.get_by_role("link", name="Berikutnya").click()
    await expect(desk.find("#line .line-row")).to_have_count(2)
    await desk.press("call-next").click()
    await expect(desk.seat(numbers[0])).to_be_visible()
    await expect(desk.find("#pager-line")).to_contain_text("21–21 dari 21")
    another = await house.issue("A")
    await expect(desk.find(f"#line #row-{another}")).to_be_visible()
    await desk.page.get_by_role("link", name="Tampilkan sebagian").click()
    await expect(desk.find(f"#line #row-{numbers[1]}")).to_be_visible()


async def test_the_focus_stays_with_what_was_pressed(house: House, crowd: Crowd) -> None:
    first, second = [await house.issue("A") for _ in range(2)]
    desk = await crowd.desk("1")
    keys = desk.page.keyboard
    await keys.press("n")
    await expect(desk.seat(first)).to_be_focused()
    await desk.press("start", first).focus()
    await keys.press("Enter")
    await expect(desk.seat(first)).to_contain_text("Dilayani")
    await expect(desk.seat(first)).to_be_focused()
    await desk.press("finish", first).click()
    await expect(desk.find("#call-button")).to_be_focused()
    await keys.press("Enter")
    await expect(desk.seat(second)).to_be_focused()


async def test_a_sleeping_key_says_why_and_a_question_mark_shows_them_all(
    house: House, crowd: Crowd
) -> None:
    number = await house.issue("A")
    desk = await crowd.desk("1")
    keys = desk.page.keyboard
    await keys.press("n")
    await expect(desk.seat(number)).to_be_visible()
    await keys.press("r")
    await expect(desk.find("#key-said")).to_contain_text("Belum bisa memanggil ulang")
    await keys.press("?")
    await expect(desk.find("#keys")).to_contain_text("Panggil berikutnya")
    await keys.press("Escape")
    await expect(desk.find("#keys .pop-card")).to_be_hidden()


async def test_four_people_at_a_booth_are_all_in_sight(house: House, crowd: Crowd) -> None:
    numbers = [await house.issue("A") for _ in range(4)]
    booth = await crowd.desk("9")
    for number in numbers:
        await booth.press("call-next").click()
        await expect(booth.seat(number)).to_be_visible()
    for number in numbers:
        for button in await booth.seat(number).locator(".button:visible").all():
            box = await button.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= DESK[1], await button.inner_text()
            assert box["height"] >= 44


async def test_a_desk_that_hears_nothing_says_so_on_the_button(house: House, crowd: Crowd) -> None:
    await house.issue("A")
    line = Line()
    desk = await crowd.desk("1", line=line)
    await expect(desk.find(".call-checking")).to_be_hidden()
    await line.cut()
    await expect(desk.find(".call-checking")).to_be_visible(timeout=PATIENT_MS)
