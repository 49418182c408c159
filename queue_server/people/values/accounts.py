"""Who signs in: accounts, the links that lead to one, and sessions.

Knows hashes and random secrets only: never a password, never a token in clear. Times are aware
datetimes in UTC, whole milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from queue_server.people.values.roles import Role


class Stage(StrEnum):
    """How far a session has come. Only a full one may do anything but go on signing in."""

    FACTOR = "factor"
    """The password was right; the second factor is awaited."""
    ENROL = "enrol"
    """The account has no second factor yet: one is set up first."""
    FULL = "full"
    LOCKED = "locked"
    """Left alone on a shared PC: it waits for whoever it belongs to."""


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


@dataclass(frozen=True, slots=True)
class Failures:
    """Failed tries in a row under one name."""

    count: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
