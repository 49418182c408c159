"""A session nobody does anything in: when it is to be locked."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.people import Session, Stage
from queue_server.people.limits import PeopleLimits


def active_at(session: Session) -> datetime:
    """When a person last did something there."""
    return session.active_at or session.created_at


def is_left_alone(session: Session, settings: PeopleLimits, now: datetime) -> bool:
    """Has nobody done anything there for so long that it is to be locked?"""
    lock = timedelta(seconds=settings.session_lock_s)
    return session.stage is Stage.FULL and now - active_at(session) >= lock
