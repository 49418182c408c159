"""What a newcomer is told to wait is what whoever then takes that number is told, at any length."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain.estimates import Outlook, WaitRange
from queue_server.domain.plan import OrderPolicy
from tests.domain.day import Day, a_plan

TICKETS = st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 2)), max_size=40)
HISTORY = st.lists(st.integers(0, 3), max_size=12)


def told(day: Day, service: str) -> WaitRange | None:
    return Outlook(day.day, day.now).wait_for_newcomer(service)


@settings(max_examples=250, deadline=None)
@given(
    policy=st.sampled_from(list(OrderPolicy)),
    run_max=st.integers(0, 3),
    leaving=st.sampled_from([0.0, 0.5]),
    together=st.booleans(),
    tickets=TICKETS,
    history=HISTORY,
    service=st.sampled_from("AB"),
)
def test_is_the_standing_of_whoever_takes_that_number(
    policy: OrderPolicy,
    run_max: int,
    leaving: float,
    together: bool,
    tickets: list[tuple[str, int]],
    history: list[int],
    service: str,
) -> None:
    counters = {"1": "A,B", "2": "B"} if together else {"1": "A", "2": "B"}
    plan = a_plan(
        counters=counters,
        order_policy=policy,
        priority_run_max=run_max,
        leaving_rate_per_h=leaving,
    )
    day = Day(plan)
    for each, weight in tickets:
        day.after(seconds=7).issue(each, weight=weight)
    for step in history:
        called = day.after(seconds=31).serve_next("1" if step % 2 else "2")
        if isinstance(called, tuple) and step == 3:
            day.undo(called[0], None)
    before = told(day, service)
    number = day.issue(service)
    after = Outlook(day.day, day.now).standing(day[number]).wait
    assert (after is None) == (before is None)
    if after is not None and before is not None:
        assert abs(after.low - before.low) < 1e-9
        assert abs(after.high - before.high) < 1e-9
        assert after.rough == before.rough


def test_a_crowd_with_priority_does_not_all_pass_somebody_who_comes_now() -> None:
    day = Day(counters={"1": "A"}, services="A", priority_run_max=2)
    for _ in range(10):
        day.issue(weight=1)
    wait = told(day, "A")
    assert wait is not None
    assert abs((wait.low + wait.high) / 2 - 30) < 1e-9, "two pass, then it is one's turn"


def test_grows_with_every_number_taken() -> None:
    day = Day(counters={"1": "A"}, services="A")
    for n in range(1, 30):
        wait = told(day, "A")
        assert wait is not None
        assert abs((wait.low + wait.high) / 2 - 10 * n) < 1e-9
        day.after(seconds=1).issue()


def test_by_age_it_does_not_change_while_nobody_comes() -> None:
    day = Day(counters={"1": "A"}, services="A", order_policy="ageing")
    for weight in (0, 1, 0):
        day.issue(weight=weight)
    first = told(day, "A")
    day.now += timedelta(minutes=5)
    assert told(day, "A") == first
