"""The ticket machine: two touches to a number, and ready for whoever comes next."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Route, expect

from tests.e2e.house import BRANCH, House
from tests.e2e.people import PATIENT_MS, Crowd, Line, Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


async def test_two_touches_to_a_number_and_back_to_the_start(house: House, crowd: Crowd) -> None:
    kiosk = await crowd.kiosk()
    await expect(kiosk.find("h1")).to_have_text("Layanan apa yang Anda perlukan?")
    await kiosk.page.get_by_text("Informasi").tap()
    await kiosk.button("Ambil nomor").tap()
    shown = kiosk.find(".given .ticket-number")
    number = await shown.get_attribute("data-number")
    assert number is not None
    assert number.startswith("E-")
    line = [each["number"] for each in await house.tickets(group="line")]
    assert number in line, "who stands at the machine is there"
    (code,) = await kiosk.codes()
    phone = await crowd.phone(code)
    await phone.page.wait_for_url("**/ticket")
    assert await phone.number() == number
    await kiosk.page.get_by_role("link", name="Selesai").tap()
    await expect(kiosk.find("h1")).to_have_text("Layanan apa yang Anda perlukan?")
    await expect(kiosk.find(".asked")).to_contain_text("1 orang menunggu")


async def test_it_goes_back_by_itself_and_into_indonesian(crowd: Crowd) -> None:
    kiosk = await crowd.kiosk()
    await kiosk.page.clock.install()
    await kiosk.page.get_by_role("link", name="English").tap()
    await kiosk.page.get_by_text("Information").tap()
    await kiosk.button("Take a number").tap()
    await expect(kiosk.find(".given")).to_be_visible()
    await kiosk.page.clock.run_for(60_000)
    await expect(kiosk.find("h1")).to_have_text("Layanan apa yang Anda perlukan?")


async def test_a_wish_for_priority_reaches_the_guard(crowd: Crowd) -> None:
    guard, kiosk = await crowd.guard(), await crowd.kiosk()
    await kiosk.page.get_by_text("Jaminan Pensiun").tap()
    await kiosk.page.get_by_text("Saya perlu didahulukan").tap()
    await kiosk.button("Ambil nomor dengan prioritas").tap()
    await expect(kiosk.find(".given")).to_contain_text("Temui satpam")
    number = await kiosk.find(".given .ticket-number").get_attribute("data-number")
    await expect(guard.press("prioritise", str(number))).to_be_visible()


async def test_without_a_line_it_sends_people_to_the_guard(crowd: Crowd) -> None:
    line = Line()
    kiosk = await crowd.kiosk(line=line)
    await kiosk.page.route("**/kiosk/**", lambda route: route.abort())
    await line.cut()
    await expect(kiosk.find("#offline")).to_be_visible(timeout=PATIENT_MS)
    said = await kiosk.find("#offline").inner_text()
    assert re.search(r"Terputus sejak pukul [0-2][0-9]\.[0-5][0-9]\.", said)
    assert "Silakan minta nomor kepada satpam" in said
    assert "Please ask the guard for a number" in said
    await kiosk.page.unroute("**/kiosk/**")
    line.mend()
    await expect(kiosk.find("#offline")).to_be_hidden(timeout=PATIENT_MS)
    await expect(kiosk.find("h1")).to_have_text("Layanan apa yang Anda perlukan?")


async def test_closed_it_says_when_and_opens_by_itself(house: House, crowd: Crowd) -> None:
    kiosk = await crowd.kiosk()
    await house.do("supervisor", "/day/close-intake")
    await expect(kiosk.find("h1")).to_contain_text("nomor")
    await expect(kiosk.find(".tile")).to_have_count(0)
    await house.do("supervisor", "/day/open-intake")
    await expect(kiosk.find("h1")).to_have_text("Layanan apa yang Anda perlukan?")


async def press_keys(kiosk: Screen, digits: str) -> None:
    for digit in digits:
        await kiosk.find(f'.keypad [data-digit="{digit}"]').click()


async def test_a_second_tap_presses_nothing_on_the_page_that_came(crowd: Crowd) -> None:
    kiosk = await crowd.kiosk()
    for letter in "ABCDE":
        await kiosk.page.goto(kiosk.page.url)
        box = await kiosk.find(f'a.tile[href*="service={letter}"]').bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        await kiosk.page.touchscreen.tap(x, y)
        await expect(kiosk.find("[data-step=confirm]")).to_be_visible()
        await kiosk.page.touchscreen.tap(x, y)
        await expect(kiosk.find("body.is-settling")).to_have_count(0)
        await expect(kiosk.find("[data-step=confirm]")).to_be_visible()


async def test_an_answer_that_got_lost_is_asked_for_again(house: House, crowd: Crowd) -> None:
    kiosk = await crowd.kiosk()
    before = [each["number"] for each in await house.tickets(group="line")]
    lost: list[str] = []

    async def cut(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            await route.fetch()
            await route.abort("connectionreset")
        else:
            await route.continue_()

    await kiosk.page.route("**/kiosk/*/ticket*", cut)
    for _ in range(2):
        await kiosk.page.goto(kiosk.page.url)
        await kiosk.find("a.tile").first.tap()
        await kiosk.button("Ambil nomor").tap()
        await expect(kiosk.find("#offline:not([hidden]), .given").first).to_be_visible()
    await expect(kiosk.find(".given")).to_be_visible()
    after = [each["number"] for each in await house.tickets(group="line")]
    assert len(after) == len(before) + 1


async def test_the_keys_write_a_number_of_four_digits_whole(crowd: Crowd) -> None:
    kiosk = await crowd.kiosk()
    await kiosk.page.goto(kiosk.page.url.split("?")[0] + "/here")
    for typed, number, check in (("1000", "1000", ""), ("10005678", "1000", "5678")):
        await kiosk.page.reload()
        await press_keys(kiosk, typed)
        assert await kiosk.find("[name=digits]").input_value() == number
        assert await kiosk.find("[name=check]").input_value() == check
    await kiosk.page.reload()
    await press_keys(kiosk, "0121234")
    assert await kiosk.find("[name=digits]").input_value() == "012"
    assert await kiosk.find("[name=check]").input_value() == "1234"


LEAST_PX = 16
MACHINES = ((1366, 768), (1920, 1080), (768, 1024), (1080, 1920))
LONG_NAME = "Jaminan Kehilangan Pekerjaan dan Pengembalian Iuran bagi Peserta Perseorangan"
CUT_OFF = """() => {
    const seen = (each) => each.offsetParent !== null && each.textContent.trim() !== "";
    const inside = (box) => box.top >= 0 && box.left >= 0
        && box.bottom <= innerHeight && box.right <= innerWidth;
    const all = document.querySelectorAll(
        `.kiosk-head > *, h1, .lead, .tile, .tile span, .phone-code, .button, .kiosk-notice,
        .given .ticket-number, .given-code, .bar`);
    return [...all].filter((each) => seen(each) && !inside(each.getBoundingClientRect()))
        .map((each) => each.textContent.trim());
}"""


async def test_all_of_it_stands_on_the_machine_at_once_under_the_longest_notice(
    house: House, crowd: Crowd
) -> None:
    await house.do("supervisor", "/notice", text=("Sistem pusat sedang lambat. " * 10)[:280])
    kiosk = await crowd.kiosk(color_scheme="dark")
    ground = "getComputedStyle(document.documentElement).colorScheme"
    for wide, high in MACHINES:
        await kiosk.page.set_viewport_size({"width": wide, "height": high})
        for step in ("", "?service=A", "?service=A&priority=1", "/here"):
            await kiosk.page.goto(f"/kiosk/{BRANCH}{step}")
            await expect(kiosk.find(".kiosk-notice")).to_be_visible()
            await kiosk.page.evaluate("document.fonts.ready")
            assert await kiosk.page.evaluate(CUT_OFF) == [], (wide, high, step)
            assert await kiosk.page.evaluate(ground) == "light"
    await kiosk.page.goto(f"/kiosk/{BRANCH}?service=A&priority=1")
    await kiosk.button("Ambil nomor dengan prioritas").tap()
    await expect(kiosk.find(".given")).to_be_visible()
    for wide, high in MACHINES:
        await kiosk.page.set_viewport_size({"width": wide, "height": high})
        await kiosk.page.wait_for_function(f"innerWidth === {wide}")
        assert await kiosk.page.evaluate(CUT_OFF) == [], (wide, high, "the number")


async def test_long_names_are_whole_and_facts_are_read(house: House, crowd: Crowd) -> None:
    kiosk = await crowd.kiosk()
    rename = "(all, name) => { for (const each of all) each.textContent = name; }"
    for wide, high in MACHINES:
        await kiosk.page.set_viewport_size({"width": wide, "height": high})
        await kiosk.page.goto(f"/kiosk/{BRANCH}")
        await kiosk.page.eval_on_selector_all(".tile .name", rename, LONG_NAME)
        await kiosk.page.evaluate("dispatchEvent(new Event('resize'))")
        assert await kiosk.page.evaluate(CUT_OFF) == [], (wide, high)
        sizes = await kiosk.page.eval_on_selector_all(
            ".tile .fact", "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
        )
        assert min(sizes) >= LEAST_PX
