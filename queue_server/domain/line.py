"""The line: who is callable, in rank order, and what "behind X" means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter

from queue_server.domain.model import BranchDay, Place, Rank, Ticket, TicketState


def by_rank(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Tickets that have a place, lowest rank first."""
    return sorted(tickets, key=attrgetter("place.rank"))


def callable_line(day: BranchDay, service: str | None = None) -> list[Ticket]:
    """The callable tickets of the branch, or of one service, in rank order."""
    return by_rank(
        ticket
        for ticket in day.tickets.values()
        if ticket.state is TicketState.WAITING
        and ticket.place is not None
        and (service is None or ticket.service == service)
    )


def eligible(day: BranchDay, counter: str) -> list[Ticket]:
    """Who may be called at a counter: tied to it, or tied to
    none and of a service it serves. In rank order.
    """
    plan = day.plan.counters[counter]
    served = {service for group in plan.groups for service in group}
    return [
        ticket
        for ticket in callable_line(day)
        if ticket.tied == counter or (ticket.tied is None and ticket.service in served)
    ]


def last_place(day: BranchDay, since: datetime) -> Place:
    """The next order of issue: the end of the line."""
    return Place((day.orders + 1, 0), since)


def front_place(day: BranchDay, since: datetime) -> Place:
    """Before all of the day's, behind those put there earlier."""
    return Place(_next_behind(day, 0), since)


def place_behind(day: BranchDay, ticket: Ticket) -> Place:
    """The next free rank directly after a ticket, and its `since`.

    An order behind is never given twice, so whoever was placed there before stays before.
    """
    assert ticket.place is not None
    return Place(_next_behind(day, ticket.place.rank[0]), ticket.place.since)


def _next_behind(day: BranchDay, order: int) -> Rank:
    return order, day.behind.get(order, 0) + 1


def nth_or_last(line: Sequence[Ticket], nth: int) -> Ticket | None:
    """The `nth` ticket of a line (from 1), the last of a shorter one, None of an empty one."""
    return line[min(nth, len(line)) - 1] if line else None
