"""Where a number lives: several on one phone, a link where another lives, no cookies, in apps."""

import re
from dataclasses import replace

import httpx
import pytest

from tests.pages.phones import JOIN, Phone, another_phone
from tests.web.harness import API, BRANCH, World

CHAT = "Mozilla/5.0 (Linux; Android 9; SM-A105F; wv) AppleWebKit/537.36 Chrome/110 WhatsApp/2.23"
CHAT_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605 Instagram 300"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Version/16.0 Safari/604.1"


def numbers(page: str) -> list[str]:
    return re.findall(r'data-number="([A-Z]-\d+)"', page)


def of(page: str) -> str:
    """The name a page's forms are about."""
    found = re.search(r'name="of" value="([^"]+)"', page)
    assert found, page[:500]
    return found[1]


async def keeps_two(phone: Phone, world: World) -> tuple[str, str]:
    """This phone took one number and was handed the link of another, newer."""
    await phone.scan()
    await phone.take()
    first = (await phone.view())["number"]
    other = await world.issue()
    await phone.open(f"/t/{other['secret']}")
    await phone.press(f"/t/{other['secret']}")
    return first, other["number"]


# A link where another number is held


async def test_a_link_asks_before_it_joins_a_number_that_lives_here(
    phone: Phone, world: World
) -> None:
    await phone.scan()
    await phone.take()
    other = await world.issue()
    await phone.open(f"/t/{other['secret']}")
    assert "Simpan juga nomor A-002?" in phone.page
    assert (await phone.view())["number"] == "A-001", "opening alone changes nothing"
    await phone.press(f"/t/{other['secret']}")
    assert numbers(phone.page) == ["A-001", "A-002"]
    assert (await phone.view())["number"] == "A-002"


async def test_opening_the_same_link_again_asks_nothing(phone: Phone, world: World) -> None:
    _, second = await keeps_two(phone, world)
    link = re.search(r'value="http://[^"]*(/t/[^"]+)"', phone.page)
    assert link
    await phone.open(link[1])
    assert phone.at == "/ticket"
    assert (await phone.view())["number"] == second


async def test_a_link_is_not_asked_about_beside_a_number_that_is_over(
    phone: Phone, world: World
) -> None:
    await phone.scan()
    await phone.take()
    await phone.press("/ticket/cancel")
    await phone.open(f"/t/{(await world.issue())['secret']}")
    assert phone.at == "/ticket"
    assert numbers(phone.page) == ["A-002"]


async def test_a_wrong_link_is_kept_by_nobody(phone: Phone) -> None:
    await phone.press("/t/bontang.20261123.A-001." + "x" * 27)
    assert phone.status == 404


# Several numbers on one phone


async def test_each_number_is_reachable_and_watched(phone: Phone, world: World) -> None:
    first, second = await keeps_two(phone, world)
    path = re.search(r'href="(/ticket\?of=[^"]+)"', phone.page)
    assert path
    assert f'data-other="{path[1].partition("=")[2]}"' in phone.page
    await phone.open(path[1])
    assert numbers(phone.page) == [second, first]
    assert f"/ws/ticket?lang=id&of={of(phone.page)}" in phone.page


async def test_a_page_acts_on_the_number_it_shows_whatever_was_opened_since(
    phone: Phone, world: World
) -> None:
    await phone.scan()
    await phone.take()
    tab = of(phone.page)
    other = await world.issue()
    await phone.press(f"/t/{other['secret']}")
    await phone.press("/ticket/cancel", {"of": tab})
    states = {number: str(ticket.state) for number, ticket in world.day.tickets.items()}
    assert states == {"A-001": "cancelled", "A-002": "waiting"}
    assert (await phone.view())["number"] == "A-002"


async def test_a_name_alone_opens_nothing(phone: Phone, world: World) -> None:
    await keeps_two(phone, world)
    async with another_phone(world) as stranger:
        await stranger.open(f"/ticket?of={of(phone.page)}")
        assert stranger.status == 404
        await stranger.press("/ticket/cancel", {"of": of(phone.page)})
        assert stranger.status == 404
    assert (await phone.view())["stage"] != "cancelled"


async def test_a_number_this_phone_keeps_no_more_leads_to_those_it_keeps(
    phone: Phone, world: World
) -> None:
    await phone.scan()
    await phone.take()
    await phone.open("/ticket?of=bontang.20261123.A-999")
    assert phone.status == 404
    assert 'href="/ticket"' in phone.page


async def test_a_phone_keeps_no_more_than_a_familys_numbers(phone: Phone, world: World) -> None:
    for _ in range(8):
        issued = await world.issue()
        await phone.press(f"/t/{issued['secret']}")
    assert numbers(phone.page) == ["A-007", "A-006", "A-005", "A-004", "A-008"]


