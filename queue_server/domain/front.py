"""The front of the line at a counter: the only ones the rules need look at.

Who is next is always the first of some lane, by rank or by how long they wait; and whatever a rule
asks (is there an ordinary one, a lower rank, a later group) the firsts by rank answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, groupby
from typing import Any

from queue_server.domain.kept import Lane
from queue_server.domain.line import lanes_at
from queue_server.domain.model import BranchDay, Ticket
from queue_server.domain.order import cooling, overdue_since, waited_s
from queue_server.domain.plan import OrderPolicy


class Front:
    """Who stands first at a moment, as one after another is taken: of those who cool, or of those
    who do not.
    """

    def __init__(self, day: BranchDay, counter: str, at: datetime, *, cool: bool) -> None:
        self._taken: set[str] = set()
        self._firsts = [
            _First(self._of(day, entries, at, cool))
            for lane in lanes_at(day, counter)
            for entries in _orders(day, lane, at)
        ]

    def pool(self) -> list[Ticket]:
        """The firsts in rank order; nobody where all are taken."""
        firsts = {
            ticket.number: ticket
            for first in self._firsts
            if (ticket := first.beyond(self._taken)) is not None
        }
        return sorted(firsts.values(), key=_rank)

    def take(self, ticket: Ticket) -> None:
        """Whoever stood behind is first now."""
        self._taken.add(ticket.number)

    def _of(
        self, day: BranchDay, entries: Iterable[Any], at: datetime, cool: bool
    ) -> Iterator[Ticket]:
        tickets = (day.tickets[entry[-1]] for entry in entries)
        return (ticket for ticket in tickets if cooling(ticket, at) is cool)


class _First:
    """The first of one order who was not taken by another."""

    def __init__(self, tickets: Iterator[Ticket]) -> None:
        self._tickets = tickets
        self._ticket = next(tickets, None)

    def beyond(self, taken: set[str]) -> Ticket | None:
        while self._ticket is not None and self._ticket.number in taken:
            self._ticket = next(self._tickets, None)
        return self._ticket


def _rank(ticket: Ticket) -> tuple[int, int]:
    return ticket.rank


def _orders(day: BranchDay, lane: Lane, at: datetime) -> Iterator[Iterable[Any]]:
    """The orders in which the rules may take somebody from a lane."""
    by_since = day.kept.by_since[lane]
    yield day.kept.by_rank[lane]
    if by_since.first[0] < overdue_since(day, at):
        yield by_since
    if day.plan.rules.order_policy is OrderPolicy.AGEING:
        yield _by_age(by_since, at)


def _by_age(by_since: Iterable[Any], at: datetime) -> Iterator[Any]:
    """Longest first, in whole seconds; of those who wait as long the lowest rank."""
    alike = groupby(by_since, lambda entry: waited_s(entry[0], at))
    return chain.from_iterable(sorted(same, key=lambda entry: entry[1]) for _, same in alike)
