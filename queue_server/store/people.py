"""The contract of the people's store: accounts, sessions, secrets, and whatever may be erased.

A database of its own beside the log: what stands here can be forgotten, what stands in the log
cannot. Knows hashes and random secrets only: never a password, never a token in clear. Must not
know the rules of calling, HTTP, or what a role may do. Implemented by `store.people_sql`.

Every coroutine raises `StoreUnavailable` when the database cannot be reached or written; a write is
durable before it returns, and cancelling its caller does not cancel it. Times are aware datetimes
in UTC, whole milliseconds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from queue_server.store.log import StoreUnavailable


class Role(StrEnum):
    """Who somebody is. A participant is no account: a ticket's secret is all they have."""

    DISPLAY = "display"
    KIOSK = "kiosk"
    OFFICER = "officer"
    GUARD = "guard"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    AUDITOR = "auditor"


DEVICE_ROLES = frozenset({Role.DISPLAY, Role.KIOSK})


class NoteKind(StrEnum):
    """Free texts: a notice to everyone, the reason of a call out of order, a rating's comment."""

    NOTICE = "notice"
    REASON = "reason"
    COMMENT = "comment"


class NameTaken(Exception):
    """Another account has this username already (upper and lower case count the same)."""


class Spent(Exception):
    """A one-use link or key is unknown, expired, or was used before."""


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
    """A one-use link to an account of this role. Only the hash of its token is kept."""

    token_hash: str
    role: Role
    branch: str | None
    created_at: datetime
    expires_at: datetime
    invited_by: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser. Over at the earlier of the two expiries; `id` names it in lists, and
    opens nothing.
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


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session and whom it belongs to, as they are now: a changed role counts at once."""

    session: Session
    account: Account


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
    """Failed sign-ins in a row under one name."""

    count: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Erased:
    """How much of what was due is gone."""

    notes: int = 0
    ticket_persons: int = 0
    day_salts: int = 0
    sessions: int = 0
    invitations: int = 0
    device_keys: int = 0
    failures: int = 0


class Accounts(Protocol):
    async def add_account(self, account: Account) -> None:
        """Raises `NameTaken`."""

    async def save_account(self, account: Account) -> None:
        """Replaces the account of this id (role, branch, names, password, disabled). Raises
        `NameTaken`, `KeyError`.

        Disabling one ends its sessions and tokens at once; another password ends its sessions.
        """

    async def account(self, account_id: str) -> Account | None: ...

    async def account_named(self, username: str) -> Account | None:
        """By username, upper and lower case alike; a disabled one too: the caller decides."""

    async def accounts(self) -> Sequence[Account]:
        """All, by username."""


class Invitations(Protocol):
    async def add_invitation(self, invitation: Invitation) -> None: ...

    async def invitation(self, token_hash: str, at: datetime) -> Invitation | None:
        """The invitation, as long as it can be accepted."""

    async def accept_invitation(self, token_hash: str, account: Account, at: datetime) -> None:
        """Makes the account and uses the invitation up, both or neither.

        The account's role and branch are the invitation's, whatever the caller wrote. Raises
        `Spent`, `NameTaken`.
        """

    async def invitations(self, at: datetime) -> Sequence[Invitation]:
        """All that can still be accepted, oldest first."""

    async def revoke_invitation(self, token_hash: str) -> None: ...


class Sessions(Protocol):
    async def add_session(self, session: Session) -> None: ...

    async def signed_in(self, token_hash: str, at: datetime) -> SignedIn | None:
        """Who this is; None when the session is over or revoked, or its account disabled."""

    async def touch_session(
        self, token_hash: str, seen_at: datetime, idle_expires_at: datetime
    ) -> None:
        """Seen again. Callers do this now and then (once a minute), not with every request."""

    async def sessions(self, account_id: str, at: datetime) -> Sequence[Session]:
        """Live ones, newest first."""

    async def end_session(self, session_id: str) -> None: ...

    async def end_sessions(self, account_id: str, except_id: str | None = None) -> int:
        """How many were ended."""


class Tokens(Protocol):
    async def add_token(self, token: Token) -> None: ...

    async def token(self, token_hash: str, at: datetime) -> Token | None:
        """None when unknown, expired or revoked, or when its account is disabled."""

    async def tokens(self) -> Sequence[Token]:
        """All, revoked ones too, oldest first."""

    async def revoke_token(self, token_id: str, at: datetime) -> bool:
        """False when there is no such token; revoking twice keeps the first time."""


class DeviceKeys(Protocol):
    async def add_device_key(self, key: DeviceKey) -> None: ...

    async def exchange_device_key(
        self, key_hash: str, token_id: str, token_hash: str, at: datetime
    ) -> Token:
        """Uses the key up and stores its device token, both or neither. Raises `Spent`.

        The token has the key's role, branch and label, and does not expire until revoked.
        """


class Secrets(Protocol):
    async def server_key(self, name: str) -> bytes:
        """32 random bytes by name ("ticket", "join", "cookie", "pepper"), made at the first asking,
        then for ever.
        """

    async def day_salt(self, branch: str, day: date, erase_at: datetime) -> bytes:
        """32 random bytes for one branch day, made at the first asking; `erase_at` counts at that
        first asking.
        """


class Notes(Protocol):
    async def add_note(self, note: Note) -> None: ...

    async def note(self, note_id: str) -> Note | None:
        """None when unknown or erased."""

    async def notes(self, ids: Collection[str]) -> dict[str, Note]:
        """Those of the asked that still exist, by id."""


class Ratings(Protocol):
    async def save_rating(self, rating: Rating, comment: Note | None = None) -> None:
        """One a ticket: a later one replaces it, and its comment."""

    async def rating(self, ticket_id: str) -> Rating | None: ...

    async def ratings(self, branch: str, day: date) -> Sequence[Rating]: ...


class TicketPersons(Protocol):
    async def add_ticket_person(self, person: TicketPerson) -> None:
        """Written before the ticket is issued, so that no ticket is without its person."""

    async def ticket_person(self, ticket_id: str) -> TicketPerson | None: ...

    async def sweep_orphans(
        self, branch: str, day: date, known: Collection[str], before: datetime
    ) -> int:
        """Erases persons written before `before` whose ticket the log does not know; how many."""


class SignInFailures(Protocol):
    """`name` is whatever the caller counts by (an account's id, a hash of an unknown username)."""

    async def sign_in_failed(self, name: str, at: datetime) -> Failures:
        """Counts one more; the count with it."""

    async def sign_in_failures(self, name: str) -> Failures: ...

    async def forget_failures(self, name: str) -> None: ...


class Erasure(Protocol):
    async def plan_erasure(self, branch: str, day: date, erase_at: datetime) -> None:
        """Sets the hour of erasure of everything that belongs to a branch day: notes, persons,
        salt.
        """

    async def erase_due(self, now: datetime) -> Erased:
        """Erases what is due by now, from the database file and its write-ahead log.

        Expired sessions, invitations and keys go too, and failures of over a day ago.
        """


class People(
    Accounts,
    Invitations,
    Sessions,
    Tokens,
    DeviceKeys,
    Secrets,
    Notes,
    Ratings,
    TicketPersons,
    SignInFailures,
    Erasure,
    Protocol,
):
    """All of it: what `store.folder.open_stores` gives beside the log."""

    async def close(self) -> None:
        """Writes what was accepted and lets go of everything."""


__all__ = [
    "DEVICE_ROLES",
    "Account",
    "Accounts",
    "DeviceKey",
    "DeviceKeys",
    "Erased",
    "Erasure",
    "Failures",
    "Invitation",
    "Invitations",
    "NameTaken",
    "Note",
    "NoteKind",
    "Notes",
    "People",
    "Rating",
    "Ratings",
    "Role",
    "Secrets",
    "Session",
    "Sessions",
    "SignInFailures",
    "SignedIn",
    "Spent",
    "StoreUnavailable",
    "TicketPerson",
    "TicketPersons",
    "Token",
    "Tokens",
]
