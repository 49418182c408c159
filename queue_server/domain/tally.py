"""What a day's tickets and calls add up to: who is in which state, who was served where.

The one place that views, decisions and figures ask, so that nobody walks over the whole day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from queue_server.domain.model import Announcement, BranchDay, Ticket, TicketState


def in_state(day: BranchDay, state: TicketState) -> Sequence[Ticket]:
    """The tickets in a state, in order of issue."""
    return [ticket for ticket in day.tickets.values() if ticket.state is state]


def count_in(day: BranchDay, state: TicketState) -> int:
    """How many tickets are in a state."""
    return len(in_state(day, state))


def unproven(day: BranchDay) -> Sequence[Ticket]:
    """Waiting tickets whose holders nobody has seen yet, in order of issue."""
    return [one for one in in_state(day, TicketState.WAITING) if one.place is None]


def served_at(day: BranchDay, counter: str) -> int:
    """How many were finished at a counter today."""
    finished = in_state(day, TicketState.FINISHED)
    return sum(ticket.last_counter == counter for ticket in finished)


def finished_at(day: BranchDay, counter: str, most: int) -> Sequence[Ticket]:
    """The last tickets finished at a counter, at most so many, newest first."""
    here = [t for t in in_state(day, TicketState.FINISHED) if t.last_counter == counter]
    return sorted(here, key=left_at, reverse=True)[:most]


def undoable_at(day: BranchDay, counter: str, at: datetime) -> Sequence[Ticket]:
    """What a counter did within `undo_s` to tickets that are not open now, newest first."""
    earliest = at - timedelta(seconds=day.plan.rules.undo_s)
    found = [
        ticket
        for ticket in day.tickets.values()
        if not ticket.open
        and (last := ticket.undoable) is not None
        and last.counter == counter
        and last.at >= earliest
    ]
    return sorted(found, key=left_at, reverse=True)


def left_at(ticket: Ticket) -> datetime:
    """When it came into its present state, or left its last measured one."""
    last = ticket.periods[-1]
    return last.end or last.start


def calls_shown(day: BranchDay, most: int) -> Sequence[Announcement]:
    """Newest first: every call that is still current, and at least the last `most` of all."""
    current = current_calls(day)
    newest_first = reversed(day.announcements)
    return [call for index, call in enumerate(newest_first) if index < most or call.seq in current]


def current_calls(day: BranchDay) -> frozenset[int]:
    """The `seq` of the newest announcement of every ticket that is still called."""
    last = {call.number: call for call in day.announcements if not call.withdrawn}
    return frozenset(
        call.seq for call in last.values() if day.tickets[call.number].state is TicketState.CALLED
    )
