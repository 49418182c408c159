"""Failed tries on SQL: counted under whatever name the caller counts by."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from queue_server.people import Failures
from queue_server.store.people_sql.part import Part
from queue_server.store.rows import columns, made
from queue_server.store.schema import failures


class SqlFailures(Part):
    """`people.SignInFailures`."""

    async def sign_in_failed(self, name: str, at: datetime) -> Failures:
        def work(connection: sa.Connection) -> Failures:
            row = connection.execute(_counted(name).with_for_update()).one_or_none()
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
        row = await self._reader.first(_counted(name))
        return Failures() if row is None else made(Failures, row)

    async def forget_failures(self, name: str) -> None:
        await self._write(sa.delete(failures).where(failures.c.name == name))


def _counted(name: str) -> sa.Select[Any]:
    return sa.select(*columns(failures, Failures)).where(failures.c.name == name)
