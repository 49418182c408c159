"""How long people of a day waited, those included who were never called.

Who still waits, gave up or went unserved has waited at least so long: left out, they would make the
worst day look like the best. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from queue_server.domain.model import Ticket, TicketState


@dataclass(frozen=True, slots=True)
class Waited:
    """One person's: from when their presence was known to the first call."""

    minutes: float
    called: bool
    """False: never called, and waited at least so long."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """A figure of many waits."""

    minutes: float
    at_least: bool
    """Somebody never called stands at or below it: with their whole wait it might be more."""


@dataclass(frozen=True, slots=True)
class Waits:
    """A service's waits in figures; None where nobody stood in the line."""

    median: Minutes | None
    p90: Minutes | None
    """Nine of ten waited at most so long (nearest rank)."""
    uncalled: int
    """Stood in the line and were never called: still wait, gave up, or the day closed first."""
    uncalled_longest_min: float | None


def wait_of(ticket: Ticket, proven_at: Mapping[str, datetime], at: datetime) -> Waited | None:
    """Time in the line before the first call, as of a moment; None for whoever was never seen.

    `proven_at`: when presence was proven, by number; who is not in it was known from the issue.
    """
    if ticket.place is None:
        return None
    began, waited_s = proven_at.get(ticket.number, ticket.issued_at), 0.0
    for period in ticket.periods:
        if period.kind is TicketState.CALLED:
            return Waited(waited_s / 60, called=True)
        if period.kind is TicketState.WAITING:
            end = period.end or max(at, period.start)
            waited_s += max(0.0, (end - max(began, period.start)).total_seconds())
    return Waited(waited_s / 60, called=False)


def figures_of(waits: Iterable[Waited]) -> Waits:
    """Median, nine of ten, and those who were never called."""
    ordered = sorted(waits, key=lambda wait: wait.minutes)
    minutes = [wait.minutes for wait in ordered]
    uncalled = [wait.minutes for wait in ordered if not wait.called]
    if not ordered:
        return Waits(None, None, 0, None)
    nine_tenths = minutes[-(-len(minutes) * 9 // 10) - 1]
    # Of an even number the median lies between two: an open end at either may move it.
    upper = minutes[len(minutes) // 2]
    return Waits(
        Minutes(median(minutes), _open_below(uncalled, upper)),
        Minutes(nine_tenths, _open_below(uncalled, nine_tenths)),
        len(uncalled),
        max(uncalled, default=None),
    )


def _open_below(uncalled: list[float], minutes: float) -> bool:
    return any(one <= minutes for one in uncalled)
