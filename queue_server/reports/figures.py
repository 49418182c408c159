"""A day in figures, for whoever checks it: from the log and nothing else.

Pure. Counts numbers, never people's work: an officer's speed is nobody's business here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.events import ActionUndone, Event, PresenceConfirmed, TicketCalled
from queue_server.domain.model import LIVE, BranchDay, Rule, Ticket, TicketState
from queue_server.reports.waits import Waited, Waits, figures_of, wait_of


@dataclass(frozen=True, slots=True)
class ServiceCounts:
    """What became of the numbers of one service, by the letter they were given under."""

    letter: str
    issued: int
    unseen: int
    """Taken from afar, and nobody came with it: neither cancelled nor unserved by the branch."""
    here: int
    """Waiting, at a counter or parked as of the moment."""
    served: int
    missed: int
    cancelled: int
    """Gave up, called or not."""
    unserved: int
    forgotten: int
    """Called or served, and nobody said how it ended: neither served nor not."""
    waits: Waits


@dataclass(frozen=True, slots=True)
class Report:
    """A day in figures."""

    services: tuple[ServiceCounts, ...]
    calls: int
    """From the line; calling again is no new call."""
    out_of_order: tuple[tuple[str, int], ...]
    """Reason code → calls, most first; no reason given: empty."""
    undone: int


def report(day: BranchDay, events: Iterable[Event], at: datetime | None = None) -> Report:
    """The figures of a folded day and its events, as of a moment; None: of its last event."""
    at = at or day.last_at or day.opened_at
    assert at is not None, "a day with events has a last one"
    letters = [*day.plan.services, *(one for one in day.issued if one not in day.plan.services)]
    calls = undone = 0
    reasons: Counter[str] = Counter()
    proven_at: dict[str, datetime] = {}
    for event in events:
        if isinstance(event, ActionUndone):
            undone += 1
        elif isinstance(event, PresenceConfirmed):
            proven_at[event.number] = event.at
        elif isinstance(event, TicketCalled):
            calls += 1
            if event.rule is Rule.OUT_OF_ORDER:
                reasons[event.reason] += 1
    waits = {number: wait_of(one, proven_at, at) for number, one in day.tickets.items()}
    by_letter = [_counts(letter, day.tickets.values(), waits) for letter in letters]
    return Report(tuple(by_letter), calls, tuple(reasons.most_common()), undone)


def _counts(
    letter: str, tickets: Iterable[Ticket], waits: Mapping[str, Waited | None]
) -> ServiceCounts:
    mine = [ticket for ticket in tickets if ticket.letter == letter]
    seen = [ticket for ticket in mine if ticket.place is not None]
    states = Counter(ticket.state for ticket in seen)
    waited = (waits[ticket.number] for ticket in seen)
    return ServiceCounts(
        letter=letter,
        issued=len(mine),
        unseen=len(mine) - len(seen),
        here=sum(states[state] for state in LIVE),
        served=states[TicketState.FINISHED],
        missed=states[TicketState.MISSED],
        cancelled=states[TicketState.CANCELLED],
        unserved=states[TicketState.UNSERVED],
        forgotten=states[TicketState.FORGOTTEN],
        waits=figures_of(wait for wait in waited if wait is not None),
    )
