"""A passkey in a real browser: made, used to sign in, to unlock and to confirm; and calm where it
cannot be.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import CDPSession, Page, expect

from tests.e2e.house import BRANCH, House
from tests.e2e.people import DESK, Crowd

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

DEVICE: Final[dict[str, Any]] = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


class Phone:
    """The authenticator of one browser, in the test's hand."""

    def __init__(self, session: CDPSession, name: str) -> None:
        self._session = session
        self._name = name

    @classmethod
    async def of(cls, page: Page) -> Phone:
        session = await page.context.new_cdp_session(page)
        await session.send("WebAuthn.enable")
        added = await session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        return cls(session, added["authenticatorId"])

    async def knows_its_owner(self, yes: bool) -> None:
        """A finger it knows, or another one."""
        fields = {"authenticatorId": self._name, "isUserVerified": yes}
        await self._session.send("WebAuthn.setUserVerified", fields)


@pytest_asyncio.fixture(loop_scope="module")
async def page(house: House, crowd: Crowd) -> AsyncIterator[Page]:
    """A browser at `localhost`: passkeys are for names, not for numbers."""
    context = await crowd.context(*DESK)
    page = await context.new_page()
    yield page
    await context.close()


async def first_step(page: Page, house: House, name: str, host: str = "localhost") -> None:
    known = house.credentials(name)
    await page.goto(f"http://{host}:{house.port}/sign-in?next=/account")
    await page.get_by_label("Nama pengguna").fill(known["username"])
    await page.get_by_label("Kata sandi", exact=True).fill(known["password"])
    await page.get_by_role("button", name="Masuk", exact=True).click()
    await page.wait_for_url("**/sign-in/second*")


async def by_code(page: Page) -> None:
    code = await page.locator(".notice.warm").inner_text()
    await page.get_by_label("Kode 6 angka").fill("".join(filter(str.isdigit, code)))
    await page.get_by_role("button", name="Masuk", exact=True).click()
    await page.wait_for_url("**/account")


async def test_a_finger_on_the_phone_signs_in_unlocks_and_confirms(
    house: House, page: Page
) -> None:
    phone = await Phone.of(page)
    await first_step(page, house, "officer4")
    await by_code(page)
    await page.get_by_label("Nama kunci ini").fill("Ponsel saya")
    await page.get_by_role("button", name="Buat kunci sandi").click()
    await expect(page.locator("#passkey-1")).to_contain_text("Ponsel saya")

    await page.get_by_role("button", name="Kunci", exact=True).click()
    await page.wait_for_url("**/unlock*")
    await page.get_by_role("button", name="Pakai kunci sandi").click()
    await page.wait_for_url("**/account")

    await page.get_by_role("button", name="Keluar", exact=True).click()
    await page.wait_for_url("**/sign-in")
    await first_step(page, house, "officer4")
    use = page.get_by_role("button", name="Pakai kunci sandi")
    await phone.knows_its_owner(False)
    await use.click()
    await expect(page.locator("[data-said]")).to_contain_text("Tekan tombolnya lagi")
    await phone.knows_its_owner(True)
    await use.click()
    await page.wait_for_url("**/account")

    await page.context.clear_cookies(name="recent")
    await page.reload()
    await expect(page.get_by_role("button", name="Hapus Aplikasi autentikator")).to_have_count(0)
    await use.click()
    await page.get_by_role("button", name="Hapus Aplikasi autentikator").click()
    await expect(page.locator(".notice.done")).to_contain_text("Aplikasi autentikator dihapus")
    await page.get_by_role("button", name="Hapus Ponsel saya").click()
    await expect(page.locator(".notice.refused")).to_contain_text("terakhir")


async def test_a_device_that_holds_one_already_says_so(house: House, page: Page) -> None:
    await Phone.of(page)
    await first_step(page, house, "officer5")
    await by_code(page)
    await page.get_by_role("button", name="Buat kunci sandi").click()
    await expect(page.locator("#passkey-1")).to_contain_text("Chrome")
    await page.get_by_role("button", name="Buat kunci sandi").click()
    await expect(page.locator("[data-said]")).to_contain_text("Gunakan perangkat lain")


async def test_at_an_address_of_numbers_the_page_says_what_works(house: House, page: Page) -> None:
    await first_step(page, house, "officer6", host="127.0.0.1")
    await by_code(page)
    await expect(page.locator("#no-passkeys")).to_contain_text("Gunakan aplikasi autentikator")
    await expect(page.locator("[data-passkey]")).to_have_count(0)


async def test_whoever_is_disabled_sees_it_at_once_on_an_open_desk(
    house: House, crowd: Crowd, page: Page
) -> None:
    desk = await crowd.desk("7")
    await first_step(page, house, "supervisor")
    await by_code(page)
    await page.goto(f"http://localhost:{house.port}/people/{BRANCH}")
    row = page.locator("#person-officer7")
    await row.get_by_text("Kelola").click()
    await row.get_by_role("button", name="Nonaktifkan Petugas 7").click()
    await expect(page.locator(".notice.done")).to_contain_text("dinonaktifkan")
    await desk.page.wait_for_url("**/sign-in*", timeout=5_000)
    await row.get_by_text("Kelola").click()
    await row.get_by_role("button", name="Aktifkan kembali").click()
    await expect(page.locator(".notice.done")).to_contain_text("boleh masuk lagi")
