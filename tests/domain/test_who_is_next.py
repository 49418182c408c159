"""Who is next at a counter: the overdue guard, the preference, the order policy."""

import pytest

from tests.domain.day import Day


def test_nobody_waiting_changes_nothing() -> None:
    assert Day().call_next() == "nobody_waiting"


def test_first_come_first_called() -> None:
    day = Day()
    day.issue("B")
    day.issue("A")
    assert [day.serve_next(), day.serve_next()] == [("B-001", "rank"), ("A-001", "rank")]


def test_two_counters_get_different_tickets() -> None:
    day = Day()
    day.issue()
    day.issue()
    assert [day.call_next("1"), day.call_next("2")] == [("A-001", "rank"), ("A-002", "rank")]


def test_a_call_names_whom_it_overtook_by_rank() -> None:
    day = Day()
    day.issue("A")
    day.issue("B")
    day.issue("A", weight=1)
    day.call_next()
    assert day.last[-1].overtook == ("A-001", "B-001")  # type: ignore[union-attr]


class TestOrderPolicies:
    def test_fifo_ignores_weight(self) -> None:
        day = Day(order_policy="fifo")
        day.issue()
        day.issue(weight=1)
        assert day.serve_next() == ("A-001", "rank")

    def test_strict_takes_the_highest_weight_then_the_lowest_rank(self) -> None:
        day = Day(order_policy="strict")
        for weight in (0, 1, 2, 2):
            day.issue(weight=weight)
        calls = [day.serve_next() for _ in range(4)]
        assert calls == [
            ("A-003", "priority"),
            ("A-004", "priority"),
            ("A-002", "priority"),
            ("A-001", "rank"),
        ]

    def test_interleave_lets_an_ordinary_one_in_after_two_priority_calls(self) -> None:
        day = Day()
        for weight in (0, 0, 1, 1, 1, 1):
            day.issue(weight=weight)
        calls = [day.serve_next() for _ in range(6)]
        assert calls == [
            ("A-003", "priority"),
            ("A-004", "priority"),
            ("A-001", "interleaved"),
            ("A-005", "priority"),
            ("A-006", "priority"),
            ("A-002", "rank"),
        ]

    def test_the_run_counts_over_the_whole_branch(self) -> None:
        day = Day()
        for weight in (0, 1, 1, 1):
            day.issue(weight=weight)
        calls = [day.serve_next("1"), day.serve_next("2"), day.serve_next("1")]
        assert calls == [("A-002", "priority"), ("A-003", "priority"), ("A-001", "interleaved")]

    def test_priority_calls_past_nobody_do_not_count(self) -> None:
        day = Day()
        for _ in range(3):
            day.issue(weight=1)
            assert day.serve_next()[1] == "rank"
        day.issue()
        day.issue(weight=1)
        assert day.serve_next() == ("A-005", "priority")

    def test_an_ordinary_ticket_called_out_of_order_ends_the_run(self) -> None:
        day = Day()
        for weight in (0, 0, 1, 1, 1):
            day.issue(weight=weight)
        day.serve_next()
        day.serve_next()
        day.call("A-001")
        day.finish("A-001")
        assert day.serve_next() == ("A-005", "priority")

    def test_an_undone_priority_call_does_not_count_in_the_run(self) -> None:
        day = Day()
        for weight in (0, 1, 1, 1):
            day.issue(weight=weight)
        day.serve_next("2")
        day.call_next("1")
        day.undo("A-003", "1")
        assert day.serve_next("1") == ("A-003", "priority")
        assert day.serve_next("1") == ("A-001", "interleaved")

    def test_an_undone_ordinary_call_does_not_end_the_run(self) -> None:
        day = Day()
        for weight in (0, 1, 1, 1):
            day.issue(weight=weight)
        day.serve_next()
        day.serve_next()
        assert day.call_next() == ("A-001", "interleaved")
        day.undo("A-001")
        assert day.call_next() == ("A-001", "interleaved")

    def test_ageing_multiplies_the_wait_by_the_weight(self) -> None:
        day = Day(order_policy="ageing")
        day.issue()
        day.after(seconds=100).issue(weight=1)
        day.after(seconds=99)  # 199 × 1 against 99 × 2
        assert day.call_next("1") == ("A-001", "rank")
        day.undo("A-001", "1")
        day.after(seconds=1)  # 200 × 1 against 100 × 2: a tie goes to the weight
        assert day.call_next("1") == ("A-002", "ageing")


