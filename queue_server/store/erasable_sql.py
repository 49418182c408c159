"""What may or must be erased, on SQL: notes, ratings, persons, salts, failures; and the server's
own secrets.

Must not know accounts: `people_sql` adds them.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa

from queue_server.store import erasure
from queue_server.store.people import Erased, Failures, Note, Rating, TicketPerson
from queue_server.store.reader import Reader
from queue_server.store.rows import columns, made
from queue_server.store.schema import (
    day_salts,
    failures,
    notes,
    ratings,
    server_keys,
    ticket_persons,
)
from queue_server.store.writer import Writer

SECRET_BYTES: Final = 32
IDS_A_QUERY_MAX: Final = 500
"""SQLite takes a limited number of values in one statement."""


class SqlErasables:
    """The half of `store.people.People` that deals with what is forgotten."""

    def __init__(self, reader: Reader, writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    async def _write(self, statement: sa.Insert | sa.Update | sa.Delete) -> int:
        """One statement, durably; how many rows it touched."""

        def work(connection: sa.Connection) -> int:
            return connection.execute(statement).rowcount

        return await self._writer.do(work)

    # Secrets

    async def server_key(self, name: str) -> bytes:
        return await self._secret(
            sa.select(server_keys.c.secret).where(server_keys.c.name == name),
            lambda secret: sa.insert(server_keys).values(name=name, secret=secret),
        )

    async def day_salt(self, branch: str, day: date, erase_at: datetime) -> bytes:
        return await self._secret(
            sa.select(day_salts.c.salt).where(day_salts.c.branch == branch, day_salts.c.day == day),
            lambda salt: sa.insert(day_salts).values(
                branch=branch, day=day, salt=salt, erase_at=erase_at
            ),
        )

    async def _secret(self, query: sa.Select[Any], insert: Any) -> bytes:
        known = await self._reader.first(query)
        if known is not None:
            return bytes(known[0])

        def work(connection: sa.Connection) -> bytes:
            row = connection.execute(query).one_or_none()
            if row is not None:
                return bytes(row[0])
            secret = secrets.token_bytes(SECRET_BYTES)
            connection.execute(insert(secret))
            return secret

        return await self._writer.do(work)

    # Notes

    async def add_note(self, note: Note) -> None:
        await self._write(sa.insert(notes).values(asdict(note)))

    async def note(self, note_id: str) -> Note | None:
        return (await self.notes([note_id])).get(note_id)

    async def notes(self, ids: Collection[str]) -> dict[str, Note]:
        found: dict[str, Note] = {}
        wanted = list(ids)
        for start in range(0, len(wanted), IDS_A_QUERY_MAX):
            some = wanted[start : start + IDS_A_QUERY_MAX]
            query = sa.select(*columns(notes, Note)).where(notes.c.id.in_(some))
            found.update({row.id: made(Note, row) for row in await self._reader.all(query)})
        return found

    # Ratings

    async def save_rating(self, rating: Rating, comment: Note | None = None) -> None:
        def work(connection: sa.Connection) -> None:
            earlier = sa.select(ratings.c.comment).where(ratings.c.ticket_id == rating.ticket_id)
            connection.execute(sa.delete(notes).where(notes.c.id.in_(earlier)))
            connection.execute(sa.delete(ratings).where(ratings.c.ticket_id == rating.ticket_id))
            if comment is not None:
                connection.execute(sa.insert(notes).values(asdict(comment)))
            connection.execute(sa.insert(ratings).values(asdict(rating)))

        await self._writer.do(work)

    async def rating(self, ticket_id: str) -> Rating | None:
        query = sa.select(*columns(ratings, Rating)).where(ratings.c.ticket_id == ticket_id)
        row = await self._reader.first(query)
        return None if row is None else made(Rating, row)

    async def ratings(self, branch: str, day: date) -> Sequence[Rating]:
        query = (
            sa.select(*columns(ratings, Rating))
            .where(ratings.c.branch == branch, ratings.c.day == day)
            .order_by(ratings.c.at)
        )
        return [made(Rating, row) for row in await self._reader.all(query)]

    # Persons

    async def add_ticket_person(self, person: TicketPerson) -> None:
        await self._write(sa.insert(ticket_persons).values(asdict(person)))

    async def ticket_person(self, ticket_id: str) -> TicketPerson | None:
        query = sa.select(*columns(ticket_persons, TicketPerson)).where(
            ticket_persons.c.ticket_id == ticket_id
        )
        row = await self._reader.first(query)
        return None if row is None else made(TicketPerson, row)

    async def sweep_orphans(
        self, branch: str, day: date, known: Collection[str], before: datetime
    ) -> int:
        written = await self._reader.all(
            sa.select(ticket_persons.c.ticket_id).where(
                ticket_persons.c.branch == branch,
                ticket_persons.c.day == day,
                ticket_persons.c.created_at < before,
            )
        )
        orphans = [row.ticket_id for row in written if row.ticket_id not in known]
        if not orphans:
            return 0

        def work(connection: sa.Connection) -> None:
            for orphan in orphans:
                connection.execute(
                    sa.delete(ticket_persons).where(ticket_persons.c.ticket_id == orphan)
                )

        await self._writer.erase(work)
        return len(orphans)

    # Failed sign-ins

    async def sign_in_failed(self, name: str, at: datetime) -> Failures:
        def work(connection: sa.Connection) -> Failures:
            query = sa.select(*columns(failures, Failures)).where(failures.c.name == name)
            row = connection.execute(query).one_or_none()
            if row is None:
                connection.execute(
                    sa.insert(failures).values(name=name, count=1, first_at=at, last_at=at)
                )
                return Failures(1, at, at)
            before = made(Failures, row)
            counted = Failures(before.count + 1, before.first_at, at)
            connection.execute(
                sa.update(failures).where(failures.c.name == name).values(asdict(counted))
            )
            return counted

        return await self._writer.do(work)

    async def sign_in_failures(self, name: str) -> Failures:
        query = sa.select(*columns(failures, Failures)).where(failures.c.name == name)
        row = await self._reader.first(query)
        return Failures() if row is None else made(Failures, row)

    async def forget_failures(self, name: str) -> None:
        await self._write(sa.delete(failures).where(failures.c.name == name))

    # Erasure

    async def plan_erasure(self, branch: str, day: date, erase_at: datetime) -> None:
        def work(connection: sa.Connection) -> None:
            for statement in erasure.planned(branch, day, erase_at):
                connection.execute(statement)

        await self._writer.do(work)

    async def erase_due(self, now: datetime) -> Erased:
        def work(connection: sa.Connection) -> Erased:
            gone = {}
            for what, statement in erasure.due(now).items():
                gone[what] = connection.execute(statement).rowcount
            return Erased(**gone)

        return await self._writer.erase(work)
