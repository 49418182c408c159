"""Accounts on SQL. Disabling one ends what it has open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningUpdate

from queue_server.people import Account, LastAdministrator, NameTaken, Role, Spent
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
                _end_links(connection, account.id)

        await self._writer.do(work)

    async def set_password(self, account_id: str, before: str, after: str) -> Account:
        def work(connection: sa.Connection) -> Account:
            still = (accounts.c.password_hash == before, ~accounts.c.disabled)
            changed = connection.execute(_set(account_id, *still).values(password_hash=after))
            row = changed.one_or_none()
            if row is None:
                raise Spent("another password holds, or the account is disabled")
            connection.execute(sa.delete(sessions).where(sessions.c.account == account_id))
            return made(Account, row)

        return await self._writer.do(work)

    async def set_disabled(self, account_id: str, disabled: bool) -> Account:
        def work(connection: sa.Connection) -> Account:
            if disabled:
                _need_another_administrator(connection, account_id)
            changed = connection.execute(_set(account_id).values(disabled=disabled))
            row = changed.one_or_none()
            if row is None:
                raise KeyError(account_id)
            if disabled:
                connection.execute(sa.delete(sessions).where(sessions.c.account == account_id))
                _end_links(connection, account_id)
            return made(Account, row)

        return await self._writer.do(work)

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


def _set(account_id: str, *where: sa.ColumnElement[bool]) -> ReturningUpdate[Any]:
    this = sa.update(accounts).where(accounts.c.id == account_id, *where)
    return this.returning(*columns(accounts, Account))


def _need_another_administrator(connection: sa.Connection, account_id: str) -> None:
    """Locks all of them: two who disable each other do it one after the other."""
    may_all = (accounts.c.role == Role.ADMIN, accounts.c.branch.is_(None), ~accounts.c.disabled)
    found = sa.select(accounts.c.id).where(*may_all).order_by(accounts.c.id).with_for_update()
    if list(connection.execute(found).scalars()) == [account_id]:
        raise LastAdministrator(account_id)


def _end_links(connection: sa.Connection, account_id: str) -> None:
    """A way back in handed out before would enable it again; one they gave, to themselves perhaps,
    would let them in as somebody else.
    """
    theirs = sa.or_(invitations.c.account == account_id, invitations.c.invited_by == account_id)
    connection.execute(sa.delete(invitations).where(theirs))


def insert_account(connection: sa.Connection, account: Account) -> None:
    try:
        connection.execute(sa.insert(accounts).values(_kept(account)))
    except IntegrityError as taken:
        raise NameTaken(account.username) from taken


def _kept(account: Account) -> dict[str, Any]:
    return {**asdict(account), "name_key": account.username.casefold()}
