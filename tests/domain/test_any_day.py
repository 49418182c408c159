"""Any day at all: random commands, restarts and midnights, against what must hold of every day.

The invariants here are written from the promises (P2, P3) and `docs/calling.md`, not from the code.
"""

from __future__ import annotations

from collections import Counter as Tally
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from queue_server.domain import events as e
from queue_server.domain.fold import refold
from queue_server.domain.fold.keeping import worked_out
from queue_server.domain.model import TicketState
from queue_server.domain.tally import held_by
from queue_server.store import codec
from tests.domain.day import Day, a_plan
from tests.domain.slowly import same_both_ways

COUNTERS = st.sampled_from(["1", "2", "9"])
SERVICES = st.sampled_from(["A", "B"])
NTH = st.integers(0, 30)


class AnyDay(RuleBasedStateMachine):
    """Everybody does anything at any time."""

    @initialize(
        policy=st.sampled_from(["fifo", "strict", "interleave", "ageing"]),
        cooldown=st.sampled_from([0, 60]),
        quota=st.sampled_from([{}, {"mon": 12}]),
    )
    def begin(self, policy: str, cooldown: int, quota: dict[str, int]) -> None:
        plan = a_plan(
            counters={"1": "A,B", "2": "BA"},
            booth_seats=3,
            quota=quota,
            order_policy=policy,
            return_cooldown_s=cooldown,
        )
        self.day = Day(plan)
        self.quota = quota.get("mon")
        self.given: list[str] = []
        self.skipped: set[str] = set()
        """Numbers that somebody said were handed out unseen."""

    def _number(self, nth: int) -> str:
        numbers = list(self.day.day.tickets) or ["A-001"]
        return numbers[nth % len(numbers)]

    @rule(seconds=st.sampled_from([0, 1, 20, 31, 400, 3700]))
    def time_passes(self, seconds: int) -> None:
        self.day.now += timedelta(seconds=seconds)

    @rule()
    def the_clock_steps_back(self) -> None:
        self.day.now -= timedelta(seconds=100)

    @rule(service=SERVICES, weight=st.integers(0, 2), by=st.sampled_from(["guard", "phone"]))
    def issue(self, service: str, weight: int, by: str) -> None:
        answer = self.day.issue(service, by=by, weight=weight)
        if "-" in str(answer):
            self.given.append(str(answer))

    @rule(counter=COUNTERS)
    def call_next(self, counter: str) -> None:
        before = {t.number for t in self.day.day.tickets.values() if t.open}
        answer = self.day.call_next(counter)
        if isinstance(answer, tuple):
            assert answer[0] not in before, "nobody is called twice"

    @rule(counter=COUNTERS, nth=NTH)
    def call(self, counter: str, nth: int) -> None:
        self.day.call(self._number(nth), counter)

    @rule(
        verb=st.sampled_from(
            "recall start finish skip return_ park rejoin "
            "confirm prioritise cancel defer coming leave".split()
        ),
        nth=NTH,
    )
    def about_a_ticket(self, verb: str, nth: int) -> None:
        getattr(self.day, verb)(self._number(nth))

    @rule(nth=NTH, counter=COUNTERS)
    def unpark(self, nth: int, counter: str) -> None:
        self.day.unpark(self._number(nth), counter)

    @rule(nth=NTH, to=st.one_of(SERVICES, COUNTERS), place=st.sampled_from(["keep", "end", "next"]))
    def transfer(self, nth: int, to: str, place: str) -> None:
        where: dict[str, Any] = {"counter": to} if to.isdigit() else {"service": to}
        self.day.transfer(self._number(nth), place=place, **where)

    @rule(nth=NTH, counter=COUNTERS)
    def undo(self, nth: int, counter: str) -> None:
        number = self._number(nth)
        before = self.day.day.tickets.get(number)
        answer = self.day.undo(number, counter)
        if isinstance(answer, e.ActionUndone):
            assert before is not None
            assert before.undoable is not None
            restored = self.day[number]
            former = before.undoable.before
            assert (restored.state, restored.place) == (former.state, former.place)

    @rule(counter=COUNTERS, verb=st.sampled_from(["open", "pause", "resume"]))
    def about_a_counter(self, counter: str, verb: str) -> None:
        getattr(self.day, verb)(counter)

    @rule(counter=COUNTERS, return_open=st.booleans())
    def close_counter(self, counter: str, return_open: bool) -> None:
        self.day.close(counter, return_open=return_open)

    @rule()
    def close_day(self) -> None:
        self.day.close_day()

    @rule()
    def end_day(self) -> None:
        self.day.end_day()

    @rule(counter=COUNTERS, officer=st.sampled_from(["o1", "o2"]), move=st.booleans())
    def take_a_counter(self, counter: str, officer: str, move: bool) -> None:
        held_before = held_by(self.day.day, officer)
        self.day.take(counter, officer, move=move)
        held = held_by(self.day.day, officer)
        assert len(held) <= max(1, len(held_before)), "nobody comes to hold a second counter"

    @rule()
    def open_day(self) -> None:
        self.day.open_day()

    @rule(on=st.booleans())
    def the_intake(self, on: bool) -> None:
        if on:
            self.day.open_intake()
        else:
            self.day.close_intake()

    @rule(service=SERVICES, more=st.integers(-2, 3))
    def numbers_go_on_after_the_paper(self, service: str, more: int) -> None:
        known = self.day.day.issued.get(service, 0)
        if isinstance(self.day.continue_numbers(**{service: known + more}), e.NumbersContinued):
            unseen = range(known + 1, known + more + 1)
            self.skipped |= {f"{service}-{n:03d}" for n in unseen}

    @precondition(lambda self: self.day.stored)
    @rule()
    def the_server_restarts(self) -> None:
        self.day.day = refold(map(codec.decode, self.day.stored))

    @invariant()
    def numbers_are_given_once_and_without_gaps(self) -> None:
        if not hasattr(self, "day"):
            return
        assert len(self.given) == len(set(self.given)) == len(self.day.day.tickets)
        assert self.skipped.isdisjoint(self.given)
        used = [*self.given, *self.skipped]
        for letter, count in Tally(number[0] for number in used).items():
            given = [n for n in self.given if n[0] == letter]
            assert given == sorted(given, key=lambda n: int(n[2:]))
            assert {n for n in used if n[0] == letter} == {
                f"{letter}-{n:03d}" for n in range(1, count + 1)
            }

    @invariant()
    def a_ticket_is_at_one_counter_and_no_counter_holds_more_than_its_seats(self) -> None:
        if not hasattr(self, "day"):
            return
        seated = [n for counter in self.day.day.counters.values() for n in counter.open_tickets]
        open_now = [t.number for t in self.day.day.tickets.values() if t.open]
        assert sorted(seated) == sorted(open_now)
        for name, counter in self.day.day.counters.items():
            assert len(counter.open_tickets) <= self.day.day.plan.counters[name].capacity
            assert all(self.day[n].counter == name for n in counter.open_tickets)

    @invariant()
    def ranks_are_unique_and_periods_join(self) -> None:
        if not hasattr(self, "day"):
            return
        tickets = self.day.day.tickets.values()
        ranks = [t.place.rank for t in tickets if t.place]
        assert len(ranks) == len(set(ranks))
        for ticket in tickets:
            for one, following in zip(ticket.periods, ticket.periods[1:], strict=False):
                assert one.end is not None
                assert one.end <= following.start
            running = ticket.periods[-1].end is None
            assert running == (ticket.periods[-1].kind is ticket.state and running)

    @invariant()
    def nobody_unproven_is_in_the_line_and_the_quota_holds(self) -> None:
        if not hasattr(self, "day"):
            return
        assert all(self.day[number].place for number in self.day.line)
        if self.quota is not None:
            assert all(used <= self.quota for used in self.day.day.quota_used.values())

    @invariant()
    def what_is_kept_is_what_walking_over_the_day_finds(self) -> None:
        if hasattr(self, "day"):
            same_both_ways(self.day.day, max(self.day.now, self.day.day.last_at or self.day.now))

    @invariant()
    def what_is_kept_is_what_a_refold_works_out_at_its_end(self) -> None:
        if hasattr(self, "day"):
            assert worked_out(self.day.day) == self.day.day.kept

    def teardown(self) -> None:
        """No ticket is stuck: a whole day can always be brought to its end."""
        if not hasattr(self, "day"):
            return
        day = self.day
        day.open_day()
        for ticket in list(day.day.tickets.values()):
            if ticket.open:
                day.finish(ticket.number)
        day.close_day()
        ended = {
            TicketState.FINISHED,
            TicketState.MISSED,
            TicketState.CANCELLED,
            TicketState.FORGOTTEN,
        }
        states = {t.state for t in day.day.tickets.values()}
        assert states <= ended | {TicketState.UNSERVED}


AnyDay.TestCase.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)
TestAnyDay = AnyDay.TestCase
