"""How long somebody may be at a counter without a word before it counts as forgotten.

Owns `forgotten_after_min`. Must not know what is then done about it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain.model import BranchDay, Counter, CounterState, Ticket


def long_unheard_of(day: BranchDay, ticket: Ticket, at: datetime) -> bool:
    """Called or being served, and nothing was said of it for `forgotten_after_min`?"""
    return ticket.open and at - _heard_of(ticket) >= patience(day)


def _heard_of(ticket: Ticket) -> datetime:
    """When it was last called, called again, or began to be served."""
    began = ticket.periods[-1].start
    return began if ticket.announced_at is None else max(began, ticket.announced_at)


def left_behind(day: BranchDay, counter: Counter, at: datetime) -> bool:
    """Not closed, and nothing was done there for `forgotten_after_min`?"""
    if counter.state is CounterState.CLOSED or counter.used_at is None:
        return False
    return at - counter.used_at >= patience(day)


def patience(day: BranchDay) -> timedelta:
    """`forgotten_after_min` of the day's plan."""
    return timedelta(minutes=day.plan.rules.forgotten_after_min)
