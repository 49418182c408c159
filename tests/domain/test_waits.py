"""Waits are told as ranges, positions by the branch's own policy."""

import pytest

from queue_server.domain.estimates import Outlook, WaitRange, expected_wait_min
from tests.domain.day import Day


def position(day: Day, number: str) -> int:
    return Outlook(day.day, day.now).standing(day[number]).position


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(12, 23, (10, 25)), (15, 25, (15, 25)), (0, 4.9, (0, 5)), (0, 0, (0, 5)), (4, 6, (0, 10))],
)
def test_the_low_end_is_floored_and_the_high_end_raised_to_five(
    low: float, high: float, told: tuple[int, int]
) -> None:
    assert WaitRange(low, high, rough=False).told == told


def test_the_expected_wait_is_the_sum_over_those_ahead() -> None:
    assert expected_wait_min(0, 1, 10, 0) == pytest.approx(10)
    assert expected_wait_min(4, 2, 10, 0) == pytest.approx(25)
    with_leaving = 1 / 0.2 + 1 / (0.2 + 0.01) + 1 / (0.2 + 0.02)
    assert expected_wait_min(2, 2, 10, 0.01) == pytest.approx(with_leaving)


def test_no_open_counter_no_wait() -> None:
    day = Day()
    day.issue()
    day.pause("1")
    day.pause("2")
    assert Outlook(day.day, day.now).standing(day["A-001"]).wait is None


def test_it_is_rough_until_fifty_services_are_learned() -> None:
    day = Day(counters={"1": "A"})
    for _ in range(51):
        day.issue()
    for served in range(51):
        wait = Outlook(day.day, day.now).wait_for_newcomer("A")
        assert wait is not None
        assert wait.rough == (served < 50)
        day.call_next()
        number = day.day.counters["1"].open_tickets[0]
        day.after(minutes=4).finish(number)
    assert Outlook(day.day, day.now).wait_for_newcomer("A").high == pytest.approx(8)  # type: ignore[union-attr]


def test_a_position_counts_the_same_service_only() -> None:
    day = Day()
    day.issue("B")
    day.issue("A")
    assert position(day, "A-001") == 1


def test_positions_follow_the_interleaving_the_branch_would_do_now() -> None:
    day = Day()
    for weight in (0, 0, 1, 1, 1):
        day.issue(weight=weight)
    order = sorted(day.line, key=lambda number: position(day, number))
    assert order == ["A-003", "A-004", "A-001", "A-005", "A-002"]
    called = [day.serve_next()[0] for _ in range(5)]
    assert called == order


def test_a_wait_counts_everybody_who_is_called_to_the_same_counters() -> None:
    day = Day(counters={"1": "AB"})
    for _ in range(9):
        day.issue("B")
    day.issue("A")
    standing = Outlook(day.day, day.now).standing(day["A-001"])
    assert standing.position == 1
    assert standing.wait is not None
    assert standing.wait.told == (65, 135)
