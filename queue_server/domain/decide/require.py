"""Conditions of commands as guard clauses: each returns what was
asked for, or ends the decision with its refusal.
"""

from __future__ import annotations

from queue_server.domain.commands import Command
from queue_server.domain.model import (
    BranchDay,
    Counter,
    CounterState,
    DayState,
    Ticket,
)
from queue_server.domain.refusals import Code, Refusal, refuse
from queue_server.domain.transitions import Verb, allowed


class Refused(Exception):
    """Ends a decision; never leaves `decide`."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def no(code: Code, **fields: object) -> Refused:
    """The refusal to raise."""
    return Refused(refuse(code, **fields))


def open_day(day: BranchDay) -> None:
    """The day is open."""
    if day.state is not DayState.OPEN:
        raise wrong_day(day)


def wrong_day(day: BranchDay) -> Refused:
    """The day's state does not allow it."""
    return no(Code.WRONG_STATE, what="day", name=day.date.isoformat(), state=day.state.value)


def service(day: BranchDay, letter: str) -> None:
    """The branch has this service."""
    if letter not in day.plan.services:
        raise no(Code.UNKNOWN_SERVICE, service=letter)


def counter(day: BranchDay, name: str) -> Counter:
    """The branch has this counter."""
    if name not in day.plan.counters:
        raise no(Code.UNKNOWN_COUNTER, counter=name)
    return day.counters.get(name) or Counter(name)


def counter_of(day: BranchDay, command: Command, name: str) -> Counter:
    """The counter, on an open day, held by the asker where the asker must hold it."""
    found = counter(day, name)
    open_day(day)
    held_by_asker(command, found)
    return found


def held_by_asker(command: Command, at: Counter) -> None:
    """Officers act at the counter they hold."""
    if command.as_holder and at.holder != command.by:
        raise no(Code.NOT_YOUR_COUNTER, counter=at.name)


def ticket(
    day: BranchDay, command: Command, number: str, verb: Verb, to: Counter | None = None
) -> Ticket:
    """The ticket, on an open day, at a counter the asker may act at (and called `to` one), in a
    state that allows the verb.
    """
    found = day.tickets.get(number)
    if found is None:
        raise no(Code.UNKNOWN_TICKET, number=number)
    open_day(day)
    if to is not None:
        held_by_asker(command, to)
    if found.counter is not None:
        held_by_asker(command, counter(day, found.counter))
    if not allowed(found.state, verb):
        raise wrong_state(found)
    return found


def wrong_state(found: Ticket) -> Refused:
    """The ticket's state does not allow it."""
    return no(Code.WRONG_STATE, what="ticket", name=found.number, state=found.state.value)


def counter_in(found: Counter, *states: CounterState) -> None:
    """The counter is in one of these states."""
    if found.state not in states:
        raise no(Code.WRONG_STATE, what="counter", name=found.name, state=found.state.value)


def calling(found: Counter) -> None:
    """The counter may call: neither closed nor paused."""
    if found.state is not CounterState.OPEN:
        raise no(Code.COUNTER_NOT_OPEN, counter=found.name, state=found.state.value)


def seat(day: BranchDay, found: Counter) -> None:
    """The counter has a free seat."""
    capacity = day.plan.counters[found.name].capacity
    if len(found.open_tickets) >= capacity:
        raise no(
            Code.COUNTER_FULL,
            counter=found.name,
            capacity=capacity,
            open_tickets=list(found.open_tickets),
        )


def known_reason(reason: str, listed: tuple[str, ...]) -> None:
    """The reason code is one of the branch's list, where it has one."""
    if listed and reason not in listed:
        raise no(Code.UNKNOWN_REASON, reason=reason, allowed=list(listed))
