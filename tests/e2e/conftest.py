"""One server and one browser a file; the hall is empty again before each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.e2e.house import House, living_house
from tests.e2e.people import Crowd

EXPECT_MS = 5000
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with living_house(tmp_path_factory.mktemp("house") / "data") as house:
        yield house


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    expect.set_options(timeout=EXPECT_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_path, args=list(ARGUMENTS)
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def crowd(house: House, browser: Browser) -> AsyncIterator[Crowd]:
    if not house.is_running():  # a test that killed it failed
        await house.start()
    await house.tidy()
    crowd = Crowd(browser, house)
    yield crowd
    await crowd.leave()
