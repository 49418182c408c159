"""The contract of what reaches people away from their page: where they take it, and what is on its
way. Both belong to a ticket and are erased with its holder.

Raises and cancels as `contract.sign_in`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from queue_server.people.values.roads import Change, Fate, Message, PushSubscription


class PushSubscriptions(Protocol):
    async def add_push_subscription(self, one: PushSubscription, most: int) -> None:
        """One an endpoint and ticket: a later one replaces it. Beyond `most` of a ticket the oldest
        is erased.
        """

    async def push_subscription(self, subscription_id: str) -> PushSubscription | None: ...

    async def push_subscription_at(self, ticket_id: str, endpoint: str) -> PushSubscription | None:
        """The one of a ticket at this endpoint."""

    async def end_push_subscription(self, subscription_id: str) -> bool:
        """Erases it; false when there is none such."""

    async def push_tickets(self) -> Collection[tuple[str, date, str]]:
        """Branch, day and number of every ticket that has one."""

    async def turn_push_key(self) -> bytes:
        """The server's key "push" is another one from now on. Subscriptions were made with the old
        one and are erased.
        """


class Outbox(Protocol):
    """What is to be told, a row a ticket's occasion, its occurrence, its road and its address."""

    async def put(self, changes: Sequence[Change], now: datetime) -> int:
        """Takes back what is not so any more, and adds what is to be told, for every address its
        ticket has; how many rows were added. All or nothing; a second time nothing is added.

        What is being sent at this moment is not taken back, but not tried again either.
        """

    async def claim(self, now: datetime, until: datetime, most: int) -> Sequence[Message]:
        """Takes at most so many that are due, oldest first and one an address: nobody else gets
        them before `until`. What was true too long becomes stale.
        """

    async def release_claims(self) -> int:
        """Whoever claimed anything is gone; how many are free again. Only for a database that one
        process has to itself.
        """

    async def settle(self, message_id: int, fate: Fate, at: datetime, trouble: str = "") -> None:
        """What became of a claimed one."""

    async def postpone(self, message_id: int, until: datetime, trouble: str) -> None:
        """A claimed one is to be tried again then."""

    async def next_due(self) -> datetime | None:
        """When something may next be claimed; None while nothing waits."""

    async def messages(self, branch: str, day: date) -> Sequence[Message]:
        """All of a day that are still kept, in the order they were put in."""
