"""A morning at the desk by its buttons, against the whole application."""

from __future__ import annotations

from tests.pages.staff_browser import Staff, signed_in
from tests.web.harness import BRANCH, World

DESK = f"/desk/{BRANCH}/1"


async def at_an_open_desk(world: World, name: str = "officer1") -> Staff:
    officer = await signed_in(world, name)
    await officer.open(DESK)
    return await officer.press("Buka loket")


async def test_an_officer_comes_to_the_choice_of_counters_and_takes_one(world: World) -> None:
    officer = await signed_in(world, "officer1")
    assert officer.at == "/desk"
    await officer.open(officer.page.link("Pakai loket ini Loket 1").href)
    await officer.press("Buka loket")
    assert (officer.at, officer.status) == (DESK, 200)
    await officer.open("/desk")
    assert officer.page.link("Lanjutkan Loket 1").href == DESK


async def test_a_ticket_through_its_life_by_buttons(world: World) -> None:
    await world.issue()
    officer = await at_an_open_desk(world)
    await officer.press("Panggil berikutnya")
    assert "A-001 dipanggil" in officer.page.text
    await officer.press("Mulai")
    await officer.press("Selesai")
    assert "1 orang dilayani hari ini" in officer.page.text
    assert world.day.tickets["A-001"].state == "finished"


async def test_a_press_sent_twice_is_one_call(world: World) -> None:
    await world.issue()
    await world.issue()
    officer = await at_an_open_desk(world, "officer1")
    call = officer.page.button("Panggil berikutnya")
    await officer.post(call.action, call.fields)
    await officer.post(call.action, call.fields)
    assert officer.status == 200
    states = [one.state for one in world.day.tickets.values()]
    assert states == ["called", "waiting"]


async def test_undo_takes_a_finish_back(world: World) -> None:
    await world.issue()
    officer = await at_an_open_desk(world)
    await officer.press("Panggil berikutnya")
    await officer.press("Selesai")
    assert "A-001 selesai" in officer.page.text
    await officer.press("Urungkan")
    assert world.day.tickets["A-001"].state == "called"


async def test_skip_asks_once_and_the_missed_may_rejoin_from_here(world: World) -> None:
    await world.issue()
    officer = await at_an_open_desk(world)
    await officer.press("Panggil berikutnya")
    await officer.press("Ya, lewati A-001")
    await officer.press("Masuk antrean lagi")
    assert world.day.tickets["A-001"].state == "waiting"


async def test_park_and_call_back(world: World) -> None:
    await world.issue()
    officer = await at_an_open_desk(world)
    await officer.press("Panggil berikutnya")
    await officer.press("Tunda")
    await officer.press("Panggil kembali")
    assert world.day.tickets["A-001"].state == "called"


async def test_transfer_to_a_service_and_to_a_counter(world: World) -> None:
    await world.issue()
    officer = await at_an_open_desk(world)
    await officer.press("Panggil berikutnya")
    await officer.press("Alihkan sekarang", to="service:B", place="end")
    assert world.day.tickets["A-001"].service == "B"
    await world.open_counter("2", "officer2")
    await officer.open(f"{DESK}?ticket=A-001")
    await officer.press("Alihkan sekarang", to="counter:2", place="keep")
    assert world.day.tickets["A-001"].tied == "2"


async def test_only_a_supervisor_puts_someone_to_the_very_front(world: World) -> None:
    await world.issue()
    officer = await at_an_open_desk(world)
    await officer.press("Panggil berikutnya")
    await officer.press("Alihkan sekarang", to="service:B", place="next")
    assert officer.status == 403
    assert "refused" in officer.page.ids
    supervisor = await signed_in(world, "supervisor")
    await supervisor.open(DESK)
    await supervisor.press("Alihkan sekarang", to="service:B", place="next")
    assert world.day.tickets["A-001"].service == "B"


async def test_a_call_out_of_order_carries_a_reason_and_a_note(world: World) -> None:
    await world.issue()
    await world.issue()
    officer = await at_an_open_desk(world)
    await officer.open(f"{DESK}?ticket=A-002")
    await officer.press("Panggil A-002 sekarang", reason="urgent", note="sakit <b>keras</b>")
    assert world.day.tickets["A-002"].state == "called"
    assert "keras" not in officer.page.text


