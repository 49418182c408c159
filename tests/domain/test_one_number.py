"""One live number a person, whatever is undone, rejoined, reopened or taken after."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from queue_server.domain import commands as c
from queue_server.domain.decide.one_number import is_live
from tests.domain.day import Day, a_plan


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


class AnyHolder:
    """Two phones and two persons ask for numbers while staff does anything."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        undo_s = self.dice.choice([30, 100_000])
        rejoins = self.dice.choice([0, 1, 2])
        plan = a_plan(rejoins_max=rejoins, undo_s=undo_s, tickets_per_browser_max=99)
        self.day = Day(plan)

    def step(self) -> None:
        """Whatever comes next; what happens often on a real day happens often here."""
        steps = {
            self.take: 6,
            self.call_next: 5,
            self.undo: 5,
            self.about_a_ticket: 4,
            self.time_passes: 2,
            self.the_day_is_reopened: 0.3,
            self.the_day_was_restored: 0.3,
        }
        self.dice.choices(list(steps), list(steps.values()))[0]()

    def _number(self) -> str:
        """One of the last few."""
        return self.dice.choice((list(self.day.day.tickets) or ["A-001"])[-5:])

    def take(self) -> None:
        self.day.issue(
            self.dice.choice("AB"),
            by="phone",
            browser=self.dice.choice(["ani", "budi"]),
            identity=self.dice.choice([None, "nik-1", "nik-2"]),
            proven=self.dice.random() < 0.8,
        )

    def call_next(self) -> None:
        called = self.day.call_next(self.dice.choice("12"))
        end = self.dice.choice(["start", "finish", "skip", "park", "return_"])
        if isinstance(called, tuple):
            getattr(self.day, end)(called[0])

    def undo(self) -> None:
        self.day.undo(self._number(), None)

    def about_a_ticket(self) -> None:
        verbs = "finish skip unpark rejoin rejoin confirm cancel leave".split()
        getattr(self.day, self.dice.choice(verbs))(self._number())

    def time_passes(self) -> None:
        self.day.after(seconds=self.dice.choice([1, 31, 3700]))

    def the_day_is_reopened(self) -> None:
        self.dice.choice([self.day.end_day, self.day.close_day])()
        self.day.open_day()
        for counter in "12":
            self.day.open(counter)

    def the_day_was_restored(self) -> None:
        self.day.continue_numbers(A=self.day.day.issued.get("A", 0) + 2)

    def nobody_has_two(self) -> bool:
        """No phone, and no person."""
        live = [one for one in self.day.day.tickets.values() if is_live(self.day.day, one)]
        phones = [one.browser for one in live if one.browser]
        persons = [one.identity for one in live if one.identity]
        return all(len(held) == len(set(held)) for held in (phones, persons))


@pytest.mark.parametrize("seed", range(60))
def test_no_phone_and_no_person_ever_has_two_live_numbers(seed: int) -> None:
    holder = AnyHolder(seed)
    for _ in range(80):
        holder.step()
        assert holder.nobody_has_two(), holder.day.last
