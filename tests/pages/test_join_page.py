"""The door: what a person is told before taking a number, and how one comes by it."""

from dataclasses import replace
from typing import Any

import pytest

from queue_server.domain.plan import BranchPlan, Service
from tests.pages.phones import JOIN, Phone, another_phone
from tests.web.harness import API, BRANCH, World


async def change(world: World, **differences: Any) -> BranchPlan:
    """The branch decides otherwise."""
    plan = replace(world.site.days.branches()[BRANCH], **differences)
    assert await world.days.configure(plan) is None
    return plan


async def quota(world: World, numbers: int) -> None:
    week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    services = world.site.days.branches()[BRANCH].services
    limited: dict[str, Service] = {
        letter: replace(service, quota=dict.fromkeys(week, numbers))
        for letter, service in services.items()
    }
    await change(world, services=limited)


async def test_it_asks_one_question_and_tells_the_wait_before(phone: Phone) -> None:
    await phone.open(JOIN)
    assert "Layanan apa yang Anda perlukan?" in phone.page
    assert phone.page.count('type="radio"') == 5
    assert "Belum ada loket yang buka" in phone.page
    await phone.world.open_counter()
    await phone.open(JOIN)
    assert "Tunggu" in phone.page


async def test_what_is_left_is_told(phone: Phone) -> None:
    await quota(phone.world, 2)
    await phone.world.issue("A")
    await phone.open(JOIN)
    assert "Sisa 1 dari 2 nomor" in phone.page


async def test_the_scanned_code_leaves_the_address_and_proves_presence(phone: Phone) -> None:
    await phone.scan()
    assert phone.at == JOIN
    assert "Anda belum memindai kode QR" not in phone.page
    await phone.take()
    assert (phone.at, phone.status) == ("/ticket", 200)
    assert (await phone.view())["presence"]


async def test_without_a_scan_it_says_what_that_means(phone: Phone) -> None:
    await phone.open(JOIN)
    assert "Anda belum memindai kode QR di ruang tunggu" in phone.page
    assert "120 menit" in phone.page
    await phone.take()
    assert (await phone.view())["stage"] == "unproven"
    assert "Konfirmasi dulu bahwa Anda sudah datang" in phone.page


async def test_a_code_that_is_none_is_told_kindly(phone: Phone) -> None:
    await phone.open(f"{JOIN}?j=photographed-yesterday")
    assert phone.at == JOIN
    assert "Pindai sekali lagi kode QR di layar ruang tunggu" in phone.page
    assert "Layanan apa yang Anda perlukan?" in phone.page


async def test_one_scan_gives_one_proven_number(phone: Phone) -> None:
    await phone.scan()
    cookies = dict(phone.browser.cookies)
    await phone.take()
    async with another_phone(phone.world) as second:
        second.browser.cookies.set("join", cookies["join"])
        await second.take()
        assert (await second.view())["stage"] == "unproven"


async def test_who_holds_a_number_is_led_straight_to_it(phone: Phone) -> None:
    await phone.scan()
    await phone.take()
    await phone.open(JOIN)
    assert phone.at == "/ticket"


async def test_pressing_twice_gives_one_number(phone: Phone) -> None:
    await phone.scan()
    for _ in range(2):
        await phone.press(f"{JOIN}/ticket", {"service": "A", "request_id": "the same"})
        assert phone.at == "/ticket"
    assert (await phone.view())["number"] == "A-001"
    assert len(phone.world.day.tickets) == 1


async def test_without_a_choice_nothing_is_issued(phone: Phone) -> None:
    before = await phone.world.seq()
    await phone.press(f"{JOIN}/ticket", {"priority": "on"})
    assert "Pilih satu layanan dahulu." in phone.page
    assert 'name="priority" value="on" checked' in phone.page
    assert await phone.world.seq() == before


