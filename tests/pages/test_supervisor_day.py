"""The supervisor's hand on the day, against the whole application."""

from __future__ import annotations

from tests.pages.staff_browser import signed_in
from tests.web.harness import BRANCH, World

PAGE = f"/supervisor/{BRANCH}"


async def test_intake_and_day_by_hand(world: World) -> None:
    supervisor = await signed_in(world, "supervisor")
    assert supervisor.at == PAGE
    await supervisor.press("Hentikan pemberian nomor")
    assert "Nomor tidak diberikan lagi." in supervisor.page.text
    await supervisor.press("Mulai beri nomor")
    await supervisor.press("Ya, tutup hari ini")
    assert world.day.state == "closed"
    await supervisor.press("Buka hari layanan")
    assert world.day.state == "open"


async def test_a_forgotten_counter_is_released(world: World) -> None:
    await world.issue()
    await world.open_counter()
    await world.call_next()
    supervisor = await signed_in(world, "supervisor")
    assert "Belum bisa ditutup: A-001" in supervisor.page.text
    await supervisor.press("Ya, lepaskan")
    day = world.day
    assert (day.counters["1"].state, day.tickets["A-001"].state) == ("closed", "waiting")


async def test_a_day_somebody_is_served_in_is_not_closed(world: World) -> None:
    await world.issue()
    await world.open_counter()
    await world.call_next()
    supervisor = await signed_in(world, "supervisor")
    await supervisor.post(f"{PAGE}/do/close-day", {"request_id": "x1"})
    assert supervisor.status == 409
    assert "refused" in supervisor.page.ids


async def test_only_supervisors_and_admins_come_in(world: World) -> None:
    for name, status in {"guard": 403, "officer1": 403, "auditor": 403, "admin": 200}.items():
        person = await signed_in(world, name)
        assert (await person.open(PAGE)).status == status, name


async def test_the_poster_is_a_file_to_print_for_the_supervisor_alone(world: World) -> None:
    supervisor = await signed_in(world, "supervisor")
    assert f"{PAGE}/poster" in (await supervisor.client.get(PAGE)).text
    for size in ("a4", "a3"):
        file = await supervisor.client.get(f"{PAGE}/poster?size={size}")
        assert file.headers["content-type"] == "application/pdf"
        assert f"poster-{BRANCH}-{size}.pdf" in file.headers["content-disposition"]
        assert file.content.startswith(b"%PDF-")
    guard = await signed_in(world, "guard")
    await guard.open(f"{PAGE}/poster")
    assert guard.status == 403
