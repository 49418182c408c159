"""The contract of the people's store: accounts, sessions, secrets, and whatever may be erased.

A database of its own beside the log: what stands here can be forgotten, what stands in the log
cannot. Implemented by `store.people_sql`.

Every coroutine raises `StoreUnavailable` when the database cannot be reached or written; a write is
durable before it returns, and cancelling its caller does not cancel it.
"""

from __future__ import annotations

from typing import Protocol

from queue_server.people.contract.devices import DeviceKeys, Pairings, Tokens
from queue_server.people.contract.erasable import (
    Erasure,
    Notes,
    Ratings,
    Secrets,
    TicketPersons,
    TrailStore,
)
from queue_server.people.contract.roads import Outbox, PushSubscriptions
from queue_server.people.contract.sign_in import (
    Accounts,
    Invitations,
    SecondFactors,
    Sessions,
    SignInFailures,
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
    PushSubscriptions,
    Outbox,
    TrailStore,
    Erasure,
    Protocol,
):
    """All of it: what `store.folder.open_stores` gives beside the log."""

    async def close(self) -> None:
        """Writes what was accepted and lets go of everything."""
