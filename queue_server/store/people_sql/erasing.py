"""Erasure on SQL: runs the deletions of `store.erasure`, and leaves no copy beside the database."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from queue_server.people import Erased
from queue_server.store import erasure
from queue_server.store.people_sql.part import Part


class SqlErasure(Part):
    """`people.Erasure`."""

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