async def test_erasing_one_number_leaves_the_others_on_the_phone(
    phone: Phone, world: World
) -> None:
    first, _ = await keeps_two(phone, world)
    await phone.press("/ticket/cancel", {"of": of(phone.page)})
    await phone.press("/ticket/erase", {"of": of(phone.page)})
    assert phone.at == f"/erased/{BRANCH}"
    await phone.open("/ticket")
    assert numbers(phone.page) == [first]


async def test_one_scan_proves_all_numbers_of_a_phone(phone: Phone, world: World) -> None:
    await phone.open(JOIN)
    await phone.take()
    other = await world.issue(who=None)
    await phone.press(f"/t/{other['secret']}")
    await phone.scan()
    assert "Kehadiran Anda sudah dikonfirmasi" in phone.page
    assert all(ticket.place is not None for ticket in world.day.tickets.values())


@pytest.mark.parametrize("one_live", [True, False])
async def test_somebody_else_with_this_phone_is_told_what_to_do(
    phone: Phone, world: World, one_live: bool
) -> None:
    plan = world.days.branches()[BRANCH]
    rules = replace(plan.rules, one_live_ticket=one_live)
    assert await world.days.configure(replace(plan, rules=rules)) is None
    await phone.scan()
    await phone.take()
    assert ('no-print">Satu ponsel mengambil satu nomor' in phone.page) == one_live
    assert (f'href="{JOIN}?another=1"' in phone.page) == (not one_live)
    await phone.open(f"{JOIN}?another=1")
    assert phone.at == ("/ticket" if one_live else JOIN)
    if not one_live:
        await phone.press(f"{JOIN}/ticket", {"service": "B", "another": "1"})
        assert sorted(numbers(phone.page)) == ["A-001", "B-001"]


# Into another browser


async def test_the_number_has_an_address_to_copy(phone: Phone, world: World) -> None:
    await phone.scan()
    await phone.take()
    link = re.search(r'id="link" type="text" readonly value="http://[^"/]*(/t/[^"]+)"', phone.page)
    assert link
    async with another_phone(world) as real:
        await real.open("/ticket")
        assert "Sudah mengambil nomor di dalam aplikasi lain?" in real.page
        await real.open(link[1])
        assert numbers(real.page) == ["A-001"]


async def test_inside_an_app_the_way_out_takes_the_scan_along(phone: Phone, world: World) -> None:
    phone.browser.headers["User-Agent"] = CHAT
    await phone.scan()
    assert "terbuka di dalam aplikasi lain" in phone.page
    out = re.search(r'href="intent://[^"#]*(/b/[^"#]+)#Intent;scheme=http;', phone.page)
    assert out
    async with another_phone(world) as real:
        await real.open(out[1])
        assert "Ambil nomor sebelum pukul" in real.page
        assert real.at == JOIN
    assert "Ambil nomor sebelum pukul" in (await phone.open(JOIN)).page


@pytest.mark.parametrize(("agent", "told"), [(CHAT_IPHONE, True), (SAFARI, False)])
async def test_an_iphones_app_is_told_from_its_browser(
    phone: Phone, agent: str, told: bool
) -> None:
    phone.browser.headers["User-Agent"] = agent
    await phone.scan()
    assert ("Buka di Safari" in phone.page) == told


# No cookies


class _Forgetful(httpx.Cookies):
    """A browser that was told to keep none."""

    def extract_cookies(self, response: httpx.Response) -> None:
        del response


async def test_a_browser_without_cookies_sees_the_number_it_took(
    phone: Phone, world: World
) -> None:
    phone.browser._cookies = _Forgetful()
    await phone.open(JOIN)
    await phone.take()
    assert phone.status == 200
    assert numbers(phone.page) == ["A-001"]
    assert "Peramban ini tidak menyimpan nomor" in phone.page
    assert '<meta http-equiv="refresh"' in phone.page
    secret = re.search(r'action="(/t/[^"]+)/cancel"', phone.page)
    assert secret
    await phone.press(f"{secret[1]}/cancel")
    assert "Nomor ini sudah dibatalkan" in phone.page


async def test_a_papers_link_shows_its_number_without_cookies(phone: Phone, world: World) -> None:
    phone.browser._cookies = _Forgetful()
    await phone.open(f"/t/{(await world.issue())['secret']}")
    assert numbers(phone.page) == ["A-001"]


# A door opened by hand


async def test_a_page_closed_by_hand_looks_again_by_itself(phone: Phone, world: World) -> None:
    await world.post(f"{API}/day/close-intake", "supervisor")
    await phone.open(JOIN)
    found = re.search(r'http-equiv="refresh" content="(\d+)"', phone.page)
    assert found
    assert 30 <= int(found[1]) <= 45
