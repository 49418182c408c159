"""What a ticket's holder is told away from the page: which occasions there are, by which roads,
and what became of each message.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum


class Occasion(StrEnum):
    """What a person in the hall, at home or on the way has to hear."""

    READY = "ready"
    CALLED = "called"
    RECALLED = "recalled"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"
    """What was told is not so any more: a call that was taken back, or that is over."""
    UNSERVED = "unserved"
    UNPROVEN = "unproven"


class Sense(StrEnum):
    """What an occasion means this time, where it may mean several things."""

    USUAL = ""
    OVER = "over"
    """Missed for the last time."""
    ANSWERED = "answered"
    """A call is over because its holder came."""
    NOT_YET = "not_yet"
    """Back in the line, or put aside: there will be a call."""
    ENDED = "ended"
    """The number has ended."""
    REOPENED = "reopened"
    """The day goes on: who was told that it is over waits again."""


class Road(StrEnum):
    """A way to reach a person who does not look at the page."""

    PUSH = "push"


class Fate(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    """The road took it; whether anybody saw it is not known here."""
    FAILED = "failed"
    STALE = "stale"
    """It was true for so long, and could not be sent in that time."""
    WITHDRAWN = "withdrawn"
    """It was no longer so before it was sent."""


@dataclass(frozen=True, slots=True)
class Said:
    """One occasion of one ticket, to be told once on every road its holder has."""

    number: str
    ticket_id: str
    occasion: Occasion
    occurrence: str
    """Tells it from others of the same occasion and ticket; the same whenever it is worked out."""
    seq: int
    """Of the event it follows from."""
    at: datetime
    true_until: datetime
    counter: str | None = None
    sense: Sense = Sense.USUAL
    due_at: datetime | None = None
    """Not to be told before; None: at once."""
    corrects: Collection[Occasion] = ()
    """Told only where one of these is the last thing that was told; empty: in any case."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an event changes for one ticket's holder."""

    ticket_id: str
    seq: int
    """Of the event; what follows from later ones stays as it is."""
    untrue: frozenset[Occasion]
    """What, if it is still to be told, is not so any more."""
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One row of the outbox: an occasion on its way to one address of a road."""

    id: int
    ticket_id: str
    branch: str
    day: date
    number: str
    occasion: Occasion
    sense: Sense
    road: Road
    address: str
    """Which of the holder's addresses on this road: an id, never the address itself."""
    counter: str | None
    seq: int
    happened_at: datetime
    true_until: datetime
    fate: Fate
    tries: int
    settled_at: datetime | None
    trouble: str
    """Sense it failed: a code; empty where it did not."""


@dataclass(frozen=True, slots=True)
class PushSubscription:
    """Where one browser takes what is pushed for one ticket, and with which keys it reads it."""

    id: str
    ticket_id: str
    branch: str
    day: date
    number: str
    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    language: str
    created_at: datetime
    erase_at: datetime

    def is_as(self, other: PushSubscription) -> bool:
        """Would the same ticket be told at the same place, in the same way?"""
        mine = replace(other, id=self.id, created_at=self.created_at, erase_at=self.erase_at)
        return mine == self
