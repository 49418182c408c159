"""What a participant may do: defer, come, cancel, rejoin. Bounded, and never back to the front."""

from typing import Any

from tests.domain.day import Day


def waiting(count: int, **rules: Any) -> Day:
    day = Day(**rules)
    for _ in range(count):
        day.issue()
    return day


class TestDefer:
    def test_five_places_back(self) -> None:
        day = waiting(8)
        day.defer("A-002")
        expected = ["A-001", "A-003", "A-004", "A-005", "A-006", "A-007", "A-002", "A-008"]
        assert day.line == expected

    def test_to_the_end_where_fewer_stand_behind(self) -> None:
        day = waiting(3)
        day.defer("A-001")
        assert day.line == ["A-002", "A-003", "A-001"]

    def test_it_takes_the_since_of_whom_it_stands_behind(self) -> None:
        day = Day()
        day.issue()
        day.after(minutes=9).issue()
        day.defer("A-001")
        assert day["A-001"].place.since == day["A-002"].place.since  # type: ignore[union-attr]

    def test_only_the_same_service_counts(self) -> None:
        day = Day()
        day.issue("A")
        day.issue("B")
        assert day.defer("A-001") == "nobody_behind"

    def test_nobody_behind_spends_nothing(self) -> None:
        day = waiting(1)
        assert day.defer("A-001") == "nobody_behind"
        assert day["A-001"].defers == 0

    def test_twice_and_no_more(self) -> None:
        day = waiting(20)
        day.defer("A-001")
        day.defer("A-001")
        assert day.defer("A-001") == "no_defers_left"

    def test_two_who_defer_behind_the_same_keep_their_order(self) -> None:
        day = waiting(8)
        day.defer("A-001")
        day.defer("A-002")
        assert day.line.index("A-001") < day.line.index("A-002")

    def test_weight_counts_nothing_until_the_next_call_whatever_is_granted(self) -> None:
        day = Day()
        day.issue(weight=1)
        day.issue()
        day.issue()
        day.defer("A-001")
        day.prioritise("A-001")
        assert day.serve_next() == ("A-002", "rank")
        assert day.serve_next() == ("A-003", "rank")
        day.call_next()
        day.return_("A-001")
        day.issue()
        assert day["A-001"].weight_now == 1


class TestRejoin:
    def test_behind_the_third_callable_of_its_service(self) -> None:
        day = waiting(6)
        missed = day.miss_next()
        day.rejoin(missed)
        assert day.line == ["A-002", "A-003", "A-004", "A-001", "A-005", "A-006"]

    def test_behind_the_last_if_fewer(self) -> None:
        day = waiting(3)
        day.rejoin(day.miss_next())
        assert day.line == ["A-002", "A-003", "A-001"]

    def test_where_it_stands_if_there_is_none(self) -> None:
        day = waiting(1)
        before = day["A-001"].place
        day.rejoin(day.miss_next())
        assert day["A-001"].place == before

    def test_behind_those_placed_there_before(self) -> None:
        day = waiting(6, rejoin_behind=1)
        first, second = day.miss_next(), day.miss_next()
        day.rejoin(first)
        day.rejoin(second)
        assert day.line == ["A-003", "A-001", "A-002", "A-004", "A-005", "A-006"]

    def test_twice_and_a_miss_after_that_is_final(self) -> None:
        day = waiting(1)
        for _ in range(2):
            day.rejoin(day.miss_next())
        assert day.rejoin(day.miss_next()) == "no_rejoins_left"

    def test_weight_counts_nothing_until_the_next_call(self) -> None:
        day = Day()
        day.issue(weight=1)
        for _ in range(4):
            day.issue()
        day.rejoin(day.miss_next())
        assert day.serve_next() == ("A-002", "rank")


class TestCancelAndComing:
    def test_a_called_ticket_may_be_cancelled_and_frees_the_seat(self) -> None:
        day = waiting(2)
        day.call_next()
        day.cancel("A-001")
        assert day.call_next() == ("A-002", "rank")

    def test_whoever_is_served_cannot_cancel(self) -> None:
        day = waiting(1)
        day.call_next()
        day.start("A-001")
        assert day.cancel("A-001") == "wrong_state"
        assert day.refused == {"what": "ticket", "name": "A-001", "state": "serving"}

    def test_coming_is_shown_and_changes_nothing_else(self) -> None:
        day = waiting(2)
        day.coming("A-002")
        assert day["A-002"].coming_at == day.now
        assert day.line == ["A-001", "A-002"]

    def test_whoever_is_served_is_no_longer_on_the_way(self) -> None:
        day = waiting(1)
        day.call_next()
        day.coming("A-001")
        day.start("A-001")
        assert day["A-001"].coming_at is None
