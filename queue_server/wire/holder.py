"""What the holder of a ticket sees."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.model import OVER as OVER
from queue_server.domain.model import RATED as RATED
from queue_server.wire.base import Shown
from queue_server.wire.parts import NoticeShown, Wait


class Face(Shown, frozen=True):
    """What a page shows of a ticket, decided: it puts sentences into slots and knows no stage."""

    language: str
    """Of the sentences: id or en"""
    family: str
    """The colour: waiting, ready, called, served, missed"""
    icon: str
    slots: dict[str, str]
    """Slot → sentence; one that is absent has nothing to say."""
    blocks: tuple[str, ...]
    """What is offered now: `can` and what goes with it, of coming, rejoin, defer, leave, cancel,
    rating, new, qr, check, sound, awake, erase
    """


class TicketView(Shown, frozen=True):
    """What the holder sees. `stage`: unproven, waiting, ready, next, called, serving, finished,
    missed, parked,
    cancelled, unserved, forgotten."""

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
    """What the holder may do now, of defer, coming, cancel, rejoin, leave, rating"""
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
    as_of_text: str
    """`as_of` as a sentence, while one stands in the line; a clock value like it."""
    seq: int
    face: Face
