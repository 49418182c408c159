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
    assert day.refused == {"service": "A", "quota": 2, "left": 0, "opens_at": wednesday}


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


class TestWaitTooLong:
    """`wait_stop_min`; of a wait learned nothing about, 10 minutes each at two counters."""

    def test_phone_and_kiosk_get_none_from_the_limit_on(self) -> None:
        day = Day(wait_stop_min=20)
        given = [day.issue("A", by="kiosk") for _ in range(20)]
        assert given.index("wait_too_long") == 6
        assert day.refused == {"service": "A", "wait_min": 20, "limit_min": 20}
        assert day.issue("A", by="phone", proven=True) == "wait_too_long"
        assert day.issue("A", by="phone") == "wait_too_long"

    def test_a_guard_may_still_give_one(self) -> None:
        day = Day(wait_stop_min=5)
        given = [day.issue("A", by="guard") for _ in range(10)]
        assert day.issue("A", by="kiosk") == "wait_too_long"
        assert given[-1] == "A-010"

    def test_numbers_are_given_again_when_it_has_become_shorter(self) -> None:
        day = Day(wait_stop_min=5)
        for _ in range(10):
            day.issue("A")
        assert day.issue("A", by="kiosk") == "wait_too_long"
        for _ in range(10):
            day.serve_next()
        assert day.issue("A", by="kiosk") == "A-011"

    def test_a_living_number_is_given_back_all_the_same(self) -> None:
        day = Day(wait_stop_min=5)
        day.issue("A", by="phone", browser="mine", proven=True)
        for _ in range(10):
            day.issue("A")
        assert day.issue("A", by="phone", browser="mine") == AlreadyYours("A-001")

    def test_without_an_open_counter_no_wait_is_told_and_none_refused(self) -> None:
        day = Day(wait_stop_min=1)
        for _ in range(10):
            day.issue("A")
        day.close("1")
        day.close("2")
        assert day.issue("A", by="kiosk") == "A-011"

    def test_it_is_off_unless_a_branch_sets_it(self) -> None:
        day = Day()
        assert [day.issue("A", by="kiosk") for _ in range(99)][-1] == "A-099"

    def test_each_service_has_its_own_wait(self) -> None:
        day = Day(counters={"1": "A", "2": "B"}, wait_stop_min=20)
        for _ in range(10):
            day.issue("A")
        assert day.issue("A", by="kiosk") == "wait_too_long"
        assert day.issue("B", by="kiosk") == "B-001"


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

    def test_it_uses_no_quota_so_whoever_is_here_gets_a_number(self) -> None:
        day = Day(quota={"mon": 1})
        day.issue("A", by="phone")
        assert day.issue("A", by="kiosk") == "A-002"

    @pytest.mark.parametrize("by", ["kiosk", "guard", "phone"])
    def test_the_street_never_takes_a_place_from_the_hall(self, by: str) -> None:
        day = Day(quota={"mon": 40})
        given = [day.issue("A", by="phone") for _ in range(60)]
        assert given[39:41] == ["A-040", "quota_full"]
        here = [day.issue("A", by=by, proven=True) for _ in range(41)]
        assert here[39:] == ["A-080", "quota_full"]

    def test_it_is_given_only_while_a_place_may_be_left_for_it(self) -> None:
        day = Day(quota={"mon": 3})
        day.issue("A")
        assert [day.issue("A", by="phone") for _ in range(3)] == ["A-002", "A-003", "quota_full"]
        day.cancel("A-002")
        assert day.issue("A", by="phone") == "A-004"
        day.issue("A", by="kiosk")
        assert day.issue("A", by="phone") == "quota_full"
        assert day.refused["left"] == 1

    def test_those_of_another_service_do_not_count(self) -> None:
        day = Day(quota={"mon": 1})
        day.issue("A", by="phone")
        assert day.issue("B", by="phone") == "B-001"

    def test_the_proof_takes_a_place(self) -> None:
        day = Day(quota={"mon": 1})
        day.issue("A", by="phone")
        day.confirm("A-001")
        assert day.issue("A") == "quota_full"
        day.cancel("A-001")
        assert day.issue("A") == "A-002"

    def test_the_proof_is_refused_when_no_place_is_left_and_may_come_later(self) -> None:
        day = Day(quota={"mon": 1, "tue": 1}, hours=("07:30", "15:00"))
        day.issue("A", by="phone")
        day.issue("A")
        assert day.confirm("A-001") == "quota_full"
        assert day.refused["opens_at"] == day.at_hour("07:30", date(2026, 11, 24))
        day.cancel("A-002")
        day.confirm("A-001")
        assert day.line == ["A-001"]

    def test_it_gives_nothing_back_when_it_goes(self) -> None:
        day = Day(quota={"mon": 2})
        day.issue("A", by="phone")
        day.issue("A", by="phone")
        day.cancel("A-001")
        day.after(minutes=121)
        assert [day.issue("A") for _ in range(3)] == ["A-003", "A-004", "quota_full"]
        assert day.state("A-002") == "cancelled"

    def test_it_is_still_unproven_on_a_reopened_day(self) -> None:
        day = Day(quota={"mon": 1})
        day.issue("A", by="phone")
        day.close_day()
        day.open_day()
        assert day.issue("A", by="phone") == "quota_full"
        assert day.issue("A") == "A-002"

    def test_it_lapses_even_where_the_command_after_it_is_refused(self) -> None:
        day = Day()
        day.issue("A", by="phone")
        day.after(minutes=121)
        assert day.call_next() == "nobody_waiting"
        assert day.state("A-001") == "cancelled"
