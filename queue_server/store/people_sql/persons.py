"""What is known of tickets' holders, on SQL; and its erasure before its time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime

import sqlalchemy as sa

from queue_server.people import TicketPerson
from queue_server.store.people_sql.part import Part
from queue_server.store.rows import columns, made
from queue_server.store.schema import (
    messages,
    notes,
    push_subscriptions,
    ratings,
    ticket_persons,
)


class SqlPersons(Part):
    """`people.TicketPersons`."""

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

    async def erase_ticket(self, ticket_id: str) -> int:
        this = ratings.c.ticket_id == ticket_id
        comment = sa.select(ratings.c.comment).where(this)

        def work(connection: sa.Connection) -> int:
            comments = connection.execute(sa.delete(notes).where(notes.c.id.in_(comment)))
            connection.execute(sa.update(ratings).where(this).values(comment=None))
            erased = (
                connection.execute(sa.delete(table).where(table.c.ticket_id == ticket_id))
                for table in (ticket_persons, push_subscriptions, messages)
            )
            return comments.rowcount + sum(one.rowcount for one in erased)

        return await self._writer.erase(work)
