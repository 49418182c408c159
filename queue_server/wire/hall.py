"""What anybody in the hall sees: the branch, the lobby board, the ticket machine."""

from __future__ import annotations

from datetime import datetime

import msgspec

from queue_server.wire.base import Shown
from queue_server.wire.parts import JoinShown, NoticeShown, ServiceShown


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
    """While not: intake_closed, day_closed (it was open today), not_open_yet, holiday, not_today"""
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
    place: str = ""
    """`Loket 3`, in the listener's language."""
    label: str = ""
    """What stands over the number while it stands huge."""
    clips: dict[str, str] = msgspec.field(default_factory=dict)
    """The clips that say it, in order, a blank between: by language. None of a withdrawn call."""


class BoardScreen(Shown, frozen=True):
    """What stands where, as the `seq` of calls; and what is said where none stands."""

    state: str
    """calls, empty, before or closed"""
    hero: int | None = None
    """The huge one, while none is being spoken."""
    current: tuple[int, ...] = ()
    """The others whose person is still expected, and those just withdrawn."""
    earlier: tuple[int, ...] = ()
    rows: int = 0
    """The size class of both lists together."""
    more: str = ""
    """That there are more than fit; empty where all do."""
    title: str = ""
    text: str = ""
    """Both in the place of calls, where there are none."""
    opening: str = ""
    """When numbers are given again, while they are not."""
    today: str = ""
    """The weekday and the date."""


class BoardView(Shown, frozen=True):
    branch: str
    name: str
    zone: str
    open: bool
    opens_at: datetime | None
    seq: int
    calls: tuple[CallShown, ...]
    """Newest first: the last eight and every older one still current; 16 at most."""
    expected: int
    """How many who were called are still expected at a counter."""
    waiting: dict[str, int]
    join: JoinShown | None
    notice: NoticeShown | None
    date: str
    over: bool
    """Closed, and it was open today."""
    screen: BoardScreen


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
