"""What is told of numbers before one asks is what one then gets: kiosk, hall and afar."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from queue_server import views
from queue_server.domain.plan import WEEKDAYS, BranchPlan
from queue_server.views.scene import Scene
from tests.domain.day import Day, a_plan

PEOPLE = st.lists(
    st.sampled_from(["kiosk", "hall", "afar", "proof", "gone", "served", "open", "close"]),
    max_size=30,
)


def a_branch(quota: int | None, stop_min: int) -> BranchPlan:
    plan = a_plan(services="A", counters={"1": "A"}, wait_stop_min=stop_min)
    if quota is None:
        return plan
    week = dict.fromkeys(WEEKDAYS, quota)
    return replace(plan, services={"A": replace(plan.services["A"], quota=week)})


def happen(day: Day, what: str) -> None:
    unseen = [one.number for one in day.day.tickets.values() if one.place is None]
    match what:
        case "kiosk":
            day.issue(by="kiosk")
        case "hall":
            day.issue(by="phone", proven=True)
        case "afar":
            day.issue(by="phone")
        case "proof" if unseen:
            day.confirm(unseen[0])
        case "gone" if day.day.tickets:
            day.cancel(next(reversed(day.day.tickets)))
        case "served":
            day.serve_next("1")
        case "open":
            day.open("1")
        case "close":
            day.close("1")


@given(PEOPLE, st.none() | st.integers(0, 8), st.integers(0, 40), st.booleans())
def test_what_is_told_is_what_is_given(
    people: list[str], quota: int | None, stop_min: int, is_here: bool
) -> None:
    day = Day(a_branch(quota, stop_min))
    for what in people:
        happen(day, what)
    scene, before = Scene(day.day, day.now), day.day.issued.get("A", 0)
    (hall,), (afar,) = views.kiosk(scene).services, views.branch(scene).services
    left = hall.left if is_here else afar.left_afar
    day.issue(by="phone", proven=is_here)
    is_given = day.day.issued.get("A", 0) > before
    assert is_given is (left != 0 and not hall.too_long)
    assert (hall.left, hall.left_afar, hall.too_long) == (afar.left, None, afar.too_long)


@given(PEOPLE, st.integers(0, 5))
def test_a_proof_is_refused_only_where_its_page_said_so(people: list[str], quota: int) -> None:
    day = Day(a_branch(quota, 0))
    for what in people:
        happen(day, what)
    waiting = [one for one in day.day.tickets.values() if one.place is None]
    for ticket in [one for one in waiting if one.state == "waiting"][:3]:
        told = views.ticket(Scene(day.day, day.now), ticket.number)
        assert told.stage == "unproven"
        assert (day.confirm(ticket.number) == "quota_full") is told.quota_full
