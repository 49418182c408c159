"""The line: who is callable, in rank order, and what "behind X" means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain, islice

from queue_server.domain.found import Found
from queue_server.domain.kept import Lane, Rank
from queue_server.domain.model import BranchDay, Place, Ticket


def callable_line(day: BranchDay, service: str | None = None) -> Sequence[Ticket]:
    """The callable tickets of the branch, or of one service, in rank order."""
    rows = [row for lane, row in day.kept.by_rank.items() if service is None or lane[1] == service]
    return Found(day.tickets, rows)


def eligible(day: BranchDay, counter: str) -> Sequence[Ticket]:
    """Who may be called at a counter: tied to it, or tied to
    none and of a service it serves. In rank order.
    """
    return Found(day.tickets, [day.kept.by_rank[lane] for lane in lanes_at(day, counter)])


def lanes_at(day: BranchDay, counter: str) -> list[Lane]:
    """The lanes of those who are eligible at a counter."""
    plan = day.plan.counters[counter]
    served = {service for group in plan.groups for service in group}
    return [
        lane
        for lane in day.kept.by_rank
        if lane[0] == counter or (lane[0] is None and lane[1] in served)
    ]


def ranked_before(day: BranchDay, counter: str, ticket: Ticket) -> tuple[str, ...]:
    """The numbers eligible at a counter with a lower rank than a ticket, by rank."""
    rows = (day.kept.by_rank[lane] for lane in lanes_at(day, counter))
    before = sorted(chain.from_iterable(row.until((ticket.rank,)) for row in rows))
    return tuple(number for _, number in before)


def following(day: BranchDay, ticket: Ticket, most: int) -> Sequence[Ticket]:
    """The callable tickets of its service right after a ticket, at most so many, in rank order."""
    order, behind = ticket.rank
    rows = (row for lane, row in day.kept.by_rank.items() if lane[1] == ticket.service)
    after = (islice(row.since(((order, behind + 1),)), most) for row in rows)
    return [day.tickets[number] for _, number in sorted(chain.from_iterable(after))[:most]]


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
