"""What is kept for a while: free texts, ratings, persons, the audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class NoteKind(StrEnum):
    """Free texts: a notice to everyone, the reason of a call out of order, a rating's comment."""

    NOTICE = "notice"
    REASON = "reason"
    COMMENT = "comment"


JOIN_KEYS_KEPT: Final = 2
"""The one codes are made with, and the one before it, whose last code is still taken."""


@dataclass(frozen=True, slots=True)
class JoinKey:
    """One key of the hall's codes; codes name it by `id`."""

    id: int
    secret: bytes
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A free text. The log holds its id only, so that the text can be erased."""

    id: str
    branch: str
    day: date
    kind: NoteKind
    text: str
    by: str
    created_at: datetime
    erase_at: datetime


@dataclass(frozen=True, slots=True)
class Rating:
    """The stars (1 to 5) a ticket's holder gave; `comment` is the id of a note."""

    ticket_id: str
    branch: str
    day: date
    service: str
    stars: int
    comment: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketPerson:
    """What is known of a ticket's holder: a keyed hash of the identity, its last four digits."""

    ticket_id: str
    branch: str
    day: date
    identity: str
    last_four: str
    created_at: datetime
    erase_at: datetime


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the audit trail: something staff did, or tried, that is not in the queue's log.

    `by` is an account's id, `device:<id>`, `lapak` (the command line) or empty (nobody known);
    `what` a code (`sign_in`, `invite`, `device_revoked`…); `about` names what it was done to, never
    a secret; `outcome` is `done` or a refusal's code.
    """

    at: datetime
    branch: str | None
    by: str
    role: str
    what: str
    about: str
    outcome: str
    erase_at: datetime
    id: int = 0
    """Given by the store, ascending."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How much of what was due is gone."""

    notes: int = 0
    ticket_persons: int = 0
    day_salts: int = 0
    sessions: int = 0
    invitations: int = 0
    device_keys: int = 0
    pairings: int = 0
    failures: int = 0
    acts: int = 0
    push_subscriptions: int = 0
    messages: int = 0
