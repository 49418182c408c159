"""Events of one ticket, each to its place."""

from __future__ import annotations

from queue_server.domain import events as e
from queue_server.domain.fold.calls import call, recall, unpark
from queue_server.domain.fold.invariants import must
from queue_server.domain.fold.issuing import issue
from queue_server.domain.fold.moving import (
    change,
    followed_by,
    move,
    move_undoably,
    take_place,
    ticket_of,
)
from queue_server.domain.fold.quota import give_quota_back, take_quota
from queue_server.domain.fold.seats import stay_seated
from queue_server.domain.fold.undoing import undo
from queue_server.domain.model import BranchDay, Ticket, TicketState
from queue_server.domain.transitions import Verb


def apply_to_ticket(day: BranchDay, event: e.TicketEvent) -> None:
    if isinstance(event, e.TicketIssued):
        issue(day, event)
        return
    ticket = ticket_of(day, event.number)
    at = event.at
    match event:
        case e.PresenceConfirmed():
            must(ticket.place is None, "presence is proven once")
            take_place(day, ticket, event.place)
            take_quota(day, ticket.letter)
            move(day, ticket, Verb.CONFIRM_PRESENCE, ticket.state, at, place=event.place)
        case e.TicketPrioritised():
            move(
                day,
                ticket,
                Verb.PRIORITISE,
                ticket.state,
                at,
                weight=event.weight,
                wishes_priority=False,
            )
        case e.PersonComing():
            move(day, ticket, Verb.COMING, ticket.state, at, coming_at=at)
        case e.TicketCalled():
            call(day, ticket, event)
        case e.TicketRecalled():
            recall(day, ticket, event)
        case e.TicketUnparked():
            unpark(day, ticket, event)
        case e.ServingStarted():
            stay_seated(day, ticket, at)
            move(day, ticket, Verb.START, TicketState.SERVING, at, coming_at=None)
        case e.TicketFinished():
            _finish(day, ticket, event)
        case e.TicketSkipped():
            move_undoably(day, ticket, event, Verb.SKIP, TicketState.MISSED)
        case e.TicketParked():
            move_undoably(day, ticket, event, Verb.PARK, TicketState.PARKED)
        case e.TicketReturned():
            move(
                day,
                ticket,
                Verb.RETURN,
                TicketState.WAITING,
                at,
                cooling_until=event.cooling_until,
            )
        case e.TicketTransferred():
            take_place(day, ticket, event.place)
            move_undoably(day, ticket, event, Verb.TRANSFER, TicketState.WAITING)
            change(
                day,
                ticket.number,
                service=event.service,
                tied=event.tied,
                place=event.place,
            )
        case e.TicketRejoined():
            take_place(day, ticket, event.place)
            move(
                day,
                ticket,
                Verb.REJOIN,
                TicketState.WAITING,
                at,
                place=event.place,
                yielded=True,
                rejoins=ticket.rejoins + 1,
            )
        case e.TicketDeferred():
            must(ticket.place is not None and event.place.rank > ticket.rank, "never forward")
            take_place(day, ticket, event.place)
            move(
                day,
                ticket,
                Verb.DEFER,
                TicketState.WAITING,
                at,
                place=event.place,
                yielded=True,
                defers=ticket.defers + 1,
            )
        case e.TicketCancelled():
            give_quota_back(day, ticket)
            move(day, ticket, Verb.CANCEL, TicketState.CANCELLED, at)
        case e.TicketLapsed():
            must(ticket.place is None, "only an unproven ticket lapses")
            move(day, ticket, Verb.LAPSE, TicketState.CANCELLED, at)
        case e.TicketForgotten():
            move(day, ticket, Verb.FORGET, TicketState.FORGOTTEN, at, coming_at=None)
        case e.ActionUndone():
            undo(day, ticket, event)


def _finish(day: BranchDay, ticket: Ticket, event: e.TicketFinished) -> None:
    """Finishing a called ticket implies the start of serving, at the same moment."""
    move_undoably(day, ticket, event, Verb.FINISH, TicketState.FINISHED, outcome=event.outcome)
    if ticket.state is TicketState.CALLED:
        served = followed_by(ticket.periods, TicketState.SERVING, event.at)
        change(day, ticket.number, periods=followed_by(served, TicketState.FINISHED, event.at))
