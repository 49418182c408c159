"""One live number a person, whatever is undone, rejoined, reopened or taken after."""

from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from queue_server.domain import commands as c
from queue_server.domain.decide.one_number import LIVE, is_live
from queue_server.domain.model import Ticket
from tests.domain.day import Day, a_plan

PHONES = st.sampled_from(["ani", "budi"])
NIKS = st.sampled_from([None, "nik-1", "nik-2"])
SERVICES = st.sampled_from(["A", "B"])
COUNTERS = st.sampled_from(["1", "2"])
NTH = st.integers(0, 12)


def by_phone(day: Day, service: str = "A", browser: str = "ani", **more: Any) -> Any:
    return day.issue(service, by="phone", proven=True, browser=browser, **more)


class TestUndo:
    def test_of_a_finish_after_a_new_number_was_taken(self) -> None:
        day = Day()
        by_phone(day)
        day.serve_next()
        assert by_phone(day) == "A-002"
        assert day.undo("A-001") == "has_another"
        assert day.answer(c.Undo(number="A-001", counter="1")) == "has_another"
        assert day.refused == {"number": "A-001", "other": "A-002"}

    def test_of_a_last_skip_after_a_new_number_was_taken(self) -> None:
        day = Day(rejoins_max=0)
        by_phone(day)
        day.miss_next()
        by_phone(day)
        assert day.undo("A-001") == "has_another"

    def test_of_a_finish_after_another_phone_took_one_for_the_same_person(self) -> None:
        day = Day()
        by_phone(day, identity="nik")
        day.serve_next()
        by_phone(day, browser="budi", identity="nik")
        assert day.undo("A-001") == "has_another"

    def test_is_as_it_was_once_the_new_number_is_over(self) -> None:
        day = Day()
        by_phone(day)
        day.serve_next()
        by_phone(day)
        day.cancel("A-002")
        day.undo("A-001")
        assert day.state("A-001") == "called"

    def test_is_as_it_was_for_paper_and_where_one_may_hold_several(self) -> None:
        day = Day(one_live_ticket=False)
        by_phone(day)
        day.serve_next()
        by_phone(day)
        day.undo("A-001")
        assert day.state("A-001") == "called"


def test_a_plan_that_allows_more_rejoins_brings_no_second_number_into_the_line() -> None:
    day = Day(rejoins_max=0)
    by_phone(day)
    day.miss_next()
    by_phone(day)
    rules = replace(day.day.plan.rules, rejoins_max=2)
    day.do(c.ChangeSettings(plan=replace(day.day.plan, rules=rules)))
    assert day.rejoin("A-001") == "has_another"
    day.miss_next()
    day.rejoin("A-001")
    assert day.rejoin("A-002") == "has_another"
    assert [day.state(number) for number in ("A-001", "A-002")] == ["waiting", "missed"]


class AnyHolder(RuleBasedStateMachine):
    """Two phones and two persons ask for numbers while staff does anything."""

    @initialize(rejoins=st.integers(0, 2), undo_s=st.sampled_from([30, 100_000]))
    def begin(self, rejoins: int, undo_s: int) -> None:
        plan = a_plan(rejoins_max=rejoins, undo_s=undo_s, tickets_per_browser_max=99)
        self.day = Day(plan)

    def _number(self, nth: int) -> str:
        numbers = list(self.day.day.tickets) or ["A-001"]
        return numbers[nth % len(numbers)]

    @rule(phone=PHONES, nik=NIKS, service=SERVICES, proven=st.booleans())
    def take(self, phone: str, nik: str | None, service: str, proven: bool) -> None:
        self.day.issue(service, by="phone", browser=phone, identity=nik, proven=proven)

    @rule(seconds=st.sampled_from([1, 31, 3700, 7300]))
    def time_passes(self, seconds: int) -> None:
        self.day.after(seconds=seconds)

    @rule(counter=COUNTERS)
    def call_next(self, counter: str) -> None:
        self.day.call_next(counter)

    @rule(
        verb=st.sampled_from(
            "start finish skip return_ park unpark rejoin confirm cancel leave".split()
        ),
        nth=NTH,
    )
    def about_a_ticket(self, verb: str, nth: int) -> None:
        getattr(self.day, verb)(self._number(nth))

    @rule(nth=NTH, counter=COUNTERS)
    def undo(self, nth: int, counter: str) -> None:
        self.day.undo(self._number(nth), counter)

    @rule(end=st.booleans())
    def the_day_is_reopened(self, end: bool) -> None:
        if end:
            self.day.end_day()
        else:
            self.day.close_day()
        self.day.open_day()
        for counter in ("1", "2"):
            self.day.open(counter)

    @rule(service=SERVICES)
    def the_day_was_restored(self, service: str) -> None:
        known = self.day.day.issued.get(service, 0)
        self.day.continue_numbers(**{service: known + 2})

    @invariant()
    def no_phone_and_no_person_has_two_live_numbers(self) -> None:
        if not hasattr(self, "day"):
            return
        live = [one for one in self.day.day.tickets.values() if is_live(self.day.day, one)]
        assert all(one.state in LIVE or one.state == "missed" for one in live)
        for held in (lambda one: one.browser, lambda one: one.identity):
            holders = [who for one in live if (who := _held(held, one)) is not None]
            assert len(holders) == len(set(holders))


def _held(held: Any, ticket: Ticket) -> str | None:
    found: str | None = held(ticket)
    return found


AnyHolder.TestCase.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
TestAnyHolder = AnyHolder.TestCase
