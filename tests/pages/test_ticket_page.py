"""The ticket in somebody's hand: how it opens, what it shows, what may be asked."""

import httpx
import pytest

from tests.pages.phones import JOIN, Phone, another_phone
from tests.web.harness import API, BRANCH, World, sign_in


async def a_number(phone: Phone, service: str = "A") -> str:
    await phone.scan()
    await phone.take(service)
    number: str = (await phone.view())["number"]
    return number


async def test_a_link_opens_the_ticket_and_leaves_the_address(phone: Phone, world: World) -> None:
    issued = await world.issue()
    await phone.open(f"/t/{issued['secret']}")
    assert (phone.at, phone.status) == ("/ticket", 200)
    assert f'data-number="{issued["number"]}"' in phone.page
    assert (await phone.open("/ticket")).status == 200


@pytest.mark.parametrize("secret", ["nothing", "bontang.20261123.A-001." + "x" * 27, "x" * 5000])
async def test_a_wrong_link_opens_nothing(phone: Phone, secret: str) -> None:
    await phone.open(f"/t/{secret}")
    assert phone.status == 404
    assert "Tidak ada nomor di ponsel ini" in phone.page
    assert f'href="{JOIN}"' in phone.page


async def test_without_a_ticket_the_page_leads_to_the_door(phone: Phone) -> None:
    await phone.open("/ticket")
    assert phone.status == 404
    assert f'href="{JOIN}"' in phone.page
    answer = await phone.browser.get("/ticket", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


async def test_the_call_stands_there_in_words(phone: Phone, world: World) -> None:
    await a_number(phone)
    await world.open_counter("3", "officer3")
    await world.call_next("3", "officer3")
    await phone.open("/ticket")
    assert "Silakan menuju" in phone.page
    assert "<title>A-001 → Loket 3</title>" in phone.page
    assert 'data-stage="called"' in phone.page


async def test_what_nobody_can_do_now_is_not_offered(phone: Phone, world: World) -> None:
    number = await a_number(phone)
    assert '/ticket/defer" data-verb="defer" data-show="defer">' in phone.page
    await world.open_counter()
    await world.call_next()
    await world.post(f"{API}/tickets/{number}/start", "officer1")
    await phone.open("/ticket")
    assert '/ticket/defer" data-verb="defer" data-show="defer" hidden>' in phone.page


async def test_deferring_moves_back_and_counts(phone: Phone, world: World) -> None:
    await a_number(phone)
    for _ in range(3):
        await world.issue()
    await phone.press("/ticket/defer")
    seen = await phone.view()
    assert (seen["position"], seen["defers_left"]) == (4, 1)
    assert "Masih bisa 1 kali lagi hari ini." in phone.page


async def test_a_refusal_is_shown_on_the_page_and_changes_nothing(phone: Phone) -> None:
    await a_number(phone)
    await phone.press("/ticket/defer")  # nobody is behind
    assert phone.at == "/ticket"
    assert 'class="notice refused"' in phone.page
    assert (await phone.view())["defers_left"] == 2


async def test_the_pages_module_gets_the_view_or_the_reason(phone: Phone) -> None:
    await a_number(phone)
    headers = {"Accept": "application/json"}
    done = await phone.browser.post("/ticket/coming", data={"request_id": "1"}, headers=headers)
    assert done.json()["coming"] is True
    refused = await phone.browser.post("/ticket/defer", data={"request_id": "2"}, headers=headers)
    assert refused.status_code == 409
    assert refused.json()["code"] == "nobody_behind"
    assert refused.json()["detail"]


async def test_cancelling_leads_to_a_new_number(phone: Phone) -> None:
    await a_number(phone)
    await phone.press("/ticket/cancel")
    assert "Nomor ini sudah dibatalkan" in phone.page
    await phone.open(JOIN)
    assert phone.at == JOIN
    await phone.scan()
    await phone.take()
    assert (await phone.view())["number"] == "A-002"


async def test_who_was_missed_may_come_back(phone: Phone, world: World) -> None:
    number = await a_number(phone)
    await world.open_counter()
    await world.call_next()
    await world.post(f"{API}/tickets/{number}/skip", "officer1", {"confirm": True})
    await phone.open("/ticket")
    assert "Anda belum datang saat dipanggil" in phone.page
    await phone.press("/ticket/rejoin")
    assert (await phone.view())["stage"] in ("waiting", "ready", "next")


async def test_stars_and_words_are_kept_once_served(phone: Phone, world: World) -> None:
    number = await a_number(phone)
    await world.open_counter()
    await world.call_next()
    await world.post(f"{API}/tickets/{number}/finish", "officer1", {})
    await phone.open("/ticket")
    assert "Bagaimana pelayanan kami" in phone.page
    await phone.press("/ticket/rating", {"stars": "4", "comment": "Cepat & ramah"})
    assert "Terima kasih atas penilaian Anda: 4 dari 5 (Baik)." in phone.page
    assert "Cepat" not in phone.page


@pytest.mark.parametrize("stars", ["", "0", "6", "many"])
async def test_stars_outside_the_scale_are_refused(phone: Phone, world: World, stars: str) -> None:
    number = await a_number(phone)
    await world.open_counter()
    await world.call_next()
    await world.post(f"{API}/tickets/{number}/finish", "officer1", {})
    await phone.press("/ticket/rating", {"stars": stars})
    assert 'class="notice refused"' in phone.page
    assert (await phone.view())["stars"] is None


async def test_an_unknown_wish_is_a_404(phone: Phone) -> None:
    await a_number(phone)
    await phone.press("/ticket/finish")
    assert phone.status == 404


async def test_a_guard_who_scans_a_ticket_is_led_to_it(world: World) -> None:
    issued = await world.issue()
    async with another_phone(world) as guards:
        await sign_in(world, "guard", guards.browser)
        guards.browser.follow_redirects = False
        answer = await guards.browser.get(f"/t/{issued['secret']}")
        assert answer.headers["location"].startswith(f"/guard/{BRANCH}")
        assert "set-cookie" not in answer.headers or "ticket=" not in answer.headers["set-cookie"]


async def test_the_language_changes_and_the_page_stays(phone: Phone) -> None:
    await a_number(phone)
    await phone.open("/ticket?lang=en")
    assert phone.at == "/ticket"
    assert "Your queue number" in phone.page


async def test_it_is_never_kept_by_a_cache(phone: Phone) -> None:
    await a_number(phone)
    for accept in ("text/html", "application/json"):
        answer: httpx.Response = await phone.browser.get("/ticket", headers={"Accept": accept})
        assert answer.headers["cache-control"] == "no-store"


async def test_the_first_load_is_small_enough_for_prepaid_data(phone: Phone) -> None:
    """At most 40 KB in at most three requests before the number shows: page and two styles."""
    await a_number(phone)
    headers = {"Accept-Encoding": "gzip"}
    sizes = {}
    page = await phone.browser.get("/ticket", headers=headers)
    for path in ("/ticket", *_styles(page.text)):
        async with phone.browser.stream("GET", path, headers=headers) as answer:
            sizes[path] = sum([len(chunk) async for chunk in answer.aiter_raw()])
            assert answer.headers["content-encoding"] == "gzip"
    assert len(sizes) <= 3
    assert sum(sizes.values()) <= 40_000, sizes


def _styles(page: str) -> list[str]:
    return [part.partition('"')[0] for part in page.split('rel="stylesheet" href="')[1:]]
