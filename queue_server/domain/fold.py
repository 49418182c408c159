"""`apply(day, event)`: the only thing that changes a day. It checks the day's invariants and raises
`BrokenInvariant`.

The fold is dumb on purpose: events carry what was decided, it only writes it down. A broken
invariant here is a bug,
found before anything is durable, or a log that was tampered with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from queue_server.domain import events as e
from queue_server.domain.model import (
    Announced,
    Announcement,
    BranchDay,
    Counter,
    CounterState,
    DayState,
    IntakeHand,
    Period,
    Place,
    RunEffect,
    Ticket,
    TicketState,
    Undoable,
)
from queue_server.domain.transitions import TABLE, UNDOABLE, Verb

PERIOD_KINDS = frozenset(
    {TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.PARKED}
)


class BrokenInvariant(Exception):
    """A promise of the day would be broken: a bug. The day stops before anything is durable."""


def refold(events: Iterable[e.Event]) -> BranchDay:
    """The day that a whole log tells. The first event must be `DayOpened`."""
    iterator = iter(events)
    first = next(iterator, None)
    if not isinstance(first, e.DayOpened):
        raise BrokenInvariant("a day's log begins with DayOpened")
    day = BranchDay(plan=first.plan, date=first.date)
    apply(day, first)
    for event in iterator:
        apply(day, event)
    return day


def apply(day: BranchDay, event: e.Event) -> None:
    """Changes the day by one event."""
    _must(day.last_at is None or event.at >= day.last_at, "time went back")
    day.seq += 1
    day.last_at = event.at
    if isinstance(event, e.DayEvent):
        _apply_to_day(day, event)
    elif isinstance(event, e.CounterEvent):
        _apply_to_counter(day, event)
    else:
        _apply_to_ticket(day, event)


def _must(condition: bool, promise: str) -> None:
    if not condition:
        raise BrokenInvariant(promise)


# The day


def _apply_to_day(day: BranchDay, event: e.DayEvent) -> None:
    match event:
        case e.DayOpened():
            _must(day.opened_at is None, "a day is opened for the first time once")
            day.plan, day.date = event.plan, event.date
            day.previous_head, day.learned = event.previous_head, dict(event.learned)
            day.state, day.opened_at = DayState.OPEN, event.at
        case e.DayReopened():
            _reopen(day, event.at)
        case e.DayClosed():
            _close_day(day, event)
        case e.IntakeOpened():
            day.intake_hand = IntakeHand(event.at, True)
        case e.IntakeClosed():
            day.intake_hand = IntakeHand(event.at, False)
        case e.NumbersContinued():
            _continue_numbers(day, event)
        case e.SettingsChanged():
            _must(day.opened_at is not None, "only a day once opened has settings")
            day.plan = event.plan
        case e.NoticePosted():
            day.notice = event.note


def _continue_numbers(day: BranchDay, event: e.NumbersContinued) -> None:
    _must(day.state is DayState.OPEN, "numbers go on on an open day")
    for letter, last in event.last:
        _must(letter in day.plan.services, f"service {letter} exists")
        _must(last >= day.issued.get(letter, 0), f"the numbers of {letter} never go back")
        day.issued[letter] = last


def _close_day(day: BranchDay, event: e.DayClosed) -> None:
    _must(day.state is DayState.OPEN, "only an open day closes")
    for name in list(day.counters):
        _close_counter(day, name, event.at)
    for number in event.unserved:
        ticket = _ticket(day, number)
        _move(day, ticket, Verb.CLOSE_DAY, TicketState.UNSERVED, event.at)
        _change(day, number, unserved_from=ticket.state)
    _must(not any(ticket.open for ticket in day.tickets.values()), "nobody is open when it closes")
    day.state, day.closed_at = DayState.CLOSED, event.at


def _reopen(day: BranchDay, at: datetime) -> None:
    _must(day.state is DayState.CLOSED and day.opened_at is not None, "only a closed day reopens")
    day.state, day.closed_at = DayState.OPEN, None
    if day.plan.by_hand_only():
        day.intake_hand = None
    for ticket in list(day.tickets.values()):
        if ticket.state is TicketState.UNSERVED and ticket.unserved_from is not None:
            _move(day, ticket, Verb.REOPEN_DAY, ticket.unserved_from, at)
            _change(day, ticket.number, unserved_from=None)


# Counters


def _counter(day: BranchDay, name: str) -> Counter:
    _must(name in day.plan.counters or name in day.counters, f"counter {name} exists")
    return day.counters.get(name) or Counter(name)


def _apply_to_counter(day: BranchDay, event: e.CounterEvent) -> None:
    counter = _counter(day, event.counter)
    match event:
        case e.CounterOpened():
            _must(counter.state is CounterState.CLOSED, "only a closed counter opens")
            changed = replace(counter, state=CounterState.OPEN, holder=event.holder, since=event.at)
        case e.CounterPaused():
            _must(counter.state is CounterState.OPEN, "only an open counter pauses")
            changed = replace(
                counter, state=CounterState.PAUSED, reason=event.reason, since=event.at
            )
        case e.CounterResumed():
            _must(counter.state is CounterState.PAUSED, "only a paused counter resumes")
            changed = replace(counter, state=CounterState.OPEN, reason=None, since=event.at)
        case e.CounterClosed():
            _must(counter.open_tickets == event.returned, "a closed counter has nobody open")
            for number in event.returned:
                _move(day, _ticket(day, number), Verb.RETURN, TicketState.WAITING, event.at)
            _close_counter(day, counter.name, event.at)
            return
    day.counters[counter.name] = changed


def _close_counter(day: BranchDay, name: str, at: datetime) -> None:
    """Gives the lease up and unties who was tied to it, also in what an undo would bring back."""
    day.counters[name] = Counter(name, since=at)
    for ticket in list(day.tickets.values()):
        if ticket.tied == name:
            _change(day, ticket.number, tied=None)
        last = ticket.undoable
        if last is not None and last.before.tied == name:
            before = last.before.changed(tied=None)
            _change(day, ticket.number, undoable=replace(last, before=before))


# Tickets


def _ticket(day: BranchDay, number: str) -> Ticket:
    _must(number in day.tickets, f"ticket {number} exists")
    return day.tickets[number]


def _apply_to_ticket(day: BranchDay, event: e.TicketEvent) -> None:
    if isinstance(event, e.TicketIssued):
        _issue(day, event)
        return
    ticket = _ticket(day, event.number)
    at = event.at
    match event:
        case e.PresenceConfirmed():
            _must(ticket.place is None, "presence is proven once")
            _take_place(day, ticket, event.place)
            _move(day, ticket, Verb.CONFIRM_PRESENCE, ticket.state, at, place=event.place)
        case e.TicketPrioritised():
            _move(
                day,
                ticket,
                Verb.PRIORITISE,
                ticket.state,
                at,
                weight=event.weight,
                wishes_priority=False,
            )
        case e.PersonComing():
            _move(day, ticket, Verb.COMING, ticket.state, at, coming_at=at)
        case e.TicketCalled():
            _call(day, ticket, event)
        case e.TicketRecalled():
            _announce(day, event, Announced.RECALL)
            _move(
                day,
                ticket,
                Verb.RECALL,
                ticket.state,
                at,
                announcements=ticket.announcements + 1,
                announced_at=at,
            )
        case e.TicketUnparked():
            _unpark(day, ticket, event)
        case e.ServingStarted():
            _move(day, ticket, Verb.START, TicketState.SERVING, at, coming_at=None)
        case e.TicketFinished():
            _finish(day, ticket, event)
        case e.TicketSkipped():
            _undoably(day, ticket, event, Verb.SKIP, TicketState.MISSED)
        case e.TicketParked():
            _undoably(day, ticket, event, Verb.PARK, TicketState.PARKED)
        case e.TicketReturned():
            _move(
                day,
                ticket,
                Verb.RETURN,
                TicketState.WAITING,
                at,
                cooling_until=event.cooling_until,
            )
        case e.TicketTransferred():
            _take_place(day, ticket, event.place)
            _undoably(day, ticket, event, Verb.TRANSFER, TicketState.WAITING)
            _change(
                day,
                ticket.number,
                service=event.service,
                tied=event.tied,
                place=event.place,
            )
        case e.TicketRejoined():
            _take_place(day, ticket, event.place)
            _move(
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
            _must(ticket.place is not None and event.place.rank > ticket.rank, "never forward")
            _take_place(day, ticket, event.place)
            _move(
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
            _give_quota_back(day, ticket)
            _move(day, ticket, Verb.CANCEL, TicketState.CANCELLED, at)
        case e.TicketLapsed():
            _must(ticket.place is None, "only an unproven ticket lapses")
            _give_quota_back(day, ticket)
            _move(day, ticket, Verb.LAPSE, TicketState.CANCELLED, at)
        case e.ActionUndone():
            _undo(day, ticket, event)


def _issue(day: BranchDay, event: e.TicketIssued) -> None:
    letter = event.service
    _must(day.state is DayState.OPEN, "numbers are given on an open day")
    _must(letter in day.plan.services, f"service {letter} exists")
    n = day.issued.get(letter, 0) + 1
    _must(event.number == f"{letter}-{n:03d}", f"{event.number} is the next number of {letter}")
    _must(event.number not in day.tickets, f"{event.number} is given once")
    ticket = Ticket(
        number=event.number,
        ticket_id=event.ticket_id,
        letter=letter,
        service=letter,
        state=TicketState.WAITING,
        issued_at=event.at,
        channel=event.channel,
        browser=event.browser,
        identity=event.identity,
        weight=event.weight,
        wishes_priority=event.wishes_priority,
        periods=(Period(TicketState.WAITING, event.at),),
    )
    if event.place is not None:
        _take_place(day, ticket, event.place)
        ticket = ticket.changed(place=event.place)
    day.tickets[ticket.number] = ticket
    day.issued[letter] = n
    day.quota_used[letter] = day.quota_used.get(letter, 0) + 1
    for index, key in ((day.by_browser, event.browser), (day.by_identity, event.identity)):
        if key is not None:
            index[key] = (*index.get(key, ()), ticket.number)


def _take_place(day: BranchDay, ticket: Ticket, place: Place) -> None:
    """A rank is the ticket's own, the next order of issue, or the next order behind one: never one
    given before.
    """
    if place == ticket.place:
        return
    order, behind = place.rank
    if behind:
        _must(behind == day.behind.get(order, 0) + 1, f"rank {place.rank} is new")
        _must(order <= day.orders, f"rank {place.rank} is behind an issued one")
        day.behind[order] = behind
    else:
        _must(order == day.orders + 1, f"rank {place.rank} is the next of issue")
        day.orders = order


def _give_quota_back(day: BranchDay, ticket: Ticket) -> None:
    if not ticket.called_ever:
        day.quota_used[ticket.letter] -= 1


def _change(day: BranchDay, number: str, **changes: object) -> None:
    day.tickets[number] = day.tickets[number].changed(**changes)


def _move(
    day: BranchDay,
    ticket: Ticket,
    verb: Verb,
    to: TicketState,
    at: datetime,
    **changes: object,
) -> None:
    """Follows the table: seats, periods and state change together; what could be undone no longer
    can.
    """
    _must(to in TABLE[verb].get(ticket.state, ()), f"{ticket.number}: {verb} from {ticket.state}")
    changes.setdefault("undoable", None)
    if to is not ticket.state:
        if ticket.open and to not in (TicketState.CALLED, TicketState.SERVING):
            _leave_seat(day, ticket)
            changes["counter"] = None
        changes["state"] = to
        changes["periods"] = _periods(ticket.periods, to, at)
    _change(day, ticket.number, **changes)


def _periods(periods: tuple[Period, ...], to: TicketState, at: datetime) -> tuple[Period, ...]:
    """Ends the running period and begins that of the new state, if it is one that is measured."""
    ended = periods
    if periods and periods[-1].end is None:
        ended = (*periods[:-1], replace(periods[-1], end=at))
    return (*ended, Period(to, at)) if to in PERIOD_KINDS else ended


def _undoably(
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
    before = ticket.changed(undoable=None)
    last = Undoable(verb=verb, at=event.at, counter=counter, by=event.by, before=before)
    _move(day, ticket, verb, to, event.at, undoable=last, **changes)


def _call(day: BranchDay, ticket: Ticket, event: e.TicketCalled) -> None:
    _must(ticket.place is not None, "an unproven ticket is never called")
    _take_seat(day, ticket, event.counter)
    _announce(day, event, event.kind)
    _undoably(
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
    )


def _unpark(day: BranchDay, ticket: Ticket, event: e.TicketUnparked) -> None:
    _take_seat(day, ticket, event.counter)
    _announce(day, event, Announced.UNPARK)
    _move(
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
    )


def _finish(day: BranchDay, ticket: Ticket, event: e.TicketFinished) -> None:
    """Finishing a called ticket implies the start of serving, at the same moment."""
    _undoably(day, ticket, event, Verb.FINISH, TicketState.FINISHED, outcome=event.outcome)
    if ticket.state is TicketState.CALLED:
        served = _periods(ticket.periods, TicketState.SERVING, event.at)
        _change(day, ticket.number, periods=_periods(served, TicketState.FINISHED, event.at))


def _take_seat(day: BranchDay, ticket: Ticket, name: str) -> None:
    counter = _counter(day, name)
    _must(counter.state is CounterState.OPEN, f"counter {name} is open")
    _sit_down(day, ticket, counter)


def _sit_down(day: BranchDay, ticket: Ticket, counter: Counter) -> None:
    capacity = day.plan.counters[counter.name].capacity
    _must(len(counter.open_tickets) < capacity, f"counter {counter.name} has a free seat")
    _must(ticket.counter is None, f"{ticket.number} is at one counter only")
    day.counters[counter.name] = replace(
        counter, open_tickets=(*counter.open_tickets, ticket.number)
    )


def _leave_seat(day: BranchDay, ticket: Ticket) -> None:
    assert ticket.counter is not None
    counter = _counter(day, ticket.counter)
    _must(ticket.number in counter.open_tickets, f"{ticket.number} sits at {counter.name}")
    rest = tuple(number for number in counter.open_tickets if number != ticket.number)
    day.counters[counter.name] = replace(counter, open_tickets=rest)


def _announce(
    day: BranchDay,
    event: e.TicketCalled | e.TicketRecalled | e.TicketUnparked,
    kind: Announced,
) -> None:
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
    day.announcements.append(announcement)


def _undo(day: BranchDay, ticket: Ticket, event: e.ActionUndone) -> None:
    """The former state and place return; periods are as if it had not been; an undone call is
    withdrawn.
    """
    last = ticket.undoable
    _must(last is not None and last.verb == event.verb, f"{ticket.number} can be undone")
    assert last is not None
    before = last.before
    if ticket.open:
        _leave_seat(day, ticket)
    if before.open:
        assert before.counter is not None
        counter = _counter(day, before.counter)
        _must(counter.state is not CounterState.CLOSED, f"counter {counter.name} has seats")
        _sit_down(day, ticket.changed(counter=None), counter)
    if last.verb == Verb.CALL:
        _withdraw(day, ticket.number)
    day.tickets[ticket.number] = before


def _withdraw(day: BranchDay, number: str) -> None:
    for index in range(len(day.announcements) - 1, -1, -1):
        announcement = day.announcements[index]
        if announcement.number == number:
            day.announcements[index] = replace(announcement, withdrawn=True)
            return
