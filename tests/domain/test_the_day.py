"""The day: opening, the intake's hours and hands, closing, reopening, settings at noon."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.fold import BrokenInvariant, apply
from queue_server.domain.hours import intake_open
from queue_server.domain.plan import CounterPlan
from tests.domain.day import MONDAY, Day, a_plan


def by_the_clock() -> Day:
    day = Day(hours=("07:30", "15:00"), opened=False)
    day.at("07:00").open_day()
    return day


class TestIntake:
    def test_it_opens_and_closes_by_the_plan(self) -> None:
        day = by_the_clock()
        assert day.at("07:29:59").issue() == "intake_closed"
        assert day.refused == {"opens_at": day.at_hour("07:30")}
        assert day.at("07:30:00").issue() == "A-001"
        assert day.at("14:59:59").issue() == "A-002"
        assert day.at("15:00:00").issue() == "intake_closed"
        assert day.refused == {"opens_at": day.at_hour("07:30", date(2026, 11, 24))}

    def test_a_hand_holds_until_the_plans_next_hour(self) -> None:
        day = by_the_clock()
        day.at("07:10").open_intake()
        assert day.issue() == "A-001"
        day.at("10:00").close_intake()
        assert day.at("14:00").issue() == "intake_closed"
        day.at("15:10").open_intake()
        assert day.at("16:00").issue() == "A-002"

    def test_a_hand_that_closed_early_gives_way_to_the_opening_hour(self) -> None:
        day = by_the_clock()
        day.at("07:10").open_intake()
        day.at("07:20").close_intake()
        assert day.at("07:30").issue() == "A-001"

    def test_without_hours_opening_the_day_opens_the_intake(self) -> None:
        day = Day()
        day.close_intake()
        assert day.issue() == "intake_closed"
        assert day.refused == {"opens_at": None}
        day.close_day()
        day.open_day()
        assert day.issue() == "A-001"

    def test_on_holidays_only_a_hand_opens(self) -> None:
        plan = replace(a_plan(hours=("07:30", "15:00")), holidays=(MONDAY,))
        day = Day(plan)
        assert day.at("09:00").issue() == "intake_closed"
        day.open_intake()
        assert day.issue() == "A-001"

    def test_the_same_hand_twice_is_refused(self) -> None:
        day = Day()
        assert day.open_intake() == "wrong_state"

    def test_a_day_that_goes_on_past_midnight_gives_no_numbers_by_plan(self) -> None:
        day = by_the_clock()
        assert day.at("09:00", date(2026, 11, 24)).issue() == "intake_closed"

    def test_counters_call_whether_numbers_are_given_or_not(self) -> None:
        day = by_the_clock()
        day.open("1")
        day.at("08:00").issue()
        assert day.at("16:00").call_next() == ("A-001", "overdue")


class TestClosing:
    def test_not_while_somebody_is_called_or_served(self) -> None:
        day = Day()
        day.issue()
        day.call_next()
        assert day.close_day() == "day_busy"
        assert day.refused == {"open_tickets": ["A-001"]}

    def test_waiting_and_parked_go_unserved_counters_close(self) -> None:
        day = Day()
        day.issue()
        day.issue()
        day.issue(by="phone")
        day.call_next()
        day.park("A-001")
        day.close_day()
        assert {number: day.state(number) for number in day.day.tickets} == {
            "A-001": "unserved",
            "A-002": "unserved",
            "A-003": "unserved",
        }
        assert day.day.counters["1"].state.value == "closed"

    def test_a_closed_day_takes_no_commands(self) -> None:
        day = Day()
        day.issue()
        day.close_day()
        assert day.issue() == "intake_closed"
        assert day.call_next() == "wrong_state"
        assert day.refused["what"] == "day"
        assert day.close_day() == "wrong_state"


class TestReopening:
    def test_numbers_go_on_and_the_unserved_come_back_where_they_stood(self) -> None:
        day = Day()
        for _ in range(3):
            day.issue()
        day.call_next()
        day.park("A-001")
        places = [day["A-002"].place, day["A-003"].place]
        day.close_day()
        day.after(minutes=10).open_day()
        assert day.state("A-001") == "parked"
        assert [day["A-002"].place, day["A-003"].place] == places
        assert day.issue() == "A-004"
        assert day.call_next() == "counter_not_open"

    def test_the_run_goes_on(self) -> None:
        day = Day()
        for weight in (0, 1, 1, 1):
            day.issue(weight=weight)
        day.serve_next()
        day.serve_next()
        day.close_day()
        day.open_day()
        day.open("1")
        assert day.call_next() == ("A-001", "interleaved")

    def test_the_guards_turn_goes_on(self) -> None:
        day = Day()
        for _ in range(2):
            day.issue()
        day.after(minutes=61)
        assert day.serve_next() == ("A-001", "overdue")
        day.close_day()
        day.open_day()
        day.open("1")
        assert day.call_next() == ("A-002", "rank")

    def test_the_missed_may_rejoin(self) -> None:
        day = Day()
        day.issue()
        day.miss_next()
        day.close_day()
        assert day.rejoin("A-001") == "wrong_state"
        day.open_day()
        day.rejoin("A-001")
        assert day.line == ["A-001"]

    def test_an_unproven_ticket_comes_back_unproven(self) -> None:
        day = Day()
        day.issue(by="phone")
        day.close_day()
        day.open_day()
        assert day.line == []
        day.confirm("A-001")
        assert day.line == ["A-001"]


class TestNumbersHandedOutUnseen:
    """After a restored backup: paper tells more than the log."""

    def test_the_next_number_follows_the_paper(self) -> None:
        day = Day()
        day.issue()
        day.continue_numbers(A=7, B=2)
        assert [day.issue(), day.issue("B"), day.issue()] == ["A-008", "B-003", "A-009"]

    def test_never_back(self) -> None:
        day = Day()
        for _ in range(3):
            day.issue()
        assert day.continue_numbers(A=1, B=0).last == (("A", 3), ("B", 0))
        assert [day.issue(), day.issue("B")] == ["A-004", "B-001"]

    def test_a_letter_left_out_goes_on_from_what_the_log_knows(self) -> None:
        day = Day()
        day.issue("B")
        day.continue_numbers(A=4)
        assert day.issue("B") == "B-002"

    def test_what_was_never_written_down_is_no_ticket_and_uses_no_quota(self) -> None:
        day = Day(quota={"mon": 2})
        day.issue()
        day.continue_numbers(A=40)
        assert day.issue() == "A-041"
        assert day.issue() == "quota_full"
        assert day.call("A-040") == "unknown_ticket"
        assert day.line == ["A-001", "A-041"]

    def test_only_of_services_there_are_and_on_an_open_day(self) -> None:
        day = Day()
        assert day.continue_numbers(A=3, Z=4) == "unknown_service"
        day.close_day()
        assert day.continue_numbers(A=3) == "wrong_state"
        assert day.refused["what"] == "day"
        day.open_day()
        assert day.issue() == "A-001"

    @pytest.mark.parametrize("last", [("A", 1), ("Z", 3)])
    def test_a_log_that_sends_numbers_back_is_not_believed(self, last: tuple[str, int]) -> None:
        day = Day()
        day.issue()
        day.issue()
        with pytest.raises(BrokenInvariant):
            apply(day.day, e.NumbersContinued(at=day.now, last=(last,)))


class TestSettingsAtNoon:
    def test_they_hold_from_then_on(self) -> None:
        day = Day(order_policy="fifo")
        day.issue()
        day.issue(weight=1)
        day.do(c.ChangeSettings(plan=a_plan(order_policy="strict")))
        assert day.call_next() == ("A-002", "priority")

    def test_fewer_seats_drain(self) -> None:
        day = Day(booth_seats=3)
        for _ in range(3):
            day.issue()
            day.call_next("9")
        fewer = a_plan(booth_seats=1)
        day.do(c.ChangeSettings(plan=fewer))
        assert day.call_next("9") == "counter_full"
        day.finish("A-001")
        day.finish("A-002")
        day.finish("A-003")
        day.issue()
        assert day.call_next("9") == ("A-004", "rank")

    def test_only_a_day_that_was_opened_has_settings(self) -> None:
        day = Day(opened=False)
        assert day.answer(c.ChangeSettings(plan=a_plan(services="A"))) == "wrong_state"
        assert day.refused == {"what": "day", "name": "2026-11-23", "state": "closed"}
        day.open_day()
        day.close_day()
        day.do(c.ChangeSettings(plan=a_plan(services="A")))
        assert list(day.day.plan.services) == ["A"]

    def test_a_counter_or_service_in_use_cannot_be_dropped(self) -> None:
        day = Day()
        day.issue("B")
        without_b = a_plan(services="A")
        assert day.answer(c.ChangeSettings(plan=without_b)) == "still_in_use"
        without_2 = replace(a_plan(), counters={"1": CounterPlan("1", (("A", "B"),))})
        assert day.answer(c.ChangeSettings(plan=without_2)) == "still_in_use"
        day.close("2")
        day.do(c.ChangeSettings(plan=without_2))
        assert list(day.day.plan.counters) == ["1"]


def test_a_clock_stepping_back_counts_as_standing_still() -> None:
    day = Day()
    day.issue()
    day.now -= timedelta(hours=1)
    day.issue()
    assert day["A-002"].issued_at == day["A-001"].issued_at
    assert day.line == ["A-001", "A-002"]


class TestAClockThatWasAhead:
    def stood_still(self) -> Day:
        """At noon of its own time, while it is nine."""
        day = by_the_clock()
        day.open("1")
        day.at("12:00").issue()
        day.call_next()
        return day.at("09:00")

    def test_a_recall_waits_for_no_gap_that_would_never_end(self) -> None:
        day = self.stood_still()
        assert isinstance(day.recall("A-001"), e.TicketRecalled)
        assert day.at("12:00:01").recall("A-001") == "too_soon"

    def test_what_is_told_of_the_intake_is_what_is_done(self) -> None:
        day = by_the_clock()
        day.at("15:01").open("1")
        day.at("14:00")
        assert day.issue() == "intake_closed"
        assert not intake_open(day.day, day.now)
