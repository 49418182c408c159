"""A newcomer's first day in a real browser: invited, an app set up by its QR, the desk, a break."""

from __future__ import annotations

import io
import re
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp
import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import Page, expect

from queue_server.office.questions import Invite
from queue_server.people import Role
from tests.e2e.house import BRANCH, House
from tests.e2e.people import DESK, PHONE, Crowd, Desk
from tests.office import ask

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

PASSWORD: Final = "empat ekor kambing"
PIN: Final = "582016"


async def scan(page: Page) -> dict[str, str]:
    """What an authenticator app reads from the QR on the page."""
    picture = Image.open(io.BytesIO(await page.locator("figure.qr svg").screenshot()))
    (code,) = zxingcpp.read_barcodes(picture)
    address = urlsplit(code.text)
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    fields = {name: values[0] for name, values in parse_qs(address.query).items()}
    return {"name": unquote(address.path), **fields}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_from_the_invitation_to_the_desk_and_back_after_a_break(
    house: House, crowd: Crowd, size: tuple[int, int]
) -> None:
    username = f"rina{size[0]}"
    made = await ask(house.data, Invite(Role.OFFICER, BRANCH))
    context = await crowd.context(*size)
    page = await context.new_page()
    await page.goto(f"{house.base}/invite/{str(made['link']).rpartition('/')[2]}")
    assert page.url == f"{house.base}/invite"
    await page.get_by_label("Nama Anda").fill("Rina Sari")
    await page.get_by_label("Nama pengguna").fill(username)
    password = page.get_by_label("Kata sandi", exact=True)
    await password.fill(PASSWORD)
    await page.get_by_role("button", name="Tampilkan kata sandi").click()
    await expect(password).to_have_attribute("type", "text")
    await page.get_by_role("button", name="Buat akun").click()

    await page.wait_for_url("**/account/second-factor")
    seen = await scan(page)
    assert seen["issuer"] == "Kantor Cabang Bontang"
    assert seen["name"].endswith(username)
    app = pyotp.TOTP(seen["secret"])
    await page.get_by_label("Kode 6 angka").fill(app.now())
    await page.get_by_role("button", name="Pasang aplikasi ini").click()
    codes = page.locator(".recovery-codes li")
    await expect(codes).to_have_count(10)
    spare = await codes.first.inner_text()
    await page.get_by_role("button", name="Sudah saya simpan").click()
    await page.wait_for_url("**/desk")

    await page.goto(f"{house.base}/account/second-factor")
    await page.get_by_label("PIN 6 angka").fill(PIN)
    await page.get_by_role("button", name="Simpan PIN").click()
    await page.wait_for_url("**/account")

    await page.goto(f"{house.base}/desk/{BRANCH}/3")
    desk = Desk(page)
    await desk.open_counter()
    await page.get_by_role("button", name="Kunci", exact=True).click()
    await page.wait_for_url("**/unlock?next=*")
    await expect(page.locator("main")).to_contain_text("Rina Sari")
    await page.get_by_label("PIN 6 angka").fill("000001")
    await page.get_by_role("button", name="Buka kunci").first.click()
    await expect(page.locator(".notice.refused")).to_contain_text("PIN belum cocok")
    await page.get_by_label("PIN 6 angka").fill(PIN)
    await page.get_by_role("button", name="Buka kunci").first.click()
    await page.wait_for_url(f"**/desk/{BRANCH}/3")
    await expect(page.locator(".counter-state.is-open")).to_be_visible()

    await page.get_by_role("button", name="Keluar", exact=True).click()
    await page.wait_for_url("**/sign-in")
    await page.get_by_label("Nama pengguna").fill(username)
    await page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Masuk", exact=True).click()
    await page.get_by_text("Pakai kode pemulihan").click()
    await page.get_by_label("Kode pemulihan").fill(spare)
    await page.get_by_role("button", name="Masuk", exact=True).click()
    await page.wait_for_url("**/desk")
    await context.close()


async def test_a_desk_locked_in_one_window_goes_dark_in_the_other(crowd: Crowd) -> None:
    desk = await crowd.desk("2")
    other = await desk.page.context.new_page()
    await other.goto(desk.page.url)
    await other.get_by_role("button", name="Kunci", exact=True).click()
    await other.wait_for_url("**/unlock?next=*")
    await desk.page.wait_for_url(re.compile(r"/unlock\?next="), timeout=5_000)
    await expect(desk.page.locator("main")).not_to_contain_text("Panggil")


async def test_the_way_in_works_without_scripts(house: House, crowd: Crowd) -> None:
    context = await crowd.context(*PHONE, java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{house.base}/guard/{BRANCH}")
    known = house.credentials("guard")
    await page.get_by_label("Nama pengguna").fill(known["username"])
    await page.get_by_label("Kata sandi", exact=True).fill(known["password"])
    await page.get_by_role("button", name="Masuk", exact=True).click()
    await Desk(page).type_code()
    await page.get_by_role("button", name="Masuk", exact=True).click()
    await page.wait_for_url(f"**/guard/{BRANCH}")
    await page.get_by_role("button", name="Kunci", exact=True).click()
    await page.wait_for_url("**/unlock?next=*")
    await context.close()
