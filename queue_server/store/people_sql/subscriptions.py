"""Push subscriptions on SQL: where browsers take what is pushed, by ticket."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import asdict
from datetime import date

import sqlalchemy as sa

from queue_server.people.values.roads import PushSubscription
from queue_server.store.people_sql.keys import SECRET_BYTES
from queue_server.store.people_sql.part import Part
from queue_server.store.rows import columns, made
from queue_server.store.schema import push_subscriptions, server_keys

PUSH_KEY = "push"
_T = push_subscriptions.c


class SqlSubscriptions(Part):
    """`people.PushSubscriptions`."""

    async def add_push_subscription(self, one: PushSubscription, most: int) -> None:
        of_ticket = _T.ticket_id == one.ticket_id
        newest = (_T.created_at.desc(), _T.id)

        def work(connection: sa.Connection) -> None:
            same = sa.and_(of_ticket, _T.endpoint == one.endpoint)
            connection.execute(sa.delete(push_subscriptions).where(same))
            others = sa.select(_T.id).where(of_ticket).order_by(*newest).offset(most - 1)
            gone = [row.id for row in connection.execute(others)]
            connection.execute(sa.delete(push_subscriptions).where(_T.id.in_(gone)))
            connection.execute(sa.insert(push_subscriptions).values(asdict(one)))

        await self._writer.erase(work)

    async def push_subscription(self, subscription_id: str) -> PushSubscription | None:
        return await self._subscription(_T.id == subscription_id)

    async def push_subscription_at(self, ticket_id: str, endpoint: str) -> PushSubscription | None:
        return await self._subscription(sa.and_(_T.ticket_id == ticket_id, _T.endpoint == endpoint))

    async def end_push_subscription(self, subscription_id: str) -> bool:
        def work(connection: sa.Connection) -> int:
            this = sa.delete(push_subscriptions).where(_T.id == subscription_id)
            return connection.execute(this).rowcount

        return await self._writer.erase(work) > 0

    async def push_tickets(self) -> Collection[tuple[str, date, str]]:
        query = sa.select(_T.branch, _T.day, _T.number).distinct()
        return {(row.branch, row.day, row.number) for row in await self._reader.all(query)}

    async def turn_push_key(self) -> bytes:
        def work(connection: sa.Connection) -> bytes:
            secret = secrets.token_bytes(SECRET_BYTES)
            connection.execute(sa.delete(server_keys).where(server_keys.c.name == PUSH_KEY))
            connection.execute(sa.insert(server_keys).values(name=PUSH_KEY, secret=secret))
            connection.execute(sa.delete(push_subscriptions))
            return secret

        return await self._writer.erase(work)

    async def _subscription(self, where: sa.ColumnElement[bool]) -> PushSubscription | None:
        query = sa.select(*columns(push_subscriptions, PushSubscription)).where(where)
        row = await self._reader.first(query)
        return None if row is None else made(PushSubscription, row)
