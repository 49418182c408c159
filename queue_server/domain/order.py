"""What tickets are put in order by: rank, weight, age; and what "overdue" and "cooling" mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from queue_server.domain.model import BranchDay, Ticket
from queue_server.domain.plan import OrderPolicy


def cooling(ticket: Ticket, at: datetime) -> bool:
    """Returned a moment ago: called only where every other eligible ticket is cooling too."""
    return ticket.cooling_until is not None and at < ticket.cooling_until


def overdue(day: BranchDay, ticket: Ticket, at: datetime) -> bool:
    """Waiting longer than `wait_max_min`?"""
    assert ticket.place is not None
    return ticket.place.since < overdue_since(day, at)


def overdue_since(day: BranchDay, at: datetime) -> datetime:
    """Whoever waits since before this is overdue."""
    return at - timedelta(minutes=day.plan.rules.wait_max_min)


def order_key(policy: OrderPolicy, at: datetime) -> Callable[[Ticket], tuple[object, ...]]:
    """What a policy sorts by, lowest first (interleaving: by weight, while the run is not full)."""
    if policy is OrderPolicy.FIFO:
        return lambda ticket: ticket.rank
    if policy is OrderPolicy.AGEING:
        return lambda ticket: _by_age(ticket, at)
    return _by_weight


def _by_weight(ticket: Ticket) -> tuple[int, tuple[int, int]]:
    return -ticket.weight_now, ticket.rank


def _by_age(ticket: Ticket, at: datetime) -> tuple[int, int, tuple[int, int]]:
    """(Whole seconds since `since`) × (weight + 1), highest
    first; then higher weight, then lower rank.
    """
    assert ticket.place is not None
    return (
        -waited_s(ticket.place.since, at) * (ticket.weight_now + 1),
        -ticket.weight_now,
        ticket.rank,
    )


def waited_s(since: datetime, at: datetime) -> int:
    """Whole seconds."""
    return (at - since) // timedelta(seconds=1)
