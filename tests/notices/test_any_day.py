"""Random days, followed in pages of any size, heard again after crashes: each occasion once, and
nothing that is not so any more.
"""

from __future__ import annotations

from collections import Counter as Tally

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from queue_server.domain import events as e
from queue_server.people.values.roads import Fate, Occasion
from queue_server.store import codec
from tests.notices.watched import Watched

COUNTERS = st.sampled_from(["1", "2"])
NTH = st.integers(0, 6)
ANNOUNCES = e.TicketCalled | e.TicketUnparked | e.TicketRecalled


class AnyWatchedDay(RuleBasedStateMachine):
    """Anything happens; followers come after it, crash, and hear some of it twice."""

    @initialize()
    def begin(self) -> None:
        self.hall = Watched(recall_gap_s=0)
        self.day = self.hall.day

    def _number(self, nth: int) -> str:
        numbers = list(self.day.day.tickets) or ["A-001"]
        return numbers[nth % len(numbers)]

    @rule(by=st.sampled_from(["guard", "phone"]), weight=st.integers(0, 1))
    def issue(self, by: str, weight: int) -> None:
        self.day.issue("A", by=by, weight=weight)

    @rule(counter=COUNTERS)
    def call_next(self, counter: str) -> None:
        self.day.call_next(counter)

    @rule(
        verb=st.sampled_from(
            "recall start finish skip return_ park rejoin confirm cancel defer undo".split()
        ),
        nth=NTH,
    )
    def about_a_ticket(self, verb: str, nth: int) -> None:
        getattr(self.day, verb)(self._number(nth))

    @rule(nth=NTH, counter=COUNTERS)
    def unpark(self, nth: int, counter: str) -> None:
        self.day.unpark(self._number(nth), counter)

    @rule(nth=NTH, service=st.sampled_from("AB"))
    def transfer(self, nth: int, service: str) -> None:
        self.day.transfer(self._number(nth), service=service)

    @rule(counter=COUNTERS)
    def close_and_open(self, counter: str) -> None:
        self.day.close(counter, return_open=True)
        self.day.open(counter)

    @rule()
    def the_day_ends_and_goes_on(self) -> None:
        self.day.close_day()
        self.day.open_day()

    @rule(seconds=st.sampled_from([1, 40, 7300]))
    def time_passes(self, seconds: int) -> None:
        self.day.after(seconds=seconds)

    @rule(most=st.integers(1, 5))
    def the_follower_takes_a_page(self, most: int) -> None:
        self.hall.follow(most)

    @rule()
    def what_waits_is_sent(self) -> None:
        self.hall.phones.send()

    @rule(back=st.integers(0, 9))
    def the_follower_starts_again(self, back: int) -> None:
        self.hall.start_again(back)

    @invariant()
    def nothing_waits_that_is_not_so(self) -> None:
        if not hasattr(self, "hall") or self.hall.is_behind:
            return
        for said, fate in self.hall.phones.rows.values():
            ticket = self.day[said.number]
            if fate is Fate.WAITING and said.occasion in (Occasion.CALLED, Occasion.RECALLED):
                assert ticket.state == "called", said
            if fate is Fate.WAITING and said.occasion is Occasion.UNSERVED:
                assert ticket.state == "unserved", said

    def teardown(self) -> None:
        """However it was taken: a row for each announcement, and none for what was none."""
        if not hasattr(self, "hall"):
            return
        self.hall.follow()
        announced: Tally[tuple[str, int]] = Tally()
        for seq, event in enumerate(map(codec.decode, self.day.stored), start=1):
            if isinstance(event, ANNOUNCES):
                announced[event.number, seq] += 1
        calls = (Occasion.CALLED, Occasion.RECALLED)
        rows = [s for s, _ in self.hall.phones.rows.values() if s.occasion in calls]
        told = Tally((s.number, s.seq) for s in rows if not s.corrects)
        assert told == announced
        assert len({(s.number, s.occurrence) for s in rows}) == len(rows)


TestAnyWatchedDay = AnyWatchedDay.TestCase
TestAnyWatchedDay.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
