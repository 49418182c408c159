"""The contract of what is kept for a while: secrets, free texts, persons, the audit trail, and
their erasure.

Raises and cancels as `contract.sign_in`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from queue_server.people.values.erasable import Act, Erased, JoinKey, Note, Rating, TicketPerson


class Secrets(Protocol):
    async def server_key(self, name: str) -> bytes:
        """32 random bytes by name ("ticket", "cookie", "pepper", "push"), made at the first asking,
        then for ever ("push" until it is turned).
        """

    async def day_salt(self, branch: str, day: date, erase_at: datetime) -> bytes:
        """32 random bytes for one branch day, made at the first asking; `erase_at` counts at that
        first asking.
        """

    async def join_keys(self) -> Sequence[JoinKey]:
        """Newest first; empty until the first is made."""

    async def new_join_key(self, at: datetime, keep: int) -> JoinKey:
        """One more, 32 random bytes, with the next id; all but the newest `keep` are erased."""


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

    async def erase_ticket(self, ticket_id: str) -> int:
        """Erases at once what is known of the ticket's holder: the person, the rating's comment
        (the stars stay), where they are pushed to and what they were told. How many rows, from the
        file and its write-ahead log.
        """


class TrailStore(Protocol):
    """The audit trail: written, read, and erased in its time; never changed."""

    async def record(self, act: Act) -> None: ...

    async def acts(
        self,
        *,
        branches: Collection[str | None] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        by: str | None = None,
        what: str | None = None,
        before_id: int | None = None,
        count_max: int = 100,
    ) -> Sequence[Act]:
        """Newest first. `branches` None: all of them, and what belongs to none; `until` excluded;
        `before_id` goes on behind a page's last.
        """


class Erasure(Protocol):
    async def plan_erasure(self, branch: str, day: date, erase_at: datetime) -> None:
        """Sets the hour of erasure of everything that belongs to a branch day: notes, persons,
        push subscriptions, messages, salt.
        """

    async def erase_due(self, now: datetime) -> Erased:
        """Erases what is due by now, from the database file and its write-ahead log.

        Expired sessions, invitations, keys and pairings go too, and failures of over a day ago.
        """
