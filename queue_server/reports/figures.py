"""A day in figures, for whoever checks it: from the log and nothing else.

Pure. Counts numbers, never people's work: an officer's speed is nobody's business here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from queue_server.domain.events import ActionUndone, Event, TicketCalled
from queue_server.domain.model import BranchDay, Rule, Ticket, TicketState


@dataclass(frozen=True, slots=True)
class ServiceCounts:
    """What became of the numbers of one service, by the letter they were given under."""

    letter: str
    issued: int
    served: int
    missed: int
    cancelled: int
    unserved: int
    forgotten: int
    """Called or served, and nobody said how it ended: neither served nor not."""
    wait_median_min: float | None
    """From when the waiting counts to the first call; None while nobody was called."""
    wait_p90_min: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """A day in figures."""

    services: tuple[ServiceCounts, ...]
    calls: int
    """From the line; calling again is no new call."""
    out_of_order: tuple[tuple[str, int], ...]
    """Reason code → calls, most first; no reason given: empty."""
    undone: int


def report(day: BranchDay, events: Iterable[Event]) -> Report:
    """The figures of a folded day and its events."""
    letters = [*day.plan.services, *(one for one in day.issued if one not in day.plan.services)]
    calls = undone = 0
    reasons: Counter[str] = Counter()
    for event in events:
        if isinstance(event, ActionUndone):
            undone += 1
        elif isinstance(event, TicketCalled):
            calls += 1
            if event.rule is Rule.OUT_OF_ORDER:
                reasons[event.reason] += 1
    by_letter = [_counts(letter, day.tickets.values()) for letter in letters]
    return Report(tuple(by_letter), calls, tuple(reasons.most_common()), undone)


def _counts(letter: str, tickets: Iterable[Ticket]) -> ServiceCounts:
    mine = [ticket for ticket in tickets if ticket.letter == letter]
    states = Counter(ticket.state for ticket in mine)
    waits = sorted(wait for ticket in mine if (wait := _waited_min(ticket)) is not None)
    return ServiceCounts(
        letter=letter,
        issued=len(mine),
        served=states[TicketState.FINISHED],
        missed=states[TicketState.MISSED],
        cancelled=states[TicketState.CANCELLED],
        unserved=states[TicketState.UNSERVED],
        forgotten=states[TicketState.FORGOTTEN],
        wait_median_min=median(waits) if waits else None,
        wait_p90_min=_p90(waits),
    )


def _waited_min(ticket: Ticket) -> float | None:
    """Minutes in the line before the first call; None for whoever was never called."""
    waited = timedelta()
    for period in ticket.periods:
        if period.kind is TicketState.CALLED:
            return waited.total_seconds() / 60
        if period.kind is TicketState.WAITING and period.end is not None:
            waited += period.end - period.start
    return None


def _p90(waits: Sequence[float]) -> float | None:
    """Nine of ten waited at most so long (nearest rank)."""
    return waits[-(-len(waits) * 9 // 10) - 1] if waits else None
