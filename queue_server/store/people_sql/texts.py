"""Free texts and stars on SQL: notes, ratings and their comments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date
from typing import Final

import sqlalchemy as sa

from queue_server.people import Note, Rating
from queue_server.store.people_sql.part import Part
from queue_server.store.rows import columns, made
from queue_server.store.schema import notes, ratings

IDS_A_QUERY_MAX: Final = 500
"""SQLite takes a limited number of values in one statement."""


class SqlTexts(Part):
    """`people.Notes` and `people.Ratings`."""

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
