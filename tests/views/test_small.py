"""Every pushed view stays small, whatever the day holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from string import ascii_uppercase

import pytest

from queue_server import views, wire
from queue_server.domain.model import TicketState
from queue_server.domain.tally import count_in
from queue_server.views import Scene
from tests.views.crowded import BOOTH, Crowd, a_plan, crowded

BYTES_MAX = 8_192

PUSHED: dict[str, Callable[[Scene], wire.View]] = {
    "desk": lambda scene: views.desk(scene, "1"),
    "booth": lambda scene: views.desk(scene, BOOTH),
    "guard": views.guard,
    "board": views.board,
    "kiosk": views.kiosk,
    "waiting": lambda scene: views.ticket(scene, _last_waiting(scene)),
}


def _last_waiting(scene: Scene) -> str:
    waiting = (t for t in scene.day.tickets.values() if t.callable)
    return max(waiting, key=lambda ticket: ticket.rank).number


@pytest.fixture(scope="module")
def full() -> Crowd:
    return crowded(a_plan())


@pytest.mark.parametrize("name", PUSHED)
def test_a_day_of_thousands_fits_into_a_small_view(full: Crowd, name: str) -> None:
    assert len(wire.encode(PUSHED[name](full.scene()))) <= BYTES_MAX


def test_the_day_was_full(full: Crowd) -> None:
    day = full.day
    assert count_in(day, TicketState.WAITING) == 1_700
    assert count_in(day, TicketState.FINISHED) == 3_000
    assert len(day.counters[BOOTH].open_tickets) == 6
    guard = views.guard(full.scene())
    lists = (guard.wishes, guard.unproven, guard.absent, guard.parked, guard.missed)
    assert all(few.count > len(few.first) > 0 for few in lists)


@pytest.mark.parametrize(("services", "counters"), [("ABCDEF", 20), ("ABCDEFGHIJKL", 12)])
def test_the_guard_of_a_large_branch_as_the_page_says(services: str, counters: int) -> None:
    crowd = crowded(a_plan(services, counters), waiting=150, served=150)
    assert len(wire.encode(views.guard(crowd.scene()))) <= BYTES_MAX


def test_a_desk_and_a_kiosk_of_the_largest_branch() -> None:
    plan = a_plan(ascii_uppercase, 40, seats=12)
    names = {
        letter: replace(one, name_id=letter * 60, name_en=letter * 60)
        for letter, one in plan.services.items()
    }
    crowd = crowded(replace(plan, services=names), waiting=150, served=150)
    for see in (PUSHED["desk"], PUSHED["booth"], PUSHED["kiosk"]):
        assert len(wire.encode(see(crowd.scene()))) <= BYTES_MAX


def test_what_is_asked_for_is_a_page_of_at_most_fifty(full: Crowd) -> None:
    page = views.tickets(full.scene(), wire.TicketsAsked(group=wire.Group.LINE))
    assert (len(page.tickets), page.count, page.next) == (50, 1_500, 2)
