"""What officers, the guard and the supervisor see."""

from __future__ import annotations

from datetime import datetime

from queue_server.wire.base import Shown
from queue_server.wire.parts import CounterShown, JoinShown, NoticeShown, ServiceShown


class LineTicket(Shown, frozen=True):
    """A ticket as staff see it. `can` names the verbs its state allows now."""

    number: str
    service: str
    state: str
    counter: str | None
    tied: str | None
    weight: int
    yielded: bool
    wishes_priority: bool
    presence: bool
    coming: bool
    since: datetime | None
    issued_at: datetime
    state_since: datetime
    announcements: int
    skippable: bool
    """Announced often enough to be skipped without asking again."""
    recall_at: datetime | None
    """From when it may be recalled."""
    undo_verb: str | None
    undo_until: datetime | None
    undo_counter: str | None
    rejoins_left: int
    defers: int
    channel: str
    overdue: bool
    can: tuple[str, ...]


class DeskView(Shown, frozen=True):
    branch: str
    name: str
    zone: str
    day: str
    intake: bool
    counter: str
    kind: str
    state: str
    reason: str | None
    holder: str | None
    since: datetime | None
    capacity: int
    groups: tuple[tuple[str, ...], ...]
    open_tickets: tuple[LineTicket, ...]
    line: tuple[LineTicket, ...]
    """Eligible at this counter, in rank order."""
    next: str | None
    """Whom `call_next` would call now; None when nobody."""
    next_rule: str | None
    others: tuple[LineTicket, ...]
    """Waiting elsewhere (other services, tied to other counters, unproven)."""
    parked: tuple[LineTicket, ...]
    missed: tuple[LineTicket, ...]
    recent: tuple[LineTicket, ...]
    """Last finished or skipped at this counter that may
    still be undone, and the last five finished.
    """
    counters: tuple[CounterShown, ...]
    services: tuple[ServiceShown, ...]
    outcomes: tuple[str, ...]
    pause_reasons: tuple[str, ...]
    call_reasons: tuple[str, ...]
    served_today: int
    notice: NoticeShown | None
    seq: int


class CounterStaffShown(Shown, frozen=True):
    name: str
    kind: str
    state: str
    reason: str | None
    holder: str | None
    since: datetime | None
    capacity: int
    groups: tuple[tuple[str, ...], ...]
    numbers: tuple[str, ...]


class GuardView(Shown, frozen=True):
    """Everything of the day: the guard's and the supervisor's page."""

    branch: str
    name: str
    zone: str
    date: str
    day: str
    intake: bool
    opens_at: datetime | None
    closes_at: datetime | None
    services: tuple[ServiceShown, ...]
    counters: tuple[CounterStaffShown, ...]
    line: tuple[LineTicket, ...]
    """Callable, in rank order."""
    unproven: tuple[LineTicket, ...]
    open_tickets: tuple[LineTicket, ...]
    parked: tuple[LineTicket, ...]
    missed: tuple[LineTicket, ...]
    ended: tuple[LineTicket, ...]
    """Finished, cancelled, unserved: newest first."""
    join: JoinShown | None
    notice: NoticeShown | None
    alarm: str | None
    """old_day_busy: yesterday's day cannot be closed, somebody is still open there; day_restored:
    somebody must say the last numbers first; paused, store: nothing can be done just now"""
    last: dict[str, int]
    """By letter, the last number given today; 0 before the first."""
    seq: int
