"""What is erased, and when: one list of deletions, for the running server and for a backup being
restored.

Must not know connections: whoever has one runs these, in one transaction.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from queue_server.store.schema import (
    acts,
    day_salts,
    device_keys,
    failures,
    invitations,
    messages,
    notes,
    pairings,
    push_subscriptions,
    sessions,
    ticket_persons,
)

FAILURES_KEPT: Final = timedelta(days=1)
"""Failed sign-ins older than this guard nothing any more."""


def due(now: datetime) -> dict[str, sa.Delete]:
    """By the names of `people.Erased`."""
    return {
        "notes": sa.delete(notes).where(notes.c.erase_at <= now),
        "ticket_persons": sa.delete(ticket_persons).where(ticket_persons.c.erase_at <= now),
        "push_subscriptions": sa.delete(push_subscriptions).where(
            push_subscriptions.c.erase_at <= now
        ),
        "messages": sa.delete(messages).where(messages.c.erase_at <= now),
        "day_salts": sa.delete(day_salts).where(day_salts.c.erase_at <= now),
        "sessions": sa.delete(sessions).where(
            sa.or_(sessions.c.expires_at <= now, sessions.c.idle_expires_at <= now)
        ),
        "invitations": sa.delete(invitations).where(invitations.c.expires_at <= now),
        "device_keys": sa.delete(device_keys).where(device_keys.c.expires_at <= now),
        "pairings": sa.delete(pairings).where(pairings.c.expires_at <= now),
        "acts": sa.delete(acts).where(acts.c.erase_at <= now),
        "failures": sa.delete(failures).where(failures.c.last_at <= now - FAILURES_KEPT),
    }


def planned(branch: str, day: date, erase_at: datetime) -> list[sa.Update]:
    """Sets the hour of everything that belongs to a branch day."""
    return [
        sa.update(table)
        .where(table.c.branch == branch, table.c.day == day)
        .values(erase_at=erase_at)
        for table in (notes, ticket_persons, push_subscriptions, messages, day_salts)
    ]
