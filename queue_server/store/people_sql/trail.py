"""The audit trail on SQL: rows are added and, in their time, erased; never changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from queue_server.people import Act
from queue_server.store.people_sql.part import Part
from queue_server.store.rows import columns, made
from queue_server.store.schema import acts


class SqlTrail(Part):
    """`people.Trail`."""

    async def record(self, act: Act) -> None:
        kept = asdict(act)
        del kept["id"]  # The database's to give.
        await self._write(sa.insert(acts).values(kept))

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
        query = sa.select(*columns(acts, Act)).order_by(acts.c.id.desc()).limit(count_max)
        if branches is not None:
            query = query.where(_of(branches))
        if since is not None:
            query = query.where(acts.c.at >= since)
        if until is not None:
            query = query.where(acts.c.at < until)
        if by is not None:
            query = query.where(acts.c.by == by)
        if what is not None:
            query = query.where(acts.c.what == what)
        if before_id is not None:
            query = query.where(acts.c.id < before_id)
        return [made(Act, row) for row in await self._reader.all(query)]


def _of(branches: Collection[str | None]) -> sa.ColumnElement[bool]:
    named = acts.c.branch.in_([branch for branch in branches if branch is not None])
    return sa.or_(named, acts.c.branch.is_(None)) if None in branches else named
