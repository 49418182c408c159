"""A ticket moves: state, periods, place and seat together, by the table of states."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import events as e
from queue_server.domain.fold.invariants import must
from queue_server.domain.fold.keeping import put
from queue_server.domain.fold.seats import leave_seat
from queue_server.domain.forgetting import long_unheard_of
from queue_server.domain.model import BranchDay, Period, Place, Ticket, TicketState, Undoable
from queue_server.domain.transitions import TABLE, UNDOABLE, Verb

PERIOD_KINDS = frozenset(
    {TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.PARKED}
)


def ticket_of(day: BranchDay, number: str) -> Ticket:
    must(number in day.tickets, f"ticket {number} exists")
    return day.tickets[number]


def change(day: BranchDay, number: str, **changes: object) -> None:
    put(day, day.tickets[number].changed(**changes))


def move(
    day: BranchDay,
    ticket: Ticket,
    verb: Verb,
    to: TicketState,
    at: datetime,
    **changes: object,
) -> None:
    """Follows the table: state, periods and seat together. Nothing earlier can be undone now."""
    must(to in TABLE[verb].get(ticket.state, ()), f"{ticket.number}: {verb} from {ticket.state}")
    changes.setdefault("undoable", None)
    if to is not ticket.state:
        if ticket.open and to not in (TicketState.CALLED, TicketState.SERVING):
            leave_seat(day, ticket, at)
            changes["counter"] = None
            changes["belated"] = ticket.belated or long_unheard_of(day, ticket, at)
        changes["state"] = to
        changes["periods"] = followed_by(ticket.periods, to, at)
    change(day, ticket.number, **changes)


def move_undoably(
    day: BranchDay,
    ticket: Ticket,
    event: e.TicketCalled
    | e.TicketFinished
    | e.TicketSkipped
    | e.TicketParked
    | e.TicketTransferred,
    verb: Verb,
    to: TicketState,
    **changes: object,
) -> None:
    """Moves a ticket and keeps what it was, for `undo`."""
    assert verb in UNDOABLE
    counter = event.counter if isinstance(event, e.TicketCalled) else ticket.counter
    before = ticket if ticket.undoable is None else ticket.changed(undoable=None)
    last = Undoable(verb=verb, at=event.at, counter=counter, by=event.by, before=before)
    move(day, ticket, verb, to, event.at, undoable=last, **changes)


def followed_by(periods: tuple[Period, ...], to: TicketState, at: datetime) -> tuple[Period, ...]:
    """Ends the running period and begins that of the new state, if it is one that is measured."""
    ended = periods
    if periods and periods[-1].end is None:
        ended = (*periods[:-1], periods[-1].ended(at))
    return (*ended, Period(to, at)) if to in PERIOD_KINDS else ended


def take_place(day: BranchDay, ticket: Ticket, place: Place) -> None:
    """A rank is the ticket's own, the next of issue, or the next behind one: never given before."""
    if place == ticket.place:
        return
    order, behind = place.rank
    if behind:
        must(behind == day.behind.get(order, 0) + 1, f"rank {place.rank} is new")
        must(order <= day.orders, f"rank {place.rank} is behind an issued one")
        day.behind[order] = behind
    else:
        must(order == day.orders + 1, f"rank {place.rank} is the next of issue")
        day.orders = order
