"""Events of counters: opened, paused, resumed, closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from queue_server.domain import events as e
from queue_server.domain.fold.invariants import must
from queue_server.domain.fold.moving import change, move, ticket_of
from queue_server.domain.fold.seats import counter_of
from queue_server.domain.model import BranchDay, Counter, CounterState, TicketState
from queue_server.domain.tally import tied_to
from queue_server.domain.transitions import Verb


def apply_to_counter(day: BranchDay, event: e.CounterEvent) -> None:
    counter = counter_of(day, event.counter)
    used = replace(counter, since=event.at, used_at=event.at)
    match event:
        case e.CounterOpened():
            must(counter.state is CounterState.CLOSED, "only a closed counter opens")
            changed = replace(used, state=CounterState.OPEN, holder=event.holder)
        case e.CounterPaused():
            must(counter.state is CounterState.OPEN, "only an open counter pauses")
            changed = replace(used, state=CounterState.PAUSED, reason=event.reason)
        case e.CounterResumed():
            must(counter.state is CounterState.PAUSED, "only a paused counter resumes")
            changed = replace(used, state=CounterState.OPEN, reason=None)
        case e.CounterClosed():
            must(counter.open_tickets == event.returned, "a closed counter has nobody open")
            for number in event.returned:
                move(day, ticket_of(day, number), Verb.RETURN, TicketState.WAITING, event.at)
            close_counter(day, counter.name, event.at)
            return
    day.counters[counter.name] = changed


def close_counter(day: BranchDay, name: str, at: datetime) -> None:
    """Gives the lease up and unties who was tied to it, also in what an undo would bring back."""
    day.counters[name] = Counter(name, since=at)
    for ticket in tied_to(day, name):
        if ticket.tied == name:
            change(day, ticket.number, tied=None)
        last = ticket.undoable
        if last is not None and last.before.tied == name:
            before = last.before.changed(tied=None)
            change(day, ticket.number, undoable=replace(last, before=before))
