"""Who sits at which counter: one counter a ticket, no more tickets than seats."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.fold.invariants import must
from queue_server.domain.model import BranchDay, Counter, CounterState, Ticket


def counter_of(day: BranchDay, name: str) -> Counter:
    must(name in day.plan.counters or name in day.counters, f"counter {name} exists")
    return day.counters.get(name) or Counter(name)


def take_seat(day: BranchDay, ticket: Ticket, name: str, at: datetime) -> None:
    counter = counter_of(day, name)
    must(counter.state is CounterState.OPEN, f"counter {name} is open")
    sit_down(day, ticket, counter, at)


def sit_down(day: BranchDay, ticket: Ticket, counter: Counter, at: datetime) -> None:
    capacity = day.plan.counters[counter.name].capacity
    must(len(counter.open_tickets) < capacity, f"counter {counter.name} has a free seat")
    must(ticket.counter is None, f"{ticket.number} is at one counter only")
    day.counters[counter.name] = counter.seating((*counter.open_tickets, ticket.number), at)


def leave_seat(day: BranchDay, ticket: Ticket, at: datetime) -> None:
    assert ticket.counter is not None
    counter = counter_of(day, ticket.counter)
    must(ticket.number in counter.open_tickets, f"{ticket.number} sits at {counter.name}")
    rest = tuple(number for number in counter.open_tickets if number != ticket.number)
    day.counters[counter.name] = counter.seating(rest, at)


def stay_seated(day: BranchDay, ticket: Ticket, at: datetime) -> None:
    """Something is done with whoever sits there."""
    assert ticket.counter is not None
    counter = counter_of(day, ticket.counter)
    day.counters[counter.name] = counter.seating(counter.open_tickets, at)
