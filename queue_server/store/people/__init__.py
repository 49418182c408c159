"""The contract of the people's store: accounts, sessions, secrets, and whatever may be erased.

A database of its own beside the log: what stands here can be forgotten, what stands in the log
cannot. Must not know the rules of calling, HTTP, or what a role may do. Implemented by
`store.people_sql`.

Every coroutine raises `StoreUnavailable` when the database cannot be reached or written; a write is
durable before it returns, and cancelling its caller does not cancel it.
"""

from __future__ import annotations

from typing import Protocol

from queue_server.store.log import StoreUnavailable
from queue_server.store.people.devices import DeviceKeys, Pairings, Tokens
from queue_server.store.people.erasable import (
    Erasure,
    Notes,
    Ratings,
    Secrets,
    TicketPersons,
    Trail,
)
from queue_server.store.people.sign_in import (
    Accounts,
    Invitations,
    SecondFactors,
    Sessions,
    SignInFailures,
)
from queue_server.store.people.values import (
    DEVICE_ROLES,
    JOIN_KEYS_KEPT,
    Account,
    Act,
    CodeTaken,
    DeviceKey,
    Erased,
    Factors,
    Failures,
    Invitation,
    JoinKey,
    NameTaken,
    Note,
    NoteKind,
    Pairing,
    Passkey,
    Rating,
    Role,
    Session,
    SignedIn,
    Spent,
    Stage,
    TicketPerson,
    Token,
    Totp,
)


class People(
    Accounts,
    Invitations,
    Sessions,
    SecondFactors,
    SignInFailures,
    Tokens,
    DeviceKeys,
    Pairings,
    Secrets,
    Notes,
    Ratings,
    TicketPersons,
    Trail,
    Erasure,
    Protocol,
):
    """All of it: what `store.folder.open_stores` gives beside the log."""

    async def close(self) -> None:
        """Writes what was accepted and lets go of everything."""


__all__ = [
    "DEVICE_ROLES",
    "JOIN_KEYS_KEPT",
    "Account",
    "Accounts",
    "Act",
    "CodeTaken",
    "DeviceKey",
    "DeviceKeys",
    "Erased",
    "Erasure",
    "Factors",
    "Failures",
    "Invitation",
    "Invitations",
    "JoinKey",
    "NameTaken",
    "Note",
    "NoteKind",
    "Notes",
    "Pairing",
    "Pairings",
    "Passkey",
    "People",
    "Rating",
    "Ratings",
    "Role",
    "SecondFactors",
    "Secrets",
    "Session",
    "Sessions",
    "SignInFailures",
    "SignedIn",
    "Spent",
    "Stage",
    "StoreUnavailable",
    "TicketPerson",
    "TicketPersons",
    "Token",
    "Tokens",
    "Totp",
    "Trail",
]
