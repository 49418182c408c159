"""A ticket at the counter: called, recalled, served, skipped, parked, handed on; and the counter
itself.
"""

import pytest

from queue_server.domain import commands as c
from tests.domain.day import Day


def kinds(day: Day, number: str) -> list[str]:
    return [period.kind.value for period in day[number].periods]


def test_a_tickets_life_is_kept_as_periods() -> None:
    day = Day()
    day.issue()
    day.after(minutes=10).call_next()
    day.after(minutes=1).start("A-001")
    day.after(minutes=7).finish("A-001")
    spans = [(p.kind.value, (p.end - p.start).seconds) for p in day["A-001"].periods if p.end]
    assert spans == [("waiting", 600), ("called", 60), ("serving", 420)]


def test_finishing_a_called_ticket_implies_the_start() -> None:
    day = Day()
    day.issue()
    day.call_next()
    day.after(minutes=2).finish("A-001")
    assert kinds(day, "A-001") == ["waiting", "called", "serving"]


class TestSeats:
    def test_a_full_desk_calls_nobody_and_names_whom_it_has(self) -> None:
        day = Day()
        day.issue()
        day.issue()
        day.call_next()
        assert day.call_next() == "counter_full"
        assert day.refused["open_tickets"] == ["A-001"]

    def test_a_booth_holds_as_many_as_it_has_seats(self) -> None:
        day = Day(booth_seats=2)
        for _ in range(3):
            day.issue()
        assert day.call_next("9") == ("A-001", "rank")
        assert day.call_next("9") == ("A-002", "rank")
        assert day.call_next("9") == "counter_full"

    def test_capacity_holds_for_a_call_out_of_order_and_for_unpark(self) -> None:
        day = Day()
        for _ in range(3):
            day.issue()
        day.call_next()
        day.park("A-001")
        day.call_next()
        assert day.call("A-003") == "counter_full"
        assert day.unpark("A-001") == "counter_full"


class TestRecall:
    @pytest.mark.parametrize(("waited", "refused"), [(19, True), (20, False)])
    def test_not_sooner_than_the_gap_after_the_last_announcement(
        self, waited: int, refused: bool
    ) -> None:
        day = Day()
        day.issue()
        day.call_next()
        answer = day.after(seconds=waited).recall("A-001")
        assert (answer == "too_soon") is refused

    def test_each_recall_starts_the_gap_anew(self) -> None:
        day = Day()
        day.issue()
        day.call_next()
        day.after(seconds=25).recall("A-001")
        assert day.after(seconds=19).recall("A-001") == "too_soon"
        assert day.refused["wait_s"] == 1

    def test_only_from_called(self) -> None:
        day = Day()
        day.issue()
        assert day.recall("A-001") == "wrong_state"


class TestSkip:
    def test_after_three_announcements_the_call_counted(self) -> None:
        day = Day()
        day.issue()
        day.call_next()
        day.after(seconds=20).recall("A-001")
        assert day.skip("A-001", confirm=False) == "not_called_enough"
        assert day.refused == {"number": "A-001", "announced": 2, "needed": 3}
        day.after(seconds=20).recall("A-001")
        day.skip("A-001", confirm=False)
        assert day.state("A-001") == "missed"

    def test_earlier_only_when_confirmed(self) -> None:
        day = Day()
        day.issue()
        day.call_next()
        day.skip("A-001", confirm=True)
        assert day.state("A-001") == "missed"

    def test_an_unpark_is_an_announcement_but_no_call_from_the_line(self) -> None:
        day = Day()
        day.issue()
        day.call_next()
        day.park("A-001")
        day.unpark("A-001")
        assert day["A-001"].announcements == 2

    def test_a_new_call_from_the_line_counts_from_one(self) -> None:
        day = Day()
        day.issue()
        day.call_next()
        day.after(seconds=20).recall("A-001")
        day.return_("A-001")
        day.call_next()
        assert day["A-001"].announcements == 1


class TestParking:
    def test_it_frees_the_seat(self) -> None:
        day = Day()
        day.issue()
        day.issue()
        day.call_next()
        day.park("A-001")
        assert day.call_next() == ("A-002", "rank")

    def test_unpark_calls_again_whatever_it_was(self) -> None:
        day = Day()
        day.issue()
        day.call_next()
        day.start("A-001")
        day.park("A-001")
        day.unpark("A-001", "2")
        assert day.state("A-001") == "called"
        assert day["A-001"].counter == "2"

    def test_parked_time_counts_apart(self) -> None:
        day = Day()
        day.issue()
        day.call_next()
        day.park("A-001")
        day.after(minutes=5).unpark("A-001")
        assert kinds(day, "A-001") == ["waiting", "called", "parked", "called"]

    def test_a_paused_or_closed_counter_unparks_nobody(self) -> None:
        day = Day()
        day.issue()
        day.call_next()
        day.park("A-001")
        day.pause("1")
        assert day.unpark("A-001") == "counter_not_open"