async def test_a_refusal_is_shown_on_the_same_page_at_its_ticket(world: World) -> None:
    await world.issue()
    officer = await at_an_open_desk(world)
    await officer.press("Panggil berikutnya")
    await officer.post(f"{DESK}/do/recall", {"number": "A-001", "request_id": "x1"})
    assert officer.status == 409
    assert "Panggil ulang A-001 dalam" in officer.page.text
    assert officer.page.button("Mulai").action == f"{DESK}/do/start"


async def test_pausing_closing_and_returning(world: World) -> None:
    await world.issue()
    officer = await at_an_open_desk(world)
    await officer.press("Panggil berikutnya")
    await officer.press("Salat")
    assert "Jeda: Salat" in officer.page.text
    await officer.press("Lanjutkan")
    await officer.press("Kembalikan nomornya dan tutup")
    assert world.day.tickets["A-001"].state == "waiting"
    assert officer.page.has_button("Buka loket")


async def test_another_officers_counter_can_be_looked_at_only(world: World) -> None:
    await at_an_open_desk(world)
    other = await signed_in(world, "officer2")
    await other.open(DESK)
    assert "Loket ini sedang dipakai Petugas 1" in other.page.text
    await other.post(f"{DESK}/do/call-next", {"request_id": "x1"})
    assert other.status == 409
    assert "refused" in other.page.ids


async def test_what_the_desk_does_not_have(world: World) -> None:
    officer = await signed_in(world, "officer1")
    before = await world.seq()
    assert (await officer.open(f"/desk/{BRANCH}/99")).status == 404
    assert (await officer.open("/desk/nowhere/1")).status == 404
    assert (await officer.post(f"{DESK}/do/open-day", {})).status == 404
    assert (await officer.post(f"{DESK}/do/recall", {})).status in (404, 409)
    assert (await officer.post(f"{DESK}/do/transfer", {"number": "A-001", "to": "x"})).status == 422
    assert (await officer.post(f"{DESK}/do/pause", {})).status == 422
    assert await world.seq() == before


async def test_guards_and_strangers_stay_out(world: World) -> None:
    guard = await signed_in(world, "guard")
    assert (await guard.open(DESK)).status == 403
    stranger = await Staff(world).open(DESK)
    assert stranger.at.startswith("/sign-in?next=")


async def test_somebody_with_a_missed_number_is_found_and_the_search_stays(world: World) -> None:
    await world.issue()
    await world.issue()
    officer = await at_an_open_desk(world)
    await officer.press("Panggil berikutnya")
    await officer.press("Ya, lewati A-001")
    await officer.open(f"{DESK}?q=a1")
    assert "found-A-001" in officer.page.ids
    found = next(one for one in officer.page.buttons if one.text == "Masuk antrean lagi")
    await officer.post(found.action, found.fields)
    assert officer.at == f"{DESK}?q=a1"
    assert world.day.tickets["A-001"].state == "waiting"
    await officer.open(officer.page.link("Tutup hasil").href)
    assert officer.at == DESK


async def test_the_whole_line_is_turned_page_by_page_and_a_call_keeps_the_page(
    world: World,
) -> None:
    for _ in range(45):
        await world.issue()
    officer = await at_an_open_desk(world)
    await officer.open(DESK + officer.page.link("Tampilkan semua (45)").href)
    assert "row-A-020" in officer.page.ids
    assert "row-A-021" not in officer.page.ids
    await officer.open(DESK + officer.page.link("Berikutnya").href)
    await officer.open(f"{DESK}?list=line&page=3&ticket=A-045")
    assert "41–45 dari 45" in officer.page.text
    await officer.press("Panggil A-045 sekarang", reason="urgent")
    assert officer.at == f"{DESK}?list=line&page=3"
    assert "41–44 dari 44" in officer.page.text
    await officer.open(f"{DESK}?list=line&page=99")
    assert "41–44 dari 44" in officer.page.text, "a list that became shorter has a last page"


async def test_an_address_that_asks_for_nonsense_shows_the_desk(world: World) -> None:
    officer = await at_an_open_desk(world)
    for query in (
        "list=secrets",
        "list=line&page=x",
        "list=line&page=0",
        "ticket=%00",
        "q=%3Cb%3E",
    ):
        assert (await officer.open(f"{DESK}?{query}")).status == 200
