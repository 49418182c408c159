"""What anybody in the hall sees: the branch, the lobby board, the ticket machine."""

from __future__ import annotations

from datetime import datetime

from queue_server.wire.base import Shown
from queue_server.wire.parts import CounterShown, JoinShown, NoticeShown, ServiceShown


class BranchView(Shown, frozen=True):
    """Public: `GET /branches/{branch}`, and what the join page and the start page show."""

    branch: str
    name: str
    zone: str
    day: str
    """closed or open"""
    open: bool
    """Are numbers given now?"""
    why: str | None
    """While not: intake_closed, day_closed, holiday, not_today"""
    opens_at: datetime | None
    closes_at: datetime | None
    services: tuple[ServiceShown, ...]
    waiting: int
    identity_asked: bool
    unproven_allowed: bool
    notice: NoticeShown | None
    seq: int


class CallShown(Shown, frozen=True):
    """One announcement: `seq` is its own, `again` a recall,
    `withdrawn` an undone call, `current` still open there.
    """

    seq: int
    number: str
    counter: str
    kind: str
    at: datetime
    again: bool
    withdrawn: bool
    current: bool


class BoardView(Shown, frozen=True):
    branch: str
    name: str
    zone: str
    open: bool
    opens_at: datetime | None
    seq: int
    calls: tuple[CallShown, ...]
    """Newest first: every call still current and at least the last eight."""
    counters: tuple[CounterShown, ...]
    waiting: dict[str, int]
    join: JoinShown | None
    notice: NoticeShown | None
    spoken_number: str
    date: str


class KioskView(Shown, frozen=True):
    branch: str
    name: str
    zone: str
    open: bool
    why: str | None
    opens_at: datetime | None
    services: tuple[ServiceShown, ...]
    waiting: int
    join: JoinShown | None
    notice: NoticeShown | None
    seq: int
