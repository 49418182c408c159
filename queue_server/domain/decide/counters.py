"""Decisions about counters: opening, pausing, closing, and calling from the line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.calling import Choice, choose_next, choose_this
from queue_server.domain.decide import require
from queue_server.domain.decide.forgetting import forgotten_at
from queue_server.domain.forgetting import left_behind
from queue_server.domain.line import ranked_before
from queue_server.domain.model import Announced, BranchDay, Counter, CounterState
from queue_server.domain.refusals import Code
from queue_server.domain.tally import held_by
from queue_server.domain.transitions import Verb


def open_counter(day: BranchDay, command: c.OpenCounter, at: datetime) -> tuple[e.Event, ...]:
    """Opens a closed counter, or one left behind; its lease goes to `holder`."""
    counter = require.counter(day, command.counter)
    require.open_day(day)
    taken_over = _taken_over(day, command, counter, at)
    if not taken_over:
        require.counter_in(counter, CounterState.CLOSED)
    moved = _moved(day, command, at)
    opened = e.CounterOpened(at=at, by=command.by, counter=counter.name, holder=command.holder)
    return (*taken_over, *moved, opened)


def _taken_over(
    day: BranchDay, command: c.OpenCounter, counter: Counter, at: datetime
) -> tuple[e.Event, ...]:
    """Of somebody who went without closing it: whoever is still there is forgotten."""
    if counter.holder is None or counter.holder == command.holder:
        return ()
    if not left_behind(day, counter, at):
        raise require.no(Code.COUNTER_HELD, counter=counter.name)
    there = (day.tickets[number] for number in counter.open_tickets)
    closed = e.CounterClosed(at=at, by=command.by, counter=counter.name)
    return (*forgotten_at(command, at, there), closed)


def _moved(day: BranchDay, command: c.OpenCounter, at: datetime) -> tuple[e.Event, ...]:
    """Of an officer; a supervisor may hold as many as they like."""
    too_many = to_give_up(day, command.holder) if command.as_holder else ()
    if too_many and not command.move:
        raise require.no(
            Code.COUNTERS_HELD,
            counter=command.counter,
            held=[counter.name for counter in held_by(day, command.holder)],
            limit=day.plan.rules.counters_per_officer_max,
        )
    return tuple(event for counter in too_many for event in _given_up(day, command, counter, at))


def to_give_up(day: BranchDay, officer: str | None) -> Sequence[Counter]:
    """An officer holds so many counters and no more: what opening another takes, those first opened
    first.
    """
    held = held_by(day, officer)
    return held[: max(0, len(held) + 1 - day.plan.rules.counters_per_officer_max)]


def _given_up(
    day: BranchDay, command: c.OpenCounter, counter: Counter, at: datetime
) -> tuple[e.Event, ...]:
    """Its open tickets stand in their places, for the new counter alone: called there again."""
    closed = e.CounterClosed(
        at=at, by=command.by, counter=counter.name, returned=counter.open_tickets
    )
    return (closed, *(_along(day, command, number, at) for number in counter.open_tickets))


def _along(day: BranchDay, command: c.OpenCounter, number: str, at: datetime) -> e.Event:
    ticket = day.tickets[number]
    assert ticket.place is not None
    return e.TicketTransferred(
        at=at,
        by=command.by,
        number=number,
        service=ticket.service,
        tied=command.counter,
        place=ticket.place,
    )


def pause(day: BranchDay, command: c.PauseCounter, at: datetime) -> tuple[e.Event, ...]:
    """Stops calling; whoever is at the counter is served on."""
    counter = require.counter_of(day, command, command.counter)
    require.counter_in(counter, CounterState.OPEN)
    require.known_reason(command.reason, day.plan.pause_reasons)
    paused = e.CounterPaused(at=at, by=command.by, counter=counter.name, reason=command.reason)
    return (paused,)


def resume(day: BranchDay, command: c.ResumeCounter, at: datetime) -> tuple[e.Event, ...]:
    """Calls again."""
    counter = require.counter_of(day, command, command.counter)
    require.counter_in(counter, CounterState.PAUSED)
    return (e.CounterResumed(at=at, by=command.by, counter=counter.name),)


def close(day: BranchDay, command: c.CloseCounter, at: datetime) -> tuple[e.Event, ...]:
    """Closes, gives the lease up; open tickets go back to the line only where told so."""
    counter = require.counter_of(day, command, command.counter)
    require.counter_in(counter, CounterState.OPEN, CounterState.PAUSED)
    if counter.open_tickets and not command.return_open:
        raise require.no(
            Code.COUNTER_BUSY, counter=counter.name, open_tickets=list(counter.open_tickets)
        )
    closed = e.CounterClosed(
        at=at, by=command.by, counter=counter.name, returned=counter.open_tickets
    )
    return (closed,)


def call_next(day: BranchDay, command: c.CallNext, at: datetime) -> tuple[e.Event, ...]:
    """Calls whom the rules choose."""
    counter = require.counter_of(day, command, command.counter)
    require.calling(counter)
    require.seat(day, counter)
    choice = choose_next(day, counter.name, at)
    if choice is None:
        raise require.no(Code.NOBODY_WAITING, counter=counter.name)
    return (_called(day, command, choice, Announced.CALL_NEXT, at),)


def call_ticket(day: BranchDay, command: c.CallTicket, at: datetime) -> tuple[e.Event, ...]:
    """Calls one ticket out of order: any callable one, whatever its service."""
    counter = require.counter(day, command.counter)
    ticket = require.ticket(day, command, command.number, Verb.CALL, to=counter)
    if ticket.place is None:
        raise require.no(Code.NOT_CALLABLE, number=ticket.number)
    require.calling(counter)
    require.seat(day, counter)
    require.known_reason(command.reason, day.plan.call_reasons)
    return (_called(day, command, choose_this(ticket), Announced.CALL, at),)


def _called(
    day: BranchDay,
    command: c.CallNext | c.CallTicket,
    choice: Choice,
    kind: Announced,
    at: datetime,
) -> e.TicketCalled:
    reason, note = (
        (command.reason, command.note) if isinstance(command, c.CallTicket) else ("", None)
    )
    return e.TicketCalled(
        at=at,
        by=command.by,
        number=choice.ticket.number,
        counter=command.counter,
        rule=choice.rule,
        overtook=ranked_before(day, command.counter, choice.ticket),
        kind=kind,
        run=choice.run,
        reason=reason,
        note=note,
    )
