"""A ticket is announced: called, called again, called from where it was parked."""

from __future__ import annotations

from queue_server.domain import events as e
from queue_server.domain.fold.invariants import must
from queue_server.domain.fold.keeping import announce
from queue_server.domain.fold.moving import move, move_undoably
from queue_server.domain.fold.seats import stay_seated, take_seat
from queue_server.domain.model import (
    Announced,
    Announcement,
    BranchDay,
    RunEffect,
    Ticket,
    TicketState,
)
from queue_server.domain.transitions import Verb


def call(day: BranchDay, ticket: Ticket, event: e.TicketCalled) -> None:
    must(ticket.place is not None, "an unproven ticket is never called")
    take_seat(day, ticket, event.counter, event.at)
    announced = _announce(day, event, event.kind)
    move_undoably(
        day,
        ticket,
        event,
        Verb.CALL,
        TicketState.CALLED,
        counter=event.counter,
        last_counter=event.counter,
        yielded=False,
        cooling_until=None,
        coming_at=None,
        called_ever=True,
        announcements=1,
        announced_at=event.at,
        announced=announced,
    )


def unpark(day: BranchDay, ticket: Ticket, event: e.TicketUnparked) -> None:
    take_seat(day, ticket, event.counter, event.at)
    announced = _announce(day, event, Announced.UNPARK)
    move(
        day,
        ticket,
        Verb.UNPARK,
        TicketState.CALLED,
        event.at,
        counter=event.counter,
        last_counter=event.counter,
        coming_at=None,
        announcements=ticket.announcements + 1,
        announced_at=event.at,
        announced=announced,
    )


def recall(day: BranchDay, ticket: Ticket, event: e.TicketRecalled) -> None:
    """Announces again."""
    stay_seated(day, ticket, event.at)
    announced = _announce(day, event, Announced.RECALL)
    move(
        day,
        ticket,
        Verb.RECALL,
        ticket.state,
        event.at,
        announcements=ticket.announcements + 1,
        announced_at=event.at,
        announced=announced,
    )


def _announce(
    day: BranchDay,
    event: e.TicketCalled | e.TicketRecalled | e.TicketUnparked,
    kind: Announced,
) -> Announcement:
    called = event if isinstance(event, e.TicketCalled) else None
    announcement = Announcement(
        seq=day.seq,
        number=event.number,
        counter=event.counter,
        at=event.at,
        kind=kind,
        rule=called.rule if called else None,
        run=called.run if called else RunEffect.KEEPS,
        overtook=called.overtook if called else (),
    )
    announce(day, announcement)
    return announcement
