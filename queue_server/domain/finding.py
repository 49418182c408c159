"""Finding tickets of a day: by what they have in common, and by what somebody types.

The order of each group is decided here, once for those who look at its first few and for those who
turn its pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from queue_server.domain.line import callable_line, eligible
from queue_server.domain.model import OVER, BranchDay, Ticket, TicketState
from queue_server.domain.tally import in_state, left_at, unproven

OPEN = (TicketState.CALLED, TicketState.SERVING)

_TYPED = re.compile(r"([A-Z]?)\s*-?\s*0*([0-9]{1,6})")


class Group(StrEnum):
    """What tickets may have in common for those who look after them."""

    LINE = "line"
    """Callable; at a counter: there. By rank."""
    ELSEWHERE = "elsewhere"
    """Waiting, but not callable at the counter; without one: at none. By rank, unproven last."""
    UNPROVEN = "unproven"
    WISHES = "wishes"
    """Waiting, asks for priority and has none. In order of issue, like the unproven."""
    OPEN = "open"
    """Called or being served."""
    ABSENT = "absent"
    """Called more than once, and not there."""
    PARKED = "parked"
    MISSED = "missed"
    ENDED = "ended"
    """Finished, cancelled, unserved, forgotten: the newest first."""


def members(day: BranchDay, group: Group, counter: str | None = None) -> Sequence[Ticket]:
    """The tickets of a group in its order, as they concern a counter, or the whole branch.

    Raises `KeyError` for a counter the plan does not have.
    """
    match group:
        case Group.LINE:
            return callable_line(day) if counter is None else eligible(day, counter)
        case Group.ELSEWHERE:
            return _elsewhere(day, counter)
        case Group.UNPROVEN:
            return unproven(day)
        case Group.WISHES:
            return wishing(in_state(day, TicketState.WAITING))
        case Group.OPEN:
            return sorted((t for state in OPEN for t in in_state(day, state)), key=left_at)
        case Group.ABSENT:
            called = in_state(day, TicketState.CALLED)
            return sorted((t for t in called if t.announcements > 1), key=left_at)
        case Group.PARKED:
            return _own_first(sorted(in_state(day, TicketState.PARKED), key=left_at), counter)
        case Group.MISSED:
            missed = sorted(in_state(day, TicketState.MISSED), key=left_at, reverse=True)
            return _own_first(missed, counter)
        case Group.ENDED:
            ended = (t for state in OVER for t in in_state(day, state))
            return sorted(ended, key=left_at, reverse=True)


def typed(day: BranchDay, text: str) -> Sequence[Ticket]:
    """The tickets a typed number may mean (`A-012`, `a12`, `12` of any letter), the living first.

    There is one of each letter at most, so nobody is searched for: they are looked up.
    """
    match = _TYPED.fullmatch(text.strip().upper())
    if match is None:
        return ()
    letter, digits = match.groups()
    letters = (letter,) if letter else tuple(day.issued)
    numbers = (f"{one}-{int(digits):03d}" for one in letters)
    found = [day.tickets[number] for number in numbers if number in day.tickets]
    return sorted(found, key=lambda ticket: ticket.state in OVER)


def wishing(waiting: Iterable[Ticket]) -> list[Ticket]:
    """Who of those waiting asks for priority and has none."""
    return [ticket for ticket in waiting if ticket.wishes_priority and ticket.weight == 0]


def longest_waiting(day: BranchDay) -> dict[str, Ticket]:
    """By service, who of the callable ones has waited longest."""
    firsts = sorted((*next(iter(row)), lane[1]) for lane, row in day.kept.by_since.items())
    return {service: day.tickets[number] for *_, number, service in reversed(firsts)}


def _elsewhere(day: BranchDay, counter: str | None) -> list[Ticket]:
    here = {t.number for t in members(day, Group.LINE, counter)}
    waiting = (*callable_line(day), *unproven(day))
    return [ticket for ticket in waiting if ticket.number not in here]


def _own_first(tickets: list[Ticket], counter: str | None) -> list[Ticket]:
    """Sorting is stable: within the two halves the order stays."""
    if counter is None:
        return tickets
    return sorted(tickets, key=lambda ticket: ticket.last_counter != counter)
