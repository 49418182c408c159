"""Accounts on SQL. Disabling one ends what it has open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from queue_server.store.people import Account, NameTaken
from queue_server.store.people_sql.part import Part
from queue_server.store.rows import columns, made
from queue_server.store.schema import accounts, invitations, sessions


class SqlAccounts(Part):
    """`people.Accounts`."""

    async def add_account(self, account: Account) -> None:
        await self._writer.do(lambda connection: insert_account(connection, account))

    async def save_account(self, account: Account) -> None:
        def work(connection: sa.Connection) -> None:
            before = (
                connection.execute(sa.select(accounts).where(accounts.c.id == account.id))
            ).one_or_none()
            if before is None:
                raise KeyError(account.id)
            try:
                connection.execute(
                    sa.update(accounts).where(accounts.c.id == account.id).values(_kept(account))
                )
            except IntegrityError as taken:
                raise NameTaken(account.username) from taken
            if account.disabled or before.password_hash != account.password_hash:
                connection.execute(sa.delete(sessions).where(sessions.c.account == account.id))
            if account.disabled and not before.disabled:
                # A way back in handed out before would enable it again.
                connection.execute(
                    sa.delete(invitations).where(invitations.c.account == account.id)
                )

        await self._writer.do(work)

    async def account(self, account_id: str) -> Account | None:
        return await self._account(accounts.c.id == account_id)

    async def account_named(self, username: str) -> Account | None:
        return await self._account(accounts.c.name_key == username.casefold())

    async def accounts(self) -> Sequence[Account]:
        query = sa.select(*columns(accounts, Account)).order_by(accounts.c.name_key)
        return [made(Account, row) for row in await self._reader.all(query)]

    async def _account(self, where: sa.ColumnElement[bool]) -> Account | None:
        row = await self._reader.first(sa.select(*columns(accounts, Account)).where(where))
        return None if row is None else made(Account, row)


def insert_account(connection: sa.Connection, account: Account) -> None:
    try:
        connection.execute(sa.insert(accounts).values(_kept(account)))
    except IntegrityError as taken:
        raise NameTaken(account.username) from taken


def _kept(account: Account) -> dict[str, Any]:
    return {**asdict(account), "name_key": account.username.casefold()}
