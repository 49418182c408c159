"""Somebody forgot to say how it ended: the ticket, the counter and the day come free again."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.model import BranchDay
from queue_server.domain.tally import taught_by
from tests.domain.day import Day, a_plan

TUESDAY = date(2026, 11, 24)


def with_somebody_served(**options: Any) -> Day:
    day = Day(**options)
    day.issue("A", by="phone", proven=True, browser="phone")
    day.call_next()
    day.start("A-001")
    return day


class TestTheNextDayOpens:
    def test_whoever_is_still_at_a_counter_is_forgotten_and_the_waiting_are_unserved(self) -> None:
        day = Day()
        for _ in range(3):
            day.issue()
        day.call_next("1")
        day.start("A-001")
        day.call_next("2")
        closed = day.at("07:30", TUESDAY).end_day()
        assert closed.unserved == ("A-003",)
        assert [day.state(n) for n in day.day.tickets] == ["forgotten", "forgotten", "unserved"]
        assert [type(one) for one in day.last] == [
            e.TicketForgotten,
            e.TicketForgotten,
            e.DayClosed,
        ]
        assert all(not one.open_tickets for one in day.day.counters.values())

    def test_a_hand_that_closes_the_day_is_told_who_is_still_there(self) -> None:
        day = with_somebody_served()
        assert day.close_day() == "day_busy"

    def test_they_stay_so_when_the_day_is_reopened(self) -> None:
        day = with_somebody_served()
        day.end_day()
        day.open_day()
        assert day.state("A-001") == "forgotten"


class TestWhatIsLearned:
    def taught(self, day: Day) -> tuple[int, float]:
        learned = taught_by(day.day)["A"]
        return learned.count, learned.mean_min

    def test_nothing_of_a_forgotten_one(self) -> None:
        day = with_somebody_served()
        day.at("07:30", TUESDAY).end_day()
        assert self.taught(day) == (0, 0.0)

    def test_nothing_of_an_end_that_came_after_an_hour(self) -> None:
        day = with_somebody_served()
        day.after(minutes=60).finish("A-001")
        assert self.taught(day) == (0, 0.0)

    def test_but_of_one_a_moment_before(self) -> None:
        day = with_somebody_served()
        day.after(minutes=59, seconds=59.999).finish("A-001")
        assert self.taught(day)[0] == 1

    def test_nothing_of_one_who_came_back_from_a_forgotten_stay(self) -> None:
        day = with_somebody_served()
        day.after(hours=3).return_("A-001")
        day.call_next()
        day.after(minutes=5).finish("A-001")
        assert self.taught(day) == (0, 0.0)

    def test_what_was_undone_left_no_trace(self) -> None:
        day = with_somebody_served()
        day.after(minutes=60).finish("A-001")
        day.undo("A-001")
        assert not day["A-001"].belated


class TestTheHolder:
    def test_may_end_it_after_an_hour_without_a_word(self) -> None:
        day = with_somebody_served()
        assert day.after(minutes=59, seconds=59).leave("A-001") == "still_at_counter"
        assert day.refused == {"number": "A-001", "after_min": 60}
        assert isinstance(day.after(seconds=1).leave("A-001"), e.TicketForgotten)
        assert day.day.counters["1"].open_tickets == ()
        assert day.finish("A-001") == "wrong_state"
        assert day.refused["state"] == "forgotten"

    def test_every_announcement_begins_the_hour_anew(self) -> None:
        day = Day()
        day.issue()
        day.call_next()
        day.after(minutes=40).recall("A-001")
        assert day.after(minutes=40).leave("A-001") == "still_at_counter"

    def test_takes_a_number_for_something_else_and_the_old_one_ends(self) -> None:
        day = with_somebody_served()
        assert day.after(minutes=60).issue("B", by="phone", browser="phone") == "B-001"
        assert [type(one) for one in day.last] == [e.TicketForgotten, e.TicketIssued]
        assert day.state("A-001") == "forgotten"

    def test_before_that_hour_gets_the_old_number_and_so_for_the_same_service(self) -> None:
        day = with_somebody_served()
        assert day.after(minutes=59).issue("B", by="phone", browser="phone").number == "A-001"
        assert day.after(minutes=1).issue("A", by="phone", browser="phone").number == "A-001"
        assert day.state("A-001") == "serving"

    def test_a_refused_number_ends_nothing(self) -> None:
        day = Day(quota={"mon": 1})
        day.issue("A", by="phone", proven=True, browser="phone")
        day.issue("B")
        day.call_next()
        day.start("A-001")
        assert day.after(minutes=60).issue("B", by="phone", browser="phone") == "quota_full"
        assert day.state("A-001") == "serving"

    def test_with_the_same_identity_too(self) -> None:
        day = Day()
        whose: dict[str, Any] = {
            "by": "phone",
            "proven": True,
            "browser": "phone",
            "identity": "nik",
        }
        day.issue("A", **whose)
        day.call_next()
        assert day.after(minutes=60).issue("B", **whose) == "B-001"
        assert day.issue("A", by="phone", browser="other", identity="nik") == "already_has_ticket"


class TestACounterLeftBehind:
    def held_by_ani(self) -> Day:
        day = Day()
        day.close("1")
        day.take("1", "ani")
        return day

    def test_is_held_for_an_hour_and_may_then_be_taken_over(self) -> None:
        day = self.held_by_ani()
        assert day.after(minutes=59).take("1", "budi") == "counter_held"
        assert isinstance(day.after(minutes=1).take("1", "budi"), e.CounterOpened)
        assert day.day.counters["1"].holder == "budi"

    def test_whoever_still_sits_there_is_forgotten(self) -> None:
        day = self.held_by_ani()
        day.issue()
        day.call_next()
        day.after(minutes=60).take("1", "budi")
        assert [type(one) for one in day.last] == [
            e.TicketForgotten,
            e.CounterClosed,
            e.CounterOpened,
        ]
        assert day.state("A-001") == "forgotten"

    def test_whatever_is_done_there_begins_the_hour_anew(self) -> None:
        day = self.held_by_ani()
        day.issue()
        steps: list[tuple[Callable[..., Any], str]] = [
            (day.call_next, "1"),
            (day.recall, "A-001"),
            (day.start, "A-001"),
            (day.finish, "A-001"),
            (day.undo, "A-001"),
            (day.finish, "A-001"),
            (day.pause, "1"),
            (day.resume, "1"),
        ]
        for (step, what), (following, _) in zip(steps, [*steps[1:], steps[0]], strict=True):
            step(what)
            day.after(minutes=0 if following == day.undo else 59)
            assert day.take("1", "budi") == "counter_held"
        assert isinstance(day.after(minutes=1).take("1", "budi"), e.CounterOpened)


def test_a_plan_from_before_this_rule_has_its_default() -> None:
    assert BranchDay(plan=a_plan(), date=TUESDAY).plan.rules.forgotten_after_min == 60


def test_longer_services_have_a_longer_patience() -> None:
    day = with_somebody_served(forgotten_after_min=240)
    day.after(minutes=239).finish("A-001")
    assert taught_by(day.day)["A"].count == 1
    assert day.answer(c.Leave(number="A-001")) == "wrong_state"
    assert day["A-001"].periods[-1].end == day.at_hour("08:00") + timedelta(minutes=239)
