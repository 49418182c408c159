"""A day one can talk to in the field's nouns: `day.issue("A")`, `day.call_next("1")`.

After every command it checks the master rule: the state folded step by step equals the state
refolded
from what a store would hold (encoded and decoded events), and every event changed something.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide import AlreadyYours, Decision, decide, settle
from queue_server.domain.fold import apply, refold
from queue_server.domain.line import callable_line
from queue_server.domain.model import BranchDay, Channel, Spot, Ticket
from queue_server.domain.plan import (
    WEEKDAYS,
    BranchPlan,
    CounterPlan,
    Hours,
    OrderPolicy,
    Rules,
    Service,
)
from queue_server.domain.refusals import Refusal
from queue_server.store import codec

MONDAY = date(2026, 11, 23)
ZONE = ZoneInfo("Asia/Makassar")


def a_plan(
    *,
    services: str = "AB",
    counters: Mapping[str, str] | None = None,
    booth_seats: int = 0,
    quota: Mapping[str, int] | None = None,
    hours: tuple[str, str] | None = None,
    **rules: Any,
) -> BranchPlan:
    """A branch. `counters` {"1": "A,B"}: groups divided by commas, best first; without: 1 and 2
    serve all.
    """
    rules["order_policy"] = OrderPolicy(rules.get("order_policy", "interleave"))
    groups = counters or {"1": services, "2": services}
    plans = {name: CounterPlan(name, tuple(map(tuple, g.split(",")))) for name, g in groups.items()}
    if booth_seats:
        plans["9"] = CounterPlan("9", (tuple(services),), capacity=booth_seats)
    week = {}
    if hours:
        opens, closes = (time.fromisoformat(hour) for hour in hours)
        week = dict.fromkeys(WEEKDAYS[:5], Hours(opens, closes))
    return BranchPlan(
        branch="bontang",
        name="Bontang",
        zone=ZONE.key,
        services={letter: Service(letter, quota=quota or {}) for letter in services},
        counters=plans,
        rules=replace(Rules(), **rules),
        hours=week,
    )


class Day:
    """One branch day under test, with a clock one moves by hand (branch time)."""

    def __init__(self, plan: BranchPlan | None = None, *, opened: bool = True, **options: Any):
        self.day = BranchDay(plan=plan or a_plan(**options), date=MONDAY)
        self.now = self.at_hour("08:00:00")
        self.stored: list[bytes] = []
        self.last: tuple[e.Event, ...] = ()
        self.refused: Mapping[str, object] = {}
        if opened:
            self.open_day()
            for name in self.day.plan.counters:
                self.open(name)

    def at_hour(self, hour: str, on: date = MONDAY) -> datetime:
        return datetime.combine(on, time.fromisoformat(hour), ZONE).astimezone(UTC)

    def at(self, hour: str, on: date = MONDAY) -> Day:
        self.now = self.at_hour(hour, on)
        return self

    def after(self, **span: float) -> Day:
        self.now += timedelta(**span)
        return self

    def do(self, command: c.Command) -> Decision:
        self._happen(settle(self.day, self.now))
        decision = decide(self.day, command, self.now)
        self.last = decision if isinstance(decision, tuple) else ()
        before = copy.deepcopy(self.day) if isinstance(decision, Refusal) else None
        self._happen(self.last)
        assert before is None or before == self.day, "a refusal changes nothing"
        return decision

    def _happen(self, events: tuple[e.Event, ...]) -> None:
        for event in events:
            before = self.day.scratch()
            apply(self.day, event)
            self._changed_something(before, event)
            self.stored.append(codec.encode(event))
        if events:
            assert refold(map(codec.decode, self.stored)) == self.day

    def _changed_something(self, before: BranchDay, event: e.Event) -> None:
        """Only saying the same thing twice may leave the day as it was."""
        timeless = replace(self.day, seq=0, last_at=None)
        if timeless == replace(before, seq=0, last_at=None):
            said_before = {bytes(stored) for stored in self.stored}
            again = codec.encode(event) in said_before
            may_confirm = isinstance(event, e.TicketPrioritised | e.NumbersContinued)
            assert again or may_confirm, f"{event} changed nothing"

    # What a test says

    def answer(self, command: c.Command) -> Any:
        """A refusal's code, the number that is one's own already, or the last event."""
        decision = self.do(command)
        self.refused = decision.fields if isinstance(decision, Refusal) else {}
        if isinstance(decision, Refusal):
            return decision.code.value
        if isinstance(decision, AlreadyYours):
            return decision
        return decision[-1] if decision else None

    def open_day(self) -> Any:
        return self.answer(c.OpenDay())

    def close_day(self) -> Any:
        return self.answer(c.CloseDay())

    def open_intake(self) -> Any:
        return self.answer(c.OpenIntake())

    def close_intake(self) -> Any:
        return self.answer(c.CloseIntake())

    def continue_numbers(self, **last: int) -> Any:
        return self.answer(c.ContinueNumbers(last=last))

    def end_day(self) -> Any:
        """As the opening of the next day does."""
        return self.answer(c.EndDay())

    def open(self, counter: str, holder: str | None = None) -> Any:
        return self.answer(c.OpenCounter(counter=counter, holder=holder))

    def take(self, counter: str, officer: str, *, move: bool = False) -> Any:
        """An officer opens a counter for themselves."""
        return self.answer(
            c.OpenCounter(counter=counter, holder=officer, by=officer, as_holder=True, move=move)
        )

    def pause(self, counter: str) -> Any:
        return self.answer(c.PauseCounter(counter=counter, reason="prayer"))

    def resume(self, counter: str) -> Any:
        return self.answer(c.ResumeCounter(counter=counter))

    def close(self, counter: str, *, return_open: bool = False) -> Any:
        return self.answer(c.CloseCounter(counter=counter, return_open=return_open))

    def issue(self, service: str = "A", *, by: str = "guard", **fields: Any) -> Any:
        """The number given, or why not."""
        channel = Channel(by)
        fields.setdefault("proven", channel is not Channel.PHONE)
        answer = self.answer(c.IssueTicket(service=service, channel=channel, **fields))
        return answer.number if isinstance(answer, e.TicketIssued) else answer

    def call_next(self, counter: str = "1") -> Any:
        """`(number, rule)`, or why not."""
        answer = self.answer(c.CallNext(counter=counter))
        return (answer.number, answer.rule.value) if isinstance(answer, e.TicketCalled) else answer

    def call(self, number: str, counter: str = "1") -> Any:
        return self.answer(c.CallTicket(counter=counter, number=number, reason="elderly"))

    def serve_next(self, counter: str = "1") -> Any:
        """Calls and finishes; what `call_next` said."""
        called = self.call_next(counter)
        if isinstance(called, tuple):
            self.finish(called[0])
        return called

    def recall(self, number: str) -> Any:
        return self.answer(c.Recall(number=number))

    def start(self, number: str) -> Any:
        return self.answer(c.StartServing(number=number))

    def finish(self, number: str, outcome: str | None = None) -> Any:
        return self.answer(c.Finish(number=number, outcome=outcome))

    def skip(self, number: str, *, confirm: bool = True) -> Any:
        return self.answer(c.Skip(number=number, confirm=confirm))

    def miss_next(self, counter: str = "1") -> str:
        """Calls the next and skips them; their number."""
        number: str = self.call_next(counter)[0]
        self.skip(number)
        return number

    def rejoin(self, number: str) -> Any:
        return self.answer(c.Rejoin(number=number))

    def return_(self, number: str) -> Any:
        return self.answer(c.ReturnTicket(number=number))

    def park(self, number: str) -> Any:
        return self.answer(c.Park(number=number))

    def unpark(self, number: str, counter: str = "1") -> Any:
        return self.answer(c.Unpark(number=number, counter=counter))

    def transfer(
        self,
        number: str,
        *,
        service: str | None = None,
        counter: str | None = None,
        place: str = "keep",
        by: str = "",
    ) -> Any:
        return self.answer(
            c.Transfer(
                number=number, to_service=service, to_counter=counter, spot=Spot(place), by=by
            )
        )

    def undo(self, number: str, counter: str | None = "1", by: str = "") -> Any:
        decision = self.do(c.Undo(number=number, counter=counter, by=by))
        if isinstance(decision, Refusal):
            return decision.fields.get("why", decision.code.value)
        return self.last[-1]

    def confirm(self, number: str) -> Any:
        return self.answer(c.ConfirmPresence(number=number))

    def prioritise(self, number: str, on: bool = True) -> Any:
        return self.answer(c.Prioritise(number=number, on=on))

    def cancel(self, number: str) -> Any:
        return self.answer(c.Cancel(number=number))

    def leave(self, number: str) -> Any:
        return self.answer(c.Leave(number=number))

    def defer(self, number: str) -> Any:
        return self.answer(c.Defer(number=number))

    def coming(self, number: str) -> Any:
        return self.answer(c.Coming(number=number))

    # What a test looks at

    @property
    def line(self) -> list[str]:
        return [ticket.number for ticket in callable_line(self.day)]

    def __getitem__(self, number: str) -> Ticket:
        return self.day.tickets[number]

    def state(self, number: str) -> str:
        return self[number].state.value
