"""Every page in every state, light and dark, asked by axe what keeps it from people with
disabilities: nothing may be found.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
from playwright.async_api import Page, expect

from tests.e2e.house import BRANCH, House
from tests.e2e.people import Crowd, Desk, Phone, Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

AXE: Final = (Path(__file__).parents[1] / "vendor/axe/axe.min.js").read_text(encoding="utf-8")
# Experimental in axe, but asked of us: a voice presses what it reads on a button.
ASK: Final = """async () => {
    const found = await axe.run(document, {
        rules: {"label-content-name-mismatch": {enabled: true}}, resultTypes: ["violations"],
    });
    const where = ({html, failureSummary}) => `${html.slice(0, 90)} ${failureSummary}`;
    return found.violations.map(({id, nodes}) => `${id}: ${nodes.map(where).join(" | ")}`);
}"""
# Colours on their way from one theme to the other are nobody's colours.
SETTLED: Final = """async () => {
    await new Promise(requestAnimationFrame);
    const changing = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(changing.map(({finished}) => finished));
}"""
THEMES: Final[Any] = ("light", "dark")


class Asked:
    """What axe found so far, by page and theme."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}

    async def ask(self, state: str, page: Page) -> None:
        await page.evaluate(AXE)
        for theme in THEMES:
            await page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            await page.evaluate(SETTLED)
            found = await page.evaluate(ASK)
            if found:
                self.found[f"{state}, {theme}"] = found

    async def at(self, screen: Screen, *addresses: str) -> None:
        for address in addresses:
            await screen.page.goto(address)
            await self.ask(address, screen.page)


async def test_before_anybody_is_anybody(house: House, crowd: Crowd) -> None:
    asked = Asked()
    phone = await crowd.phone()
    await asked.ask("join, not scanned", phone.page)
    await asked.at(phone, "/", "/ticket", "/sign-in", f"/privacy/{BRANCH}", "/nothing")
    await asked.at(phone, f"/b/{BRANCH}?lang=en")
    for kind in ("board", "kiosk"):
        await phone.page.goto(f"/{kind}/{BRANCH}")
        await expect(phone.find("#code")).to_be_visible()
        await asked.ask(f"{kind}, not paired", phone.page)
    phone = await crowd.phone_in_hall()
    await asked.ask("join, scanned", phone.page)
    await house.do("supervisor", "/day/close-intake")
    await asked.at(phone, f"/b/{BRANCH}")
    await house.do("supervisor", "/day/open-intake")
    assert asked.found == {}


async def ticket_state(phone: Phone, state: str) -> None:
    await expect(phone.find(f"#main[data-stage={state}]")).to_be_visible()


async def test_a_ticket_from_taken_to_served(house: House, crowd: Crowd) -> None:
    asked = Asked()
    phone = await crowd.phone_in_hall()
    number = await phone.take_number("A")
    await asked.ask("ticket, waiting", phone.page)
    for summary in await phone.find("details.ask:visible > summary").all():
        await summary.click()
    await asked.ask("ticket, questions open", phone.page)
    await house.open_counter("1")
    await ticket_state(phone, "next")
    await asked.ask("ticket, next", phone.page)
    await house.call_next("1")
    await ticket_state(phone, "called")
    await asked.ask("ticket, called", phone.page)
    for verb, state in (("park", "parked"), ("unpark", "called"), ("start", "serving")):
        more = {"counter": "1"} if verb == "unpark" else {}
        await house.do("officer1", f"/tickets/{number}/{verb}", **more)
        await ticket_state(phone, state)
        await asked.ask(f"ticket, {state}", phone.page)
    await house.do("officer1", f"/tickets/{number}/finish")
    await expect(phone.head).to_have_text("Terima kasih")
    await asked.ask("ticket, finished", phone.page)
    assert asked.found == {}


async def test_a_ticket_that_was_missed_and_cancelled(house: House, crowd: Crowd) -> None:
    asked = Asked()
    phone = await crowd.phone_in_hall()
    number = await phone.take_number("A")
    await house.open_counter("1")
    await house.call_next("1")
    await house.do("officer1", f"/tickets/{number}/skip", confirm=True)
    await ticket_state(phone, "missed")
    await asked.ask("ticket, missed", phone.page)
    await house.do("guard", f"/tickets/{number}/rejoin")
    await house.do("guard", f"/tickets/{number}/cancel")
    await ticket_state(phone, "cancelled")
    await asked.ask("ticket, cancelled", phone.page)
    assert asked.found == {}


