"""Screens and programs: bearer tokens, one-use keys, waiting screens. Hashes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from queue_server.people.values.roles import Role


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
    origin: str = ""
    """A keyed hash of the network it asked from."""
