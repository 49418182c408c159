"""`decide(day, command, at)`: what a command makes happen, or why not. Changes nothing itself.

`settle(day, at)` comes first: what time alone has brought about; it stands even where the command
is refused.
Each file here decides about one noun: the day, counters, the numbers given out, tickets.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from queue_server.domain import commands as c
from queue_server.domain.decide import counters, issuing, service_day, tickets
from queue_server.domain.decide.require import Refused
from queue_server.domain.events import Event, TicketLapsed
from queue_server.domain.hours import is_behind, moment
from queue_server.domain.model import BranchDay, DayState
from queue_server.domain.refusals import Refusal
from queue_server.domain.tally import unproven


@dataclass(frozen=True, slots=True)
class AlreadyYours:
    """Nothing new: the same browser asked for a number and gets its own live ticket again."""

    number: str


Decision = tuple[Event, ...] | AlreadyYours | Refusal


def settle(day: BranchDay, at: datetime) -> tuple[Event, ...]:
    """Tickets whose presence was not proven in time lapse, in order of issue."""
    if day.state is not DayState.OPEN:
        return ()
    at = moment(day, at)
    latest = at - timedelta(minutes=day.plan.rules.unproven_lapse_min)
    late = takewhile(lambda ticket: ticket.issued_at < latest, unproven(day))
    return tuple(TicketLapsed(at=at, number=ticket.number) for ticket in late)


def decide(day: BranchDay, command: c.Command, at: datetime) -> Decision:
    """The events of a command, in order, what was asked for last; or the one refusal that applies
    first.

    `day` must be settled to `at`. The order of checks: does it exist, is it held by the asker, does
    its state allow it,
    then the command's own conditions.
    """
    stands_still, at = is_behind(day, at), moment(day, at)
    try:
        if isinstance(command, c.Recall):
            return tickets.recall(day, command, at, gap=not stands_still)
        if isinstance(command, c.IssueTicket):
            own = issuing.own_ticket(day, command, at)
            return AlreadyYours(own) if own else issuing.issue(day, command, at)
        return _decide(day, command, at)
    except Refused as no:
        return no.refusal


def _decide(day: BranchDay, command: c.Command, at: datetime) -> tuple[Event, ...]:
    match command:
        case c.OpenDay():
            return service_day.open_day(day, command, at)
        case c.CloseDay():
            return service_day.close_day(day, command, at)
        case c.EndDay():
            return service_day.end_day(day, command, at)
        case c.OpenIntake():
            return service_day.open_intake(day, command, at)
        case c.CloseIntake():
            return service_day.close_intake(day, command, at)
        case c.ContinueNumbers():
            return service_day.continue_numbers(day, command, at)
        case c.ChangeSettings():
            return service_day.change_settings(day, command, at)
        case c.PostNotice():
            return service_day.post_notice(day, command, at)
        case c.LapseUnproven():
            return ()
        case c.OpenCounter():
            return counters.open_counter(day, command, at)
        case c.PauseCounter():
            return counters.pause(day, command, at)
        case c.ResumeCounter():
            return counters.resume(day, command, at)
        case c.CloseCounter():
            return counters.close(day, command, at)
        case c.CallNext():
            return counters.call_next(day, command, at)
        case c.CallTicket():
            return counters.call_ticket(day, command, at)
        case c.TicketCommand():
            return tickets.decide(day, command, at)
    raise TypeError(f"no rule for {type(command).__name__}")


__all__ = ["AlreadyYours", "Decision", "decide", "moment", "settle"]
