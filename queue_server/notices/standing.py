"""What follows from where a ticket stands, not from one event: get ready, and prove that you are
here.

Worked out as often as one likes: the same stretch of waiting names the same occurrence.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from queue_server.domain.estimates import Outlook
from queue_server.domain.model import BranchDay, DayState, Ticket, TicketState
from queue_server.domain.nearness import time_to_get_ready
from queue_server.notices import lasting
from queue_server.people.values.roads import Change, Occasion, Said

STANDINGS: Final = frozenset({Occasion.READY, Occasion.UNPROVEN})


def standing(ticket: Ticket, day: BranchDay, outlook: Outlook, at: datetime) -> Change | None:
    """What its holder should be told by now, or later; None: nothing."""
    said = tuple(_said(ticket, day, outlook, at))
    return Change(ticket.ticket_id, day.seq, frozenset(), said) if said else None


def _said(ticket: Ticket, day: BranchDay, outlook: Outlook, at: datetime) -> Iterator[Said]:
    if day.state is not DayState.OPEN or ticket.state is not TicketState.WAITING:
        return
    if ticket.place is None:
        yield _unproven(ticket, day, at)
    elif time_to_get_ready(day.plan.rules, outlook, ticket):
        yield _ready(ticket, day, at)


def _ready(ticket: Ticket, day: BranchDay, at: datetime) -> Said:
    # Whoever is put behind others gets another rank, and is told again.
    order, behind = ticket.rank
    return Said(
        number=ticket.number,
        ticket_id=ticket.ticket_id,
        occasion=Occasion.READY,
        occurrence=f"{order}.{behind}",
        seq=day.seq,
        at=at,
        true_until=at + lasting.READY,
    )


def _unproven(ticket: Ticket, day: BranchDay, at: datetime) -> Said:
    lapses = ticket.issued_at + timedelta(minutes=day.plan.rules.unproven_lapse_min)
    return Said(
        number=ticket.number,
        ticket_id=ticket.ticket_id,
        occasion=Occasion.UNPROVEN,
        occurrence="",
        seq=day.seq,
        at=max(at, lapses - lasting.UNPROVEN_LEAD),
        true_until=lapses,
        due_at=lapses - lasting.UNPROVEN_LEAD,
    )