async def opened(desk: Desk, asked: Asked, *ids: str) -> None:
    """Each card open, one after the other."""
    for id_ in ids:
        await desk.find(f"#{id_} > summary").click()
        await asked.ask(f"desk, {id_}", desk.page)
        await desk.page.keyboard.press("Escape")


async def test_a_desk_through_its_day(house: House, crowd: Crowd) -> None:
    asked = Asked()
    first, second = await house.issue("A"), await house.issue("B")
    desk = await crowd.staff("officer1", f"/desk/{BRANCH}/1")
    await asked.ask("desk, closed", desk.page)
    await desk.open_counter()
    await asked.ask("desk, open", desk.page)
    await desk.find(f"#row-{second} .row-more").click()
    await expect(desk.find(f"#row-{second} .row-actions")).to_be_visible()
    await asked.ask("desk, a row open", desk.page)
    await desk.press("call-next").click()
    await expect(desk.seat(first)).to_be_visible()
    await asked.ask("desk, called", desk.page)
    await opened(
        desk, asked, f"skip-{first}", f"transfer-{first}", "keys", "pop-pause", "pop-close"
    )
    await desk.press("start", first).click()
    await expect(desk.seat(first)).to_contain_text("Dilayani")
    await asked.ask("desk, serving", desk.page)
    await desk.press("park", first).click()
    await expect(desk.find("#parked")).to_be_visible()
    await desk.press("call-next").click()
    await expect(desk.seat(second)).to_be_visible()
    await desk.press("finish", second).click()
    await desk.find("#recent summary").click()
    await asked.ask("desk, parked and finished", desk.page)
    await asked.at(desk, f"/desk/{BRANCH}/1?q=1", "/desk", "/account")
    assert asked.found == {}


async def test_a_booth_and_a_counter_only_looked_at(house: House, crowd: Crowd) -> None:
    asked = Asked()
    for _ in range(3):
        await house.issue("A")
    booth = await crowd.desk("9")
    for seats in (1, 2):
        await booth.press("call-next").click()
        await expect(booth.find(".seat.is-called")).to_have_count(seats)
    await asked.ask("booth", booth.page)
    await house.open_counter("1")
    await asked.at(booth, f"/desk/{BRANCH}/1")
    assert asked.found == {}


async def test_guard_and_supervisor(house: House, crowd: Crowd) -> None:
    asked = Asked()
    phone = await crowd.phone()
    await phone.take_number("A")
    number = await house.issue("A")
    await house.do("supervisor", "/notice", text="Listrik padam sampai pukul sepuluh.")
    guard = await crowd.guard()
    await asked.ask("guard", guard.page)
    await asked.at(guard, f"/guard/{BRANCH}?q={number}", f"/guard/{BRANCH}?q=99")
    await guard.page.goto(f"/guard/{BRANCH}")
    await guard.page.get_by_role("button", name="Jaminan Pensiun").click()
    await expect(guard.find(".slip .ticket-number")).to_be_visible()
    await asked.ask("slip", guard.page)
    supervisor = await crowd.staff("supervisor", f"/supervisor/{BRANCH}")
    await asked.ask("supervisor", supervisor.page)
    await asked.at(supervisor, f"/people/{BRANCH}", f"/devices/{BRANCH}", f"/audit/{BRANCH}")
    await asked.at(supervisor, f"/supervisor/{BRANCH}?lang=en")
    assert asked.found == {}


async def test_board_and_kiosk(house: House, crowd: Crowd) -> None:
    asked = Asked()
    board = await crowd.silent_board()
    await asked.ask("board, nobody", board.page)
    await house.issue("A")
    await house.open_counter("1")
    number = await house.call_next("1")
    await board.shows(number, "Loket 1")
    await asked.ask("board, called", board.page)
    kiosk = await crowd.kiosk()
    await asked.ask("kiosk, choose", kiosk.page)
    await kiosk.find("a.tile").first.click()
    await expect(kiosk.find("[data-step=confirm]")).to_be_visible()
    await asked.ask("kiosk, confirm", kiosk.page)
    await kiosk.page.get_by_text("Saya perlu didahulukan").click()
    await expect(kiosk.find("[data-step=priority]")).to_be_visible()
    await asked.ask("kiosk, priority", kiosk.page)
    await kiosk.find("form.take button.primary").click()
    await expect(kiosk.find("[data-step=ticket]")).to_be_visible()
    await asked.ask("kiosk, ticket", kiosk.page)
    await asked.at(kiosk, f"/kiosk/{BRANCH}/here")
    assert asked.found == {}
