"""A morning at the door by its buttons, against the whole application."""

from __future__ import annotations

import re

from tests.pages.staff_browser import signed_in
from tests.web.harness import API, BRANCH, World

DOOR = f"/guard/{BRANCH}"


async def test_a_number_for_someone_without_a_phone_leads_to_its_slip(world: World) -> None:
    guard = await signed_in(world, "guard")
    assert guard.at == DOOR
    await guard.press("A Jaminan Hari Tua", priority="true")
    assert guard.at == f"{DOOR}/slip/A-001"
    assert "Prioritas" in guard.page.text
    ticket = world.day.tickets["A-001"]
    assert (ticket.weight, ticket.callable) == (1, True)
    assert guard.page.link("Beri nomor lagi").href == DOOR


async def test_printing_at_once_is_the_guards_choice(world: World) -> None:
    guard = await signed_in(world, "guard")
    await guard.press("B Jaminan Kehilangan", print="true")
    assert guard.at == f"{DOOR}/slip/B-001?print=now"


async def test_the_slips_qr_opens_the_tickets_page(world: World) -> None:
    await world.issue()
    guard = await signed_in(world, "guard")
    response = await guard.client.get(f"{DOOR}/slip/A-001")
    day = world.day
    ticket = day.tickets["A-001"]
    secret = world.site.keys.ticket_secret(BRANCH, day.date, "A-001", ticket.ticket_id)
    opened = await world.client.get(f"/t/{secret}")
    assert opened.status_code == 303
    assert re.search(r"<svg[^>]*>", response.text)
    assert secret not in response.text  # only in the code: a glance does not read it


async def test_finding_granting_and_cancelling_a_number(world: World) -> None:
    await world.issue()
    guard = await signed_in(world, "guard")
    await guard.open(f"{DOOR}?q=1")
    await guard.press("Beri prioritas")
    assert guard.at == f"{DOOR}?q=1"
    assert "A-001 mendapat prioritas." in guard.page.text
    await guard.press("Ya, batalkan A-001")
    assert world.day.tickets["A-001"].state == "cancelled"
    assert "Dibatalkan" in guard.page.text


async def test_who_joined_from_afar_is_proven_present(world: World) -> None:
    response = await world.post(f"{API}/tickets", None, {"service": "A", "priority": True})
    assert response.status_code == 201, response.text
    guard = await signed_in(world, "guard")
    assert "Belum dikonfirmasi hadir" in guard.page.text
    await guard.press("Sudah hadir")
    await guard.press("Beri prioritas")
    ticket = world.day.tickets["A-001"]
    assert (ticket.callable, ticket.weight) == (True, 1)
    assert "Tidak ada yang perlu diperiksa" in guard.page.text


async def test_a_notice_is_shown_and_taken_away(world: World) -> None:
    guard = await signed_in(world, "guard")
    await guard.press("Tampilkan", text="Sistem pusat lambat.")
    assert world.day.notice is not None
    await guard.open(DOOR)
    assert "Sistem pusat lambat." in guard.page.text
    await guard.press("Hapus pengumuman")
    assert world.day.notice is None


async def test_bad_input_changes_nothing_and_stays_on_the_page(world: World) -> None:
    guard = await signed_in(world, "guard")
    before = await world.seq()
    too_long = await guard.post(f"{DOOR}/do/notice", {"text": "x" * 281})
    assert too_long.status == 422
    assert "refused" in guard.page.ids
    assert (await guard.post(f"{DOOR}/do/issue", {"service": "Z"})).status == 404
    assert (await guard.post(f"{DOOR}/do/issue", {"service": "<script>"})).status == 422
    assert (await guard.post(f"{DOOR}/do/cancel", {"number": "A-999"})).status == 404
    assert (await guard.post(f"{DOOR}/do/close-day", {})).status == 404
    assert (await guard.open(f"{DOOR}/slip/A-999")).status == 404
    assert (await guard.open(f"{DOOR}?q=%3Cscript%3Ealert(1)")).status == 200
    assert await world.seq() == before


async def test_officers_stay_out(world: World) -> None:
    officer = await signed_in(world, "officer1")
    assert (await officer.open(DOOR)).status == 403
    assert (await officer.open(f"{DOOR}/slip/A-001")).status == 403


async def test_a_long_list_is_turned_and_a_press_keeps_the_page(world: World) -> None:
    for _ in range(22):
        await world.post(f"{API}/tickets", None, {"service": "A"})
    guard = await signed_in(world, "guard")
    assert "unproven-A-006" in guard.page.ids
    assert "unproven-A-007" not in guard.page.ids
    await guard.open(DOOR + guard.page.link("Tampilkan semua (22)").href)
    await guard.open(DOOR + guard.page.link("Berikutnya").href)
    assert [one for one in guard.page.ids if one.startswith("unproven-A")] == [
        "unproven-A-021",
        "unproven-A-022",
    ]
    seen = next(one for one in guard.page.buttons if one.text == "Sudah hadir")
    await guard.post(seen.action, seen.fields)
    assert guard.at == f"{DOOR}?list=unproven&page=2"
    assert world.day.tickets["A-021"].callable