@pytest.mark.parametrize("service", ["Z", "a", "AA", "<script>alert(1)</script>", "A" * 20_000])
async def test_a_service_nobody_offers_is_refused_in_words(phone: Phone, service: str) -> None:
    await phone.take(service)
    assert phone.at == JOIN
    assert 'class="notice refused"' in phone.page
    assert "<script>alert" not in phone.page
    assert phone.world.day.tickets == {}


async def test_a_wish_for_priority_is_a_wish_and_asks_no_reason(phone: Phone) -> None:
    await phone.scan()
    assert "Alasannya tidak kami tanyakan" in phone.page
    await phone.take(priority="on")
    seen = await phone.view()
    assert seen["wishes_priority"]
    assert not seen["priority"]
    assert "Permintaan prioritas Anda sudah tercatat" in phone.page


async def test_a_used_up_quota_says_so_and_cannot_be_chosen(phone: Phone) -> None:
    await quota(phone.world, 1)
    await phone.world.issue("A")
    await phone.scan()
    assert "Kuota hari ini sudah habis (1 dari 1)" in phone.page
    assert 'value="A" required disabled' in phone.page
    await phone.take("A")
    assert phone.at == JOIN
    assert 'class="notice refused"' in phone.page


async def test_everything_used_up_is_a_page_of_its_own(phone: Phone) -> None:
    await quota(phone.world, 0)
    await phone.open(JOIN)
    assert "Semua kuota hari ini sudah habis" in phone.page
    assert "<form" not in phone.page


async def test_closed_is_told_without_a_form(phone: Phone) -> None:
    closed = await phone.world.post(f"{API}/day/close-intake", "supervisor")
    assert closed.status_code == 200
    await phone.open(JOIN)
    assert "<form" not in phone.page
    assert "ditutup" in phone.page
    await phone.take()
    assert phone.at == JOIN
    assert phone.world.day.tickets == {}


async def test_a_branch_may_want_everybody_in_its_hall(phone: Phone) -> None:
    await change(phone.world, unproven_allowed=False)
    await phone.open(JOIN)
    assert "Pindai kode QR di ruang tunggu" in phone.page
    assert "<form" not in phone.page
    await phone.take()
    assert phone.world.day.tickets == {}
    await phone.scan()
    await phone.take()
    assert phone.at == "/ticket"


async def test_a_nik_is_asked_for_only_where_the_branch_wants_it(phone: Phone) -> None:
    await phone.scan()
    assert 'name="identity"' not in phone.page
    await change(phone.world, identity_asked=True)
    await phone.open(JOIN)
    assert 'name="identity"' in phone.page
    await phone.take("A", identity="123")
    assert phone.at == JOIN
    await phone.take("A", identity="6474010101900001")
    assert phone.at == "/ticket"
    assert "6474010101900001" not in phone.page


async def test_english_is_a_click_away_and_remembered(phone: Phone) -> None:
    await phone.open(f"{JOIN}?lang=en")
    assert "Which service do you need?" in phone.page
    await phone.open(JOIN)
    assert "Which service do you need?" in phone.page


async def test_an_absent_branch_is_a_clear_no(phone: Phone) -> None:
    await phone.open("/b/nowhere")
    assert phone.status == 404
    await phone.press("/b/nowhere/ticket", {"service": "A"})
    assert phone.status == 404


async def test_the_notice_to_all_stands_on_the_door(phone: Phone) -> None:
    await phone.world.post(f"{API}/notice", "guard", {"text": "Sistem <b>lambat</b>."})
    answer = await phone.browser.get(JOIN)
    assert "Sistem &lt;b&gt;lambat&lt;/b&gt;." in answer.text


async def test_the_privacy_notice_is_plain_and_names_a_contact(phone: Phone) -> None:
    await change(phone.world, contact="data@bontang.example")
    await phone.open(f"/privacy/{BRANCH}")
    assert "data@bontang.example" in phone.page
    assert "NIK" not in phone.page.partition("<main")[2].partition("Berapa lama")[0]
