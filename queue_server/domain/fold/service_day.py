"""Events of the day itself: opened, closed, reopened, its settings, intake and notice."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import events as e
from queue_server.domain.fold.counters import close_counter
from queue_server.domain.fold.invariants import must
from queue_server.domain.fold.moving import change, move, ticket_of
from queue_server.domain.model import BranchDay, DayState, IntakeHand, TicketState
from queue_server.domain.transitions import Verb


def apply_to_day(day: BranchDay, event: e.DayEvent) -> None:
    match event:
        case e.DayOpened():
            must(day.opened_at is None, "a day is opened for the first time once")
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
            must(day.opened_at is not None, "only a day once opened has settings")
            day.plan = event.plan
        case e.NoticePosted():
            day.notice = event.note


def _continue_numbers(day: BranchDay, event: e.NumbersContinued) -> None:
    must(day.state is DayState.OPEN, "numbers go on on an open day")
    for letter, last in event.last:
        must(letter in day.plan.services, f"service {letter} exists")
        must(last >= day.issued.get(letter, 0), f"the numbers of {letter} never go back")
        day.issued[letter] = last


def _close_day(day: BranchDay, event: e.DayClosed) -> None:
    must(day.state is DayState.OPEN, "only an open day closes")
    for name in list(day.counters):
        close_counter(day, name, event.at)
    for number in event.unserved:
        ticket = ticket_of(day, number)
        move(day, ticket, Verb.CLOSE_DAY, TicketState.UNSERVED, event.at)
        change(day, number, unserved_from=ticket.state)
    must(not any(ticket.open for ticket in day.tickets.values()), "nobody is open when it closes")
    day.state, day.closed_at = DayState.CLOSED, event.at


def _reopen(day: BranchDay, at: datetime) -> None:
    must(day.state is DayState.CLOSED and day.opened_at is not None, "only a closed day reopens")
    day.state, day.closed_at = DayState.OPEN, None
    if day.plan.by_hand_only():
        day.intake_hand = None
    for ticket in list(day.tickets.values()):
        if ticket.state is TicketState.UNSERVED and ticket.unserved_from is not None:
            move(day, ticket, Verb.REOPEN_DAY, ticket.unserved_from, at)
            change(day, ticket.number, unserved_from=None)
