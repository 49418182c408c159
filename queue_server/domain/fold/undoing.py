"""An action is taken back: the ticket is as it was before it."""

from __future__ import annotations

from queue_server.domain import events as e
from queue_server.domain.fold.invariants import must
from queue_server.domain.fold.keeping import put, withdraw
from queue_server.domain.fold.seats import counter_of, leave_seat, sit_down
from queue_server.domain.model import BranchDay, CounterState, Ticket
from queue_server.domain.transitions import Verb


def undo(day: BranchDay, ticket: Ticket, event: e.ActionUndone) -> None:
    """The former state and place return; periods are as if it
    had not been; an undone call is withdrawn.
    """
    last = ticket.undoable
    must(last is not None and last.verb == event.verb, f"{ticket.number} can be undone")
    assert last is not None
    before = last.before
    if ticket.open:
        leave_seat(day, ticket, event.at)
    if before.open:
        assert before.counter is not None
        counter = counter_of(day, before.counter)
        must(counter.state is not CounterState.CLOSED, f"counter {counter.name} has seats")
        sit_down(day, ticket.changed(counter=None), counter, event.at)
    if last.verb == Verb.CALL:
        assert ticket.announced is not None
        withdraw(day, ticket.announced)
    put(day, before)
