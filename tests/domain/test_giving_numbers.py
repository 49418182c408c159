"""Who gets a number, who has one already, and when there are none."""

from datetime import date

import pytest

from queue_server.domain.decide import AlreadyYours
from tests.domain.day import Day, a_plan


def test_numbers_of_a_letter_follow_one_another_without_gaps() -> None:
    day = Day()
    assert [day.issue("A"), day.issue("B"), day.issue("A")] == ["A-001", "B-001", "A-002"]
    assert day.line == ["A-001", "B-001", "A-002"]


def test_past_999_a_number_goes_on() -> None:
    day = Day(one_live_ticket=False)
    day.day.issued["A"] = 999
    day.stored.clear()
    day._happen = lambda events: None  # type: ignore[method-assign]  # only the decision counts
    assert day.issue("A") == "A-1000"


def test_a_refused_issue_uses_no_number() -> None:
    day = Day(quota={"mon": 1})
    day.issue("A")
    assert day.issue("A") == "quota_full"
    day.cancel("A-001")
    assert day.issue("A") == "A-002"


def test_the_quota_says_how_many_and_when_numbers_are_given_again() -> None:
    day = Day(quota={"mon": 2, "tue": 0}, hours=("07:30", "15:00"))
    day.issue("A")
    day.issue("A")
    assert day.issue("A") == "quota_full"
    wednesday = day.at_hour("07:30", date(2026, 11, 25))
    assert day.refused == {"service": "A", "quota": 2, "opens_at": wednesday}


def test_a_quota_of_nought_gives_none_that_day() -> None:
    assert Day(quota={"mon": 0}).issue("A") == "quota_full"


def test_a_quota_is_each_services_own() -> None:
    day = Day(quota={"mon": 1})
    day.issue("A")
    assert day.issue("B") == "B-001"


def test_a_ticket_cancelled_before_any_call_gives_its_place_in_the_quota_back() -> None:
    day = Day(quota={"mon": 1})
    day.issue("A")
    day.cancel("A-001")
    assert day.issue("A") == "A-002"


def test_a_ticket_cancelled_after_a_call_does_not() -> None:
    day = Day(quota={"mon": 1})
    day.issue("A")
    day.call_next()
    day.cancel("A-001")
    assert day.issue("A") == "quota_full"


def test_an_undone_call_does_not_count_as_a_call_before_a_cancel() -> None:
    day = Day(quota={"mon": 1})
    day.issue("A")
    day.call_next()
    day.undo("A-001")
    day.cancel("A-001")
    assert day.issue("A") == "A-002"


def test_the_same_browser_gets_its_own_ticket_back_intake_open_or_not() -> None:
    day = Day()
    day.issue("A", by="phone", browser="mine")
    assert day.issue("B", by="phone", browser="mine") == AlreadyYours("A-001")
    day.close_intake()
    assert day.issue("A", by="phone", browser="mine") == AlreadyYours("A-001")


def test_somebody_who_types_anothers_number_learns_nothing_of_the_ticket() -> None:
    day = Day()
    day.issue("A", by="phone", browser="hers", identity="nik")
    assert day.issue("A", by="phone", browser="his", identity="nik") == "already_has_ticket"
    assert day.refused == {}


def test_a_missed_ticket_is_live_while_it_may_rejoin() -> None:
    day = Day(rejoins_max=1)
    day.issue("A", by="phone", browser="mine", proven=True)
    day.miss_next()
    assert day.issue("A", by="phone", browser="mine") == AlreadyYours("A-001")
    day.rejoin("A-001")
    day.miss_next()
    assert day.issue("A", by="phone", browser="mine") == "A-002"


def test_a_browser_may_take_so_many_numbers_a_day() -> None:
    day = Day(tickets_per_browser_max=2)
    for number in ("A-001", "A-002"):
        assert day.issue("A", by="phone", browser="mine") == number
        day.cancel(number)
    assert day.issue("A", by="phone", browser="mine") == "too_many_tickets"
    assert day.issue("A", by="phone", browser="other") == "A-003"


def test_staff_and_devices_issue_without_a_person() -> None:
    day = Day()
    assert [day.issue(by="guard"), day.issue(by="guard"), day.issue(by="kiosk")] == [
        "A-001",
        "A-002",
        "A-003",
    ]


def test_an_unknown_service_is_said_to_be_unknown() -> None:
    assert Day().issue("Z") == "unknown_service"


def test_a_branch_may_give_no_numbers_without_a_hall_code() -> None:
    plan = a_plan()
    object.__setattr__(plan, "unproven_allowed", False)
    day = Day(plan)
    assert day.issue("A", by="phone") == "presence_needed"
    assert day.issue("A", by="phone", proven=True) == "A-001"


class TestUnproven:
    def test_it_is_never_called_and_not_in_the_line(self) -> None:
        day = Day()
        day.issue("A", by="phone")
        assert day.line == []
        assert day.call_next() == "nobody_waiting"
        assert day.call("A-001") == "not_callable"

    @pytest.mark.parametrize("verb", ["transfer", "defer"])
    def test_it_cannot_be_sent_anywhere(self, verb: str) -> None:
        day = Day()
        day.issue("A", by="phone")
        answer = day.defer("A-001") if verb == "defer" else day.transfer("A-001", service="B")
        assert answer == "not_callable"

    def test_rank_and_since_are_those_of_the_proof(self) -> None:
        day = Day()
        day.issue("A", by="phone")
        day.issue("A")
        day.after(minutes=5).confirm("A-001")
        assert day.line == ["A-002", "A-001"]
        place = day["A-001"].place
        assert place is not None
        assert place.since == day.now

    def test_presence_is_proven_once(self) -> None:
        day = Day()
        day.issue("A", by="phone")
        day.confirm("A-001")
        assert day.confirm("A-001") == "wrong_state"

    def test_it_uses_quota_and_gives_it_back_when_it_lapses(self) -> None:
        day = Day(quota={"mon": 1})
        day.issue("A", by="phone")
        assert day.issue("A") == "quota_full"
        day.after(minutes=120)
        assert day.issue("A") == "quota_full"
        day.after(seconds=1)
        assert day.issue("A") == "A-002"
        assert day.state("A-001") == "cancelled"

    def test_it_lapses_even_where_the_command_after_it_is_refused(self) -> None:
        day = Day()
        day.issue("A", by="phone")
        day.after(minutes=121)
        assert day.call_next() == "nobody_waiting"
        assert day.state("A-001") == "cancelled"
