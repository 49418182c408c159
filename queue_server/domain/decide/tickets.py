"""Decisions about one ticket: at the counter, in the line, by the participant."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide import quota, require
from queue_server.domain.decide.forgetting import leave
from queue_server.domain.decide.one_number import need_no_other
from queue_server.domain.line import (
    callable_line,
    following,
    front_place,
    last_place,
    nth_or_last,
    place_behind,
)
from queue_server.domain.model import BranchDay, CounterState, Place, Spot, Ticket, Undoable
from queue_server.domain.refusals import Code
from queue_server.domain.transitions import Verb


def decide(day: BranchDay, command: c.TicketCommand, at: datetime) -> tuple[e.Event, ...]:
    """Hands a ticket command to its rule."""
    match command:
        case c.ConfirmPresence():
            return _confirm_presence(day, command, at)
        case c.Prioritise():
            return _prioritise(day, command, at)
        case c.StartServing():
            ticket = require.ticket(day, command, command.number, Verb.START)
            return (e.ServingStarted(at=at, by=command.by, number=ticket.number),)
        case c.Finish():
            return _finish(day, command, at)
        case c.Skip():
            return _skip(day, command, at)
        case c.Rejoin():
            return _rejoin(day, command, at)
        case c.ReturnTicket():
            return _return(day, command, at)
        case c.Park():
            ticket = require.ticket(day, command, command.number, Verb.PARK)
            return (e.TicketParked(at=at, by=command.by, number=ticket.number),)
        case c.Unpark():
            return _unpark(day, command, at)
        case c.Transfer():
            return _transfer(day, command, at)
        case c.Undo():
            return _undo(day, command, at)
        case c.Defer():
            return _defer(day, command, at)
        case c.Coming():
            ticket = require.ticket(day, command, command.number, Verb.COMING)
            return (e.PersonComing(at=at, by=command.by, number=ticket.number),)
        case c.Cancel():
            ticket = require.ticket(day, command, command.number, Verb.CANCEL)
            return (e.TicketCancelled(at=at, by=command.by, number=ticket.number),)
        case c.Leave():
            return leave(day, command, at)
    raise TypeError(f"no rule for {type(command).__name__}")


def _confirm_presence(
    day: BranchDay, command: c.ConfirmPresence, at: datetime
) -> tuple[e.Event, ...]:
    """The ticket gets its place now, also in the quota: rank and `since` count from the proof."""
    ticket = require.ticket(day, command, command.number, Verb.CONFIRM_PRESENCE)
    if ticket.place is not None:
        raise require.wrong_state(ticket)
    quota.for_a_proof(day, ticket.letter, at)
    confirmed = e.PresenceConfirmed(
        at=at, by=command.by, number=ticket.number, place=last_place(day, at)
    )
    return (confirmed,)


def _prioritise(day: BranchDay, command: c.Prioritise, at: datetime) -> tuple[e.Event, ...]:
    ticket = require.ticket(day, command, command.number, Verb.PRIORITISE)
    weight = 1 if command.on else 0
    prioritised = e.TicketPrioritised(at=at, by=command.by, number=ticket.number, weight=weight)
    return (prioritised,)


def recall(day: BranchDay, command: c.Recall, at: datetime, *, gap: bool) -> tuple[e.Event, ...]:
    """Announces again. `gap`: must there have been one? While time stands still none would end."""
    ticket = require.ticket(day, command, command.number, Verb.RECALL)
    assert ticket.announced_at is not None
    assert ticket.counter is not None
    wait = ticket.announced_at + timedelta(seconds=day.plan.rules.recall_gap_s) - at
    if gap and wait > timedelta(0):
        wait_s = -(-wait // timedelta(seconds=1))
        raise require.no(Code.TOO_SOON, number=ticket.number, wait_s=wait_s)
    recalled = e.TicketRecalled(at=at, by=command.by, number=ticket.number, counter=ticket.counter)
    return (recalled,)


def _finish(day: BranchDay, command: c.Finish, at: datetime) -> tuple[e.Event, ...]:
    ticket = require.ticket(day, command, command.number, Verb.FINISH)
    listed = day.plan.outcomes
    if listed and command.outcome is not None and command.outcome not in listed:
        raise require.no(Code.UNKNOWN_OUTCOME, outcome=command.outcome, allowed=list(listed))
    finished = e.TicketFinished(at=at, by=command.by, number=ticket.number, outcome=command.outcome)
    return (finished,)


def _skip(day: BranchDay, command: c.Skip, at: datetime) -> tuple[e.Event, ...]:
    ticket = require.ticket(day, command, command.number, Verb.SKIP)
    needed = day.plan.rules.calls_before_skip
    if ticket.announcements < needed and not command.confirm:
        raise require.no(
            Code.NOT_CALLED_ENOUGH,
            number=ticket.number,
            announced=ticket.announcements,
            needed=needed,
        )
    return (e.TicketSkipped(at=at, by=command.by, number=ticket.number),)


def _rejoin(day: BranchDay, command: c.Rejoin, at: datetime) -> tuple[e.Event, ...]:
    """Behind the `rejoin_behind`-th callable ticket of its
    service, or the last; else where it stands.
    """
    ticket = require.ticket(day, command, command.number, Verb.REJOIN)
    limit = day.plan.rules.rejoins_max
    if ticket.rejoins >= limit:
        raise require.no(Code.NO_REJOINS_LEFT, number=ticket.number, limit=limit)
    need_no_other(day, ticket)
    front = nth_or_last(callable_line(day, ticket.service), day.plan.rules.rejoin_behind)
    rejoined = e.TicketRejoined(
        at=at,
        by=command.by,
        number=ticket.number,
        place=place_behind(day, front) if front else _place(ticket),
        behind=front.number if front else None,
    )
    return (rejoined,)


def _place(ticket: Ticket) -> Place:
    assert ticket.place is not None
    return ticket.place


def _return(day: BranchDay, command: c.ReturnTicket, at: datetime) -> tuple[e.Event, ...]:
    ticket = require.ticket(day, command, command.number, Verb.RETURN)
    cooldown_s = day.plan.rules.return_cooldown_s
    returned = e.TicketReturned(
        at=at,
        by=command.by,
        number=ticket.number,
        cooling_until=at + timedelta(seconds=cooldown_s) if cooldown_s else None,
    )
    return (returned,)


def _unpark(day: BranchDay, command: c.Unpark, at: datetime) -> tuple[e.Event, ...]:
    """Called again at any open counter with a free seat."""
    counter = require.counter(day, command.counter)
    ticket = require.ticket(day, command, command.number, Verb.UNPARK, to=counter)
    require.calling(counter)
    require.seat(day, counter)
    unparked = e.TicketUnparked(at=at, by=command.by, number=ticket.number, counter=counter.name)
    return (unparked,)


def _transfer(day: BranchDay, command: c.Transfer, at: datetime) -> tuple[e.Event, ...]:
    """To a service (tied to no counter) or to a counter (tied to it until the next transfer)."""
    if command.to_service is not None:
        require.service(day, command.to_service)
    to_counter = None
    if command.to_counter is not None:
        to_counter = require.counter(day, command.to_counter)
    ticket = require.ticket(day, command, command.number, Verb.TRANSFER)
    if ticket.place is None:
        raise require.no(Code.NOT_CALLABLE, number=ticket.number)
    if to_counter is not None and to_counter.state is CounterState.CLOSED:
        raise require.no(
            Code.COUNTER_NOT_OPEN, counter=to_counter.name, state=to_counter.state.value
        )
    transferred = e.TicketTransferred(
        at=at,
        by=command.by,
        number=ticket.number,
        service=command.to_service or ticket.service,
        tied=command.to_counter,
        place=_spot(day, ticket.place, command.spot, at),
    )
    return (transferred,)


def _spot(day: BranchDay, place: Place, spot: Spot, at: datetime) -> Place:
    match spot:
        case Spot.KEEP:
            return place
        case Spot.END:
            return last_place(day, at)
        case Spot.NEXT:
            return front_place(day, place.since)


def _defer(day: BranchDay, command: c.Defer, at: datetime) -> tuple[e.Event, ...]:
    """Behind the `defer_behind`-th callable ticket of its
    service after it, or the last. Never forward.
    """
    ticket = require.ticket(day, command, command.number, Verb.DEFER)
    if ticket.place is None:
        raise require.no(Code.NOT_CALLABLE, number=ticket.number)
    limit = day.plan.rules.defers_max
    if ticket.defers >= limit:
        raise require.no(Code.NO_DEFERS_LEFT, number=ticket.number, limit=limit)
    after = following(day, ticket, day.plan.rules.defer_behind)
    if not after:
        raise require.no(Code.NOBODY_BEHIND, number=ticket.number)
    front = after[-1]
    deferred = e.TicketDeferred(
        at=at,
        by=command.by,
        number=ticket.number,
        place=place_behind(day, front),
        behind=front.number,
    )
    return (deferred,)


def _undo(day: BranchDay, command: c.Undo, at: datetime) -> tuple[e.Event, ...]:
    """Takes the ticket's last action back: in time, by the
    counter (or person) that did it, with a seat free.
    """
    ticket = day.tickets.get(command.number)
    if ticket is None:
        raise require.no(Code.UNKNOWN_TICKET, number=command.number)
    require.open_day(day)
    why = _why_not_undo(day, command, ticket, at)
    if why is not None:
        raise require.no(Code.CANNOT_UNDO, number=ticket.number, why=why)
    assert ticket.undoable is not None
    need_no_other(day, ticket)
    undone = e.ActionUndone(at=at, by=command.by, number=ticket.number, verb=ticket.undoable.verb)
    return (undone,)


def _why_not_undo(day: BranchDay, command: c.Undo, ticket: Ticket, at: datetime) -> str | None:
    last = ticket.undoable
    if last is None:
        return "nothing"
    if at - last.at > timedelta(seconds=day.plan.rules.undo_s):
        return "too_late"
    if not _may_undo(day, command, last):
        return "other_counter"
    if last.before.open and not _has_seat(day, last):
        return "no_seat"
    return None


def _may_undo(day: BranchDay, command: c.Undo, last: Undoable) -> bool:
    if last.counter is None:
        return last.by == command.by
    if command.counter is not None and command.counter != last.counter:
        return False
    return not command.as_holder or require.counter(day, last.counter).holder == command.by


def _has_seat(day: BranchDay, last: Undoable) -> bool:
    """A paused counter has seats, a closed one has none.
    Whoever comes from this seat frees it himself.
    """
    counter = require.counter(day, last.counter or "")
    if counter.state is CounterState.CLOSED:
        return False
    return len(counter.open_tickets) < day.plan.counters[counter.name].capacity