class TestPreference:
    def test_the_first_group_with_somebody_counts(self) -> None:
        day = Day(counters={"1": "B,A"})
        day.issue("A")
        day.issue("B")
        assert day.serve_next() == ("B-001", "preference")
        assert day.serve_next() == ("A-001", "rank")

    def test_a_counter_never_calls_a_service_it_does_not_list(self) -> None:
        day = Day(counters={"1": "A", "2": "B"})
        day.issue("B")
        assert day.call_next("1") == "nobody_waiting"

    def test_tied_tickets_come_before_the_first_group(self) -> None:
        day = Day()
        day.issue("A")
        day.issue("A")
        day.transfer("A-002", counter="1")
        assert day.call_next("1") == ("A-002", "tied")
        assert day.last[-1].overtook == ("A-001",)  # type: ignore[union-attr]

    def test_a_ticket_tied_elsewhere_is_not_eligible_here(self) -> None:
        day = Day()
        day.issue("A")
        day.transfer("A-001", counter="2")
        assert day.call_next("1") == "nobody_waiting"


class TestOverdueGuard:
    def test_exactly_the_limit_is_not_overdue(self) -> None:
        day = Day()
        day.issue()
        day.issue(weight=1)
        day.after(minutes=60)
        assert day.call_next() == ("A-002", "priority")

    def test_whoever_waited_longer_than_the_limit_comes_first(self) -> None:
        day = Day()
        day.issue()
        day.after(minutes=30).issue(weight=1)
        day.after(minutes=30, seconds=1)
        assert day.call_next() == ("A-001", "overdue")

    def test_it_reaches_into_any_group_of_the_counter(self) -> None:
        day = Day(counters={"1": "B,A"})
        day.issue("A")
        day.after(minutes=61).issue("B")
        assert day.call_next() == ("A-001", "overdue")

    def test_never_twice_running_at_one_counter(self) -> None:
        day = Day()
        day.issue()
        day.issue()
        day.after(minutes=61).issue(weight=1)
        assert day.serve_next("1") == ("A-001", "overdue")
        assert day.serve_next("1") == ("A-003", "priority")
        assert day.serve_next("1") == ("A-002", "overdue")

    def test_another_counters_turn_does_not_count(self) -> None:
        day = Day()
        day.issue()
        day.issue()
        day.after(minutes=61)
        assert day.serve_next("1")[1] == "overdue"
        assert day.serve_next("2")[1] == "overdue"

    def test_an_undone_call_was_not_the_counters_previous_one(self) -> None:
        day = Day()
        day.issue()
        day.after(minutes=61).issue(weight=1)
        assert day.call_next() == ("A-001", "overdue")
        day.undo("A-001")
        assert day.call_next() == ("A-001", "overdue")

    def test_a_call_out_of_order_is_no_turn(self) -> None:
        day = Day()
        for _ in range(3):
            day.issue()
        day.after(minutes=61)
        assert day.serve_next()[1] == "overdue"
        day.call("A-002")
        day.finish("A-002")
        assert day.serve_next() == ("A-003", "rank")


class TestCoolDown:
    def test_a_returned_ticket_may_be_called_at_once_by_default(self) -> None:
        day = Day()
        day.issue()
        day.issue()
        day.call_next()
        day.return_("A-001")
        assert day.call_next() == ("A-001", "rank")

    def test_while_it_cools_the_next_one_is_called_and_overtakes_it(self) -> None:
        day = Day(return_cooldown_s=60)
        day.issue()
        day.issue(weight=0)
        day.call_next()
        day.return_("A-001")
        assert day.call_next() == ("A-002", "rank")
        assert day.last[-1].overtook == ("A-001",)  # type: ignore[union-attr]

    def test_where_everybody_cools_it_is_called(self) -> None:
        day = Day(return_cooldown_s=60)
        day.issue()
        day.call_next()
        day.return_("A-001")
        assert day.call_next() == ("A-001", "rank")

    @pytest.mark.parametrize(("waited", "called"), [(59, "A-002"), (60, "A-001")])
    def test_its_end_already_belongs_to_what_follows(self, waited: int, called: str) -> None:
        day = Day(return_cooldown_s=60)
        day.issue()
        day.issue()
        day.call_next()
        day.return_("A-001")
        assert day.after(seconds=waited).call_next()[0] == called

    def test_a_closing_counter_returns_without_cool_down(self) -> None:
        day = Day(return_cooldown_s=60)
        day.issue()
        day.issue()
        day.call_next("1")
        day.close("1", return_open=True)
        assert day.call_next("2") == ("A-001", "rank")
