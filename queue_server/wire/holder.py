"""What the holder of a ticket sees."""

from __future__ import annotations

from datetime import datetime

from queue_server.wire.base import Shown
from queue_server.wire.parts import NoticeShown, Wait


class TicketView(Shown, frozen=True):
    """What the holder sees. `stage`: unproven, waiting, ready, next, called, serving, finished,
    missed, parked,
    cancelled, unserved."""

    branch: str
    branch_name: str
    zone: str
    number: str
    service: str
    service_name_id: str
    service_name_en: str
    stage: str
    position: int | None
    ahead: tuple[int, ...]
    """Weights of up to twelve tickets before this one, nearest
    to the counter first (for the line of places).
    """
    wait: Wait | None
    counter: str | None
    counter_kind: str | None
    called_at: datetime | None
    calls: int
    """Announcements since the ticket was last called from the line."""
    priority: bool
    wishes_priority: bool
    presence: bool
    unproven_until: datetime | None
    quota_full: bool
    """For unproven: the proof would find no place in today's quota."""
    defers_left: int
    rejoins_left: int
    can: tuple[str, ...]
    """What the holder may do now, of defer, coming, cancel, rejoin, rating"""
    coming: bool
    overtaken: int
    """How many with priority were called before this one since it was issued."""
    stars: int | None
    issued_at: datetime
    counters_open: int
    notice: NoticeShown | None
    opens_at: datetime | None
    """For unserved: when numbers are given again."""
    as_of: datetime
    seq: int
