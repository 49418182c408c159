"""Scripts that did not arrive, and browsers that know none of ours: a page never stands still
without saying so, and loads itself again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Locator, Page, Route, expect

from queue_server.look.files import imported_by
from tests.e2e.house import BRANCH, House
from tests.e2e.people import HALL, PHONE, Crowd, Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

BACK_MS = 15_000
"""Three seconds until the first try, and a fifth more, on a machine with much to do."""
FIRST_TRY_MS = 4_000
BELONGS = "Yang tampak ini mungkin sudah berubah."
NO_MODULES = "delete HTMLScriptElement.prototype.noModule"
TIMES_TOGETHER = 4
"""Pages at once: more only wait for each other."""


def graph(entry: str) -> list[str]:
    return [entry, *imported_by(entry)]


async def lose(page: Page, script: str, times: int | None = 1) -> None:
    """This script does not arrive, so many times; for ever, when none are given."""
    more: dict[str, Any] = {} if times is None else {"times": times}

    async def cut(route: Route) -> None:
        await route.abort("connectionreset")

    await page.route(f"**/{script}", cut, **more)


async def for_each(scripts: list[str], look: Callable[[str], Awaitable[None]]) -> None:
    together = asyncio.Semaphore(TIMES_TOGETHER)

    async def one(script: str) -> None:
        async with together:
            await look(script)

    await asyncio.gather(*(one(script) for script in scripts))


async def says_so(page: Page) -> None:
    banner = page.locator("#stale")
    await expect(banner).to_be_visible()
    await expect(banner).to_contain_text(BELONGS)


async def is_alive(page: Page) -> None:
    await expect(page.locator("html[data-live]")).to_have_count(1, timeout=BACK_MS)
    await expect(page.locator("#stale")).to_be_hidden()


async def test_a_phone_that_lost_any_script_once_says_so_and_lives_again(
    house: House, crowd: Crowd
) -> None:
    await house.open_counter("1")
    issued = await house.do("guard", "/tickets", service="A")
    kept = await crowd.phone(issued["link"])
    state = await kept.page.context.storage_state()

    async def look(script: str) -> None:
        context = await crowd.context(*PHONE, storage_state=state)
        page = await context.new_page()
        await page.clock.install()
        await lose(page, script)
        await page.goto("/ticket")
        await says_so(page)
        await page.clock.fast_forward(FIRST_TRY_MS)
        await is_alive(page)
        assert page.url.endswith("/ticket"), "the address is as it was"
        await context.close()

    await for_each(graph("web/ticket/ticket.js"), look)


async def test_called_meanwhile_it_shows_the_call(house: House, crowd: Crowd) -> None:
    await house.open_counter("1")
    issued = await house.do("guard", "/tickets", service="A")
    phone = await crowd.phone(issued["link"])
    await lose(phone.page, "time.js")
    await phone.page.reload()
    await says_so(phone.page)
    await house.call_next("1")
    await expect(phone.counter).to_have_text("Loket 1", timeout=BACK_MS)
    await is_alive(phone.page)


@pytest.mark.parametrize("kind", ["board", "kiosk"])
async def test_a_screen_that_lost_any_script_once_comes_back(crowd: Crowd, kind: str) -> None:
    paired = await crowd.kiosk(kind)
    state, address = await paired.page.context.storage_state(), paired.page.url

    async def look(script: str) -> None:
        context = await crowd.context(*HALL, storage_state=state)
        page = await context.new_page()
        await page.clock.install()
        await lose(page, script)
        await page.goto(address)
        await says_so(page)
        await page.clock.fast_forward(20_000)
        await is_alive(page)
        await context.close()

    tried = graph("web/ticket/ticket.js")
    await for_each([one for one in graph(f"{kind}/{kind}.js") if one not in tried], look)


async def test_a_kiosk_that_does_not_live_forgets_who_was_there(crowd: Crowd) -> None:
    kiosk = await crowd.kiosk()
    page = kiosk.page
    await lose(page, "hands.js", None)
    await page.clock.install()
    await page.reload()
    await kiosk.find("a.tile").first.click()
    await kiosk.find("form.take button.primary").click()
    await expect(kiosk.find(".given .ticket-number")).to_be_visible()
    await page.clock.fast_forward(10_000)
    await expect(kiosk.find(".given .ticket-number")).to_be_visible()
    # Ten seconds of patience, the page's own, and up to a fifth of those more.
    await page.clock.fast_forward(30_000)
    await expect(kiosk.find("[data-step=choose]")).to_be_visible(timeout=BACK_MS)


async def test_a_browser_without_modules_is_told_again_and_again(
    house: House, crowd: Crowd
) -> None:
    await house.open_counter("1")
    issued = await house.do("guard", "/tickets", service="A")
    phone = await crowd.phone()
    page = phone.page
    await page.add_init_script(NO_MODULES)
    await lose(page, "*.js", None)
    await page.goto(issued["link"])
    await expect(phone.head).to_have_text("Anda berikutnya")
    await says_so(page)
    await house.call_next("1")
    await expect(phone.counter).to_have_text("Loket 1", timeout=BACK_MS)
    number = issued["number"]
    await house.do("officer1", f"/tickets/{number}/start")
    await expect(phone.head).to_contain_text("dilayani", timeout=BACK_MS)


async def typed(screen: Screen) -> Locator:
    field = screen.page.get_by_role("searchbox")
    await field.press_sequentially("A-0")
    return field


async def test_who_types_is_left_alone(crowd: Crowd) -> None:
    guard = await crowd.guard()
    page = guard.page
    await lose(page, "refresh.js", None)
    await page.clock.install()
    await page.goto(f"/guard/{BRANCH}")
    await says_so(page)
    await page.evaluate("window.sameAsBefore = true")
    field = await typed(guard)
    await page.clock.run_for(30_000)
    await expect(field).to_have_value("A-0")
    assert await page.evaluate("window.sameAsBefore")
    await page.clock.run_for(90_000)
    await expect(field).to_have_value("")


async def test_without_a_network_what_is_shown_stays(crowd: Crowd) -> None:
    phone = await crowd.phone_in_hall()
    number = await phone.take_number("A")
    page = phone.page
    await lose(page, "socket.js", None)
    await page.clock.install()
    await page.reload()
    await says_so(phone.page)
    await page.context.set_offline(True)
    await page.clock.run_for(120_000)
    assert await phone.number() == number
    before = page.locator("html[data-before]")
    await page.evaluate("document.documentElement.dataset.before = ''")
    await expect(before).to_have_count(1)
    await page.context.set_offline(False)
    await page.clock.run_for(70_000)
    await expect(before).to_have_count(0, timeout=BACK_MS)
    assert await phone.number() == number