class TestTransfer:
    def test_keep_leaves_its_place_and_since(self) -> None:
        day = Day()
        day.issue("A")
        day.issue("B")
        day.call_next()
        before = day["A-001"].place
        day.after(minutes=3).transfer("A-001", service="B")
        assert day["A-001"].place == before
        assert day["A-001"].service == "B"
        assert day.line == ["A-001", "B-001"]

    def test_end_takes_the_last_rank_and_waits_from_now(self) -> None:
        day = Day()
        day.issue()
        day.issue()
        day.after(minutes=3).transfer("A-001", service="B", place="end")
        assert day.line == ["A-002", "A-001"]
        place = day["A-001"].place
        assert place is not None
        assert place.since == day.now

    def test_next_goes_before_all_behind_earlier_nexts(self) -> None:
        day = Day()
        for _ in range(4):
            day.issue()
        day.transfer("A-003", service="A", place="next")
        day.transfer("A-004", service="A", place="next")
        assert day.line == ["A-003", "A-004", "A-001", "A-002"]

    def test_to_a_closed_counter_is_refused_to_a_paused_one_allowed(self) -> None:
        day = Day()
        day.issue()
        day.pause("2")
        day.transfer("A-001", counter="2")
        assert day["A-001"].tied == "2"
        day.close("2")
        assert day.transfer("A-001", counter="2") == "counter_not_open"

    def test_closing_the_counter_unties_pausing_does_not(self) -> None:
        day = Day()
        day.issue()
        day.transfer("A-001", counter="2")
        day.pause("2")
        assert day["A-001"].tied == "2"
        day.close("2")
        assert day.call_next("1") == ("A-001", "rank")

    def test_a_transfer_to_a_service_unties(self) -> None:
        day = Day()
        day.issue()
        day.transfer("A-001", counter="2")
        day.transfer("A-001", service="B")
        assert day["A-001"].tied is None

    def test_a_parked_ticket_goes_back_to_the_line(self) -> None:
        day = Day()
        day.issue()
        day.call_next()
        day.park("A-001")
        day.transfer("A-001", service="B")
        assert day.state("A-001") == "waiting"

    def test_the_number_never_changes(self) -> None:
        day = Day()
        day.issue("A")
        day.transfer("A-001", service="B")
        assert day.call_next() == ("A-001", "rank")


class TestTheCounter:
    def test_closed_or_paused_it_calls_nobody(self) -> None:
        day = Day()
        day.issue()
        day.pause("1")
        assert day.call_next("1") == "counter_not_open"
        day.close("1")
        assert day.call_next("1") == "counter_not_open"

    def test_paused_it_serves_on(self) -> None:
        day = Day()
        day.issue()
        day.call_next()
        day.pause("1")
        day.start("A-001")
        day.finish("A-001")
        assert day.state("A-001") == "finished"

    def test_with_somebody_open_it_closes_only_when_told_to_return_them(self) -> None:
        day = Day()
        day.issue()
        day.call_next()
        assert day.close("1") == "counter_busy"
        day.close("1", return_open=True)
        assert day.line == ["A-001"]

    def test_one_counter_has_one_officer(self) -> None:
        day = Day()
        day.close("1")
        day.open("1", holder="sari")
        assert day.open("1", holder="budi") == "counter_held"

    def test_an_officer_acts_at_the_counter_they_hold(self) -> None:
        day = Day()
        day.close("1")
        day.open("1", holder="sari")
        day.issue()
        by_budi = c.CallNext(counter="1", by="budi", as_holder=True)
        by_sari = c.CallNext(counter="1", by="sari", as_holder=True)
        assert day.answer(by_budi) == "not_your_counter"
        assert day.answer(by_sari).number == "A-001"
        assert day.answer(c.Recall(number="A-001", by="budi", as_holder=True)) == "not_your_counter"

    def test_whose_counter_it_is_comes_before_the_tickets_state(self) -> None:
        day = Day()
        day.close("1")
        day.open("1", holder="sari")
        day.issue()
        day.cancel("A-001")
        call = c.CallTicket(
            counter="1", number="A-001", reason="emergency", by="budi", as_holder=True
        )
        unpark = c.Unpark(number="A-001", counter="1", by="budi", as_holder=True)
        assert (day.answer(call), day.answer(unpark)) == ("not_your_counter",) * 2

    @pytest.mark.parametrize("verb", ["open", "resume"])
    def test_what_its_state_does_not_allow_is_refused(self, verb: str) -> None:
        day = Day()
        answer = day.open("1") if verb == "open" else day.resume("1")
        assert answer == "wrong_state"
        assert day.refused == {"what": "counter", "name": "1", "state": "open"}

    def test_an_unknown_counter_is_said_to_be_unknown(self) -> None:
        assert Day().call_next("77") == "unknown_counter"
