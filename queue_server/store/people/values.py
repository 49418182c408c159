"""What the people's store keeps, as values: accounts, factors, sessions, devices, what is erasable.

Knows hashes and random secrets only: never a password, never a token in clear. Times are aware
datetimes in UTC, whole milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """Who somebody is. A participant is no account: a ticket's secret is all they have."""

    DISPLAY = "display"
    KIOSK = "kiosk"
    TABLET = "tablet"
    """A guard's shared tablet: it may do nothing by itself, and is half of a second factor."""
    OFFICER = "officer"
    GUARD = "guard"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    AUDITOR = "auditor"


DEVICE_ROLES = frozenset({Role.DISPLAY, Role.KIOSK, Role.TABLET})


class NoteKind(StrEnum):
    """Free texts: a notice to everyone, the reason of a call out of order, a rating's comment."""

    NOTICE = "notice"
    REASON = "reason"
    COMMENT = "comment"


class Stage(StrEnum):
    """How far a session has come. Only a full one may do anything but go on signing in."""

    FACTOR = "factor"
    """The password was right; the second factor is awaited."""
    ENROL = "enrol"
    """The account has no second factor yet: one is set up first."""
    FULL = "full"
    LOCKED = "locked"
    """Left alone on a shared PC: it waits for whoever it belongs to."""


class NameTaken(Exception):
    """Another account has this username already (upper and lower case count the same)."""


class CodeTaken(Exception):
    """Another screen shows this pairing code just now: draw another."""


class Spent(Exception):
    """A one-use link, key, code or session is unknown, expired, or was used before."""


# Who signs in


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who signs in. `branch` None means every branch; `password_hash` is the caller's
    (argon2id).
    """

    id: str
    username: str
    display_name: str
    role: Role
    branch: str | None
    password_hash: str
    created_at: datetime
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-use link to an account of this role. Only the hash of its token is kept.

    With `account` it is a way back in for that one: a new password, new factors.
    """

    token_hash: str
    role: Role
    branch: str | None
    created_at: datetime
    expires_at: datetime
    invited_by: str = ""
    id: str = ""
    """Names it in lists, and opens nothing."""
    name: str = ""
    """Whom it is for, as the inviter wrote it."""
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that began to sign in. Over at the earlier of the two expiries; `id` names it in
    lists, and opens nothing.
    """

    id: str
    token_hash: str
    account: str
    created_at: datetime
    seen_at: datetime
    idle_expires_at: datetime
    expires_at: datetime
    label: str = ""
    """What the browser calls itself, shortened, for the list of sessions."""
    stage: Stage = Stage.FULL
    active_at: datetime | None = None
    """When a person last did something here (a page that refreshes itself is no person); None: at
    `created_at`.
    """
    device: str | None = None
    """The paired tablet (its token's id) it was begun on."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session and whom it belongs to, as they are now: a changed role counts at once."""

    session: Session
    account: Account


# Second factors


@dataclass(frozen=True, slots=True)
class Totp:
    """An authenticator app's secret (base32). Until confirmed by a right code it proves nothing."""

    account: str
    secret: str
    made_at: datetime
    confirmed_at: datetime | None = None
    last_step: int = 0
    """The newest 30-second step whose code was used: none is taken twice."""


@dataclass(frozen=True, slots=True)
class Passkey:
    """A WebAuthn credential. `id` and `public_key` as the authenticator gave them, in base64url."""

    id: str
    account: str
    public_key: str
    sign_count: int
    label: str
    created_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Factors:
    """What an account can prove itself by, beside its password."""

    totp: bool = False
    passkeys: int = 0
    recovery_codes: int = 0
    """Codes left. They help out; alone they are no factor."""
    pin: bool = False

    @property
    def any(self) -> bool:
        """Is there a second factor that works from every machine?"""
        return self.totp or self.passkeys > 0


# Devices and programs


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token: of an account (which must not be disabled), or of a device (`account` None).

    `role`, `branch` and `counter` bound what it may do, whatever the account may.
    """

    id: str
    token_hash: str
    role: Role
    branch: str | None
    counter: str | None
    account: str | None
    label: str
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    place: str = ""
    """Where the screen stands: `Lobi, dekat pintu`."""
    made_by: str = ""
    """The account that paired or made it; `lapak` for the command."""
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """A key in a board's or kiosk's address, exchanged once for a device token."""

    key_hash: str
    role: Role
    branch: str
    label: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Pairing:
    """A screen that shows a short code and waits for somebody signed in to type it.

    The screen itself holds a secret (its cookie); the code only names it for a few minutes.
    """

    id: str
    secret_hash: str
    code_hash: str
    role: Role
    branch: str
    browser: str
    """What the screen's browser calls itself, shortened."""
    created_at: datetime
    expires_at: datetime
    label: str = ""
    place: str = ""
    approved_by: str = ""
    """Empty until somebody typed the code."""


# Keys, the log's companions, and the trail


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
class Failures:
    """Failed tries in a row under one name."""

    count: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None


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
