"""What a desk is shown: who comes next and why, what lies beside, what may be taken back."""

from __future__ import annotations

import pytest

from queue_server import views, wire
from queue_server.views import Scene
from tests.domain.day import Day


@pytest.fixture
def day() -> Day:
    return Day(services="ABC", counters={"1": "AB", "2": "C"}, recall_gap_s=0)


def desk(day: Day, counter: str = "1") -> wire.DeskView:
    return views.desk(Scene(day.day, day.now), counter)


def numbers(tickets: wire.Few) -> list[str]:
    return [ticket.number for ticket in tickets.first]


def test_the_next_ones_stand_in_the_order_of_calls_with_their_reasons(day: Day) -> None:
    day.issue("A"), day.issue("A"), day.issue("B")
    day.prioritise("B-001")
    shown = desk(day)
    assert [(one.number, one.rule) for one in shown.line.first] == [
        ("B-001", "priority"),
        ("A-001", "rank"),
        ("A-002", "rank"),
    ]
    assert (shown.overtakes, shown.overtakes_count) == (("A-001", "A-002"), 2)
    assert day.call_next("1") == ("B-001", "priority")


def test_a_long_line_is_shown_by_its_first_dozen_and_counted(day: Day) -> None:
    for _ in range(30):
        day.issue("A")
    day.prioritise("A-030")
    shown = desk(day)
    assert (shown.line.count, len(shown.line.first)) == (30, 12)
    assert numbers(shown.line)[0] == "A-030"
    assert (len(shown.overtakes), shown.overtakes_count) == (3, 29)


def test_those_who_wait_elsewhere_are_counted(day: Day) -> None:
    day.issue("A"), day.issue("C"), day.issue("A", by="phone")
    assert (desk(day).line.count, desk(day).elsewhere) == (1, 2)
    assert (desk(day, "2").line.count, desk(day, "2").elsewhere) == (1, 2)


def test_its_own_parked_and_missed_come_first(day: Day) -> None:
    for service, counter in (("A", "1"), ("C", "2")):
        number = day.issue(service)
        day.call_next(counter), day.park(number)
        day.after(seconds=1).issue(service), day.miss_next(counter)
    assert numbers(desk(day, "2").parked) == ["C-001", "A-001"]
    assert numbers(desk(day, "1").missed) == ["A-002", "C-002"]


class TestWhatMayBeTakenBack:
    def test_is_the_newest_action_of_this_counter(self, day: Day) -> None:
        day.issue("A"), day.issue("A")
        day.serve_next("1")
        undo = desk(day).undo
        assert undo is not None
        assert (undo.number, undo.verb) == ("A-001", "finish")
        day.after(seconds=1).call_next("1")
        undo = desk(day).undo
        assert undo is not None
        assert (undo.number, undo.verb) == ("A-002", "call")
        assert desk(day, "2").undo is None

    def test_is_nothing_after_its_time(self, day: Day) -> None:
        day.issue("A"), day.serve_next("1")
        assert desk(day.after(seconds=30)).undo is not None
        assert desk(day.after(seconds=1)).undo is None

    def test_is_a_ticket_handed_on_to_another_counter_too(self, day: Day) -> None:
        day.issue("A"), day.call_next("1")
        day.transfer("A-001", counter="2")
        undo = desk(day).undo
        assert undo is not None
        assert (undo.number, undo.verb) == ("A-001", "transfer")


def test_what_was_done_last_is_shown_newest_first_and_never_more_than_six(day: Day) -> None:
    for _ in range(9):
        day.after(seconds=1).issue("A"), day.serve_next("1")
    assert [one.number for one in desk(day).recent] == [f"A-00{n}" for n in range(9, 3, -1)]
    assert desk(day).served_today == 9


def test_a_ticket_handed_on_says_what_it_waits_for_now(day: Day) -> None:
    day.issue("A"), day.transfer("A-001", service="C")
    (ticket,) = desk(day, "2").line.first
    assert (ticket.service, ticket.waits_for) == ("C", "C")
    day.issue("C")
    assert [one.waits_for for one in desk(day, "2").line.first] == ["C", "C"]


class TestTheCodeOfWhatAStateAllows:
    def can(self, day: Day, number: str) -> set[str]:
        (ticket,) = views.tickets(Scene(day.day, day.now), wire.TicketsAsked(search=number)).tickets
        assert all(ticket.allows(wire.VERB_CODES[code]) for code in ticket.can)
        return {wire.VERB_CODES[code] for code in ticket.can}

    def test_in_the_line_and_before_it(self, day: Day) -> None:
        day.issue("A"), day.issue("A", by="phone")
        assert self.can(day, "A-001") == {"prioritise", "call", "transfer", "cancel"}
        assert self.can(day, "A-002") == {"confirm_presence", "prioritise", "cancel"}

    def test_at_the_counter_and_after_it(self, day: Day) -> None:
        day.issue("A"), day.call_next("1")
        assert "recall" in self.can(day, "A-001")
        day.start("A-001")
        assert "recall" not in self.can(day, "A-001")
        day.finish("A-001")
        assert self.can(day, "A-001") == set()

    def test_a_missed_one_rejoins_only_so_often(self, day: Day) -> None:
        for _ in range(2):
            day.issue("A") if not day.day.tickets else None
            day.miss_next("1")
            assert "rejoin" in self.can(day, "A-001")
            day.rejoin("A-001")
        day.miss_next("1")
        assert "rejoin" not in self.can(day, "A-001")


def test_what_is_as_usual_is_left_out_on_the_wire(day: Day) -> None:
    day.issue("A")
    (ticket,) = desk(day).line.first
    assert wire.encode(ticket) == (
        b'{"number":"A-001","state":"waiting","since":"2026-11-23T00:00:00Z",'
        b'"rule":"rank","can":"yctx"}'
    )


def test_another_plan_has_another_name(day: Day) -> None:
    scene = Scene(day.day, day.now)
    assert views.plan(scene).plan == desk(day).plan == views.guard(scene).plan
    other = Day(services="ABC", counters={"1": "A,B", "2": "C"})
    assert desk(other).plan != desk(day).plan
