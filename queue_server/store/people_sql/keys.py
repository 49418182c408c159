"""The server's own secrets on SQL: made here, at the first asking, and never by a caller."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa

from queue_server.people import JoinKey
from queue_server.store.people_sql.part import Part
from queue_server.store.rows import columns, made
from queue_server.store.schema import day_salts, join_keys, server_keys

SECRET_BYTES: Final = 32


class SqlSecrets(Part):
    """`people.Secrets`."""

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

    async def join_keys(self) -> Sequence[JoinKey]:
        query = sa.select(*columns(join_keys, JoinKey)).order_by(join_keys.c.id.desc())
        return [made(JoinKey, row) for row in await self._reader.all(query)]

    async def new_join_key(self, at: datetime, keep: int) -> JoinKey:
        def work(connection: sa.Connection) -> JoinKey:
            newest = connection.execute(sa.select(sa.func.max(join_keys.c.id))).scalar_one()
            key = JoinKey((newest or 0) + 1, secrets.token_bytes(SECRET_BYTES), at)
            connection.execute(sa.insert(join_keys).values(asdict(key)))
            # Ids have no gaps: each is the one before and one more.
            connection.execute(sa.delete(join_keys).where(join_keys.c.id <= key.id - keep))
            return key

        return await self._writer.erase(work)

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
