"""Accounts, invitations, sessions, tokens and one-use keys on SQL.

What may be erased is in `erasable_sql`; `SqlPeople` is both. Must not know what a role may do, nor
any secret: only hashes arrive here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from queue_server.store.engines import Database
from queue_server.store.erasable_sql import SqlErasables
from queue_server.store.migrations import upgrade
from queue_server.store.people import (
    Account,
    DeviceKey,
    Invitation,
    NameTaken,
    Session,
    SignedIn,
    Spent,
    Token,
)
from queue_server.store.reader import Reader
from queue_server.store.rows import columns, made
from queue_server.store.schema import accounts, device_keys, invitations, sessions, tokens
from queue_server.store.writer import Writer


class SqlPeople(SqlErasables):
    """`store.people.People` on a database. Made by `open`."""

    @classmethod
    async def open(cls, database: Database) -> SqlPeople:
        """Connects and brings the tables up to date. Raises `StoreUnavailable`,
        `migrations.TooNew`.
        """
        writer = Writer(database)
        await writer.start(lambda connection: upgrade(connection, "people"))
        return cls(Reader(database), writer)

    async def close(self) -> None:
        await self._reader.close()
        await self._writer.close()

    # Accounts

    async def add_account(self, account: Account) -> None:
        await self._writer.do(lambda connection: _insert_account(connection, account))

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

    # Invitations

    async def add_invitation(self, invitation: Invitation) -> None:
        await self._write(sa.insert(invitations).values(asdict(invitation)))

    async def invitation(self, token_hash: str, at: datetime) -> Invitation | None:
        row = await self._reader.first(_open_invitations(at, token_hash))
        return None if row is None else made(Invitation, row)

    async def accept_invitation(self, token_hash: str, account: Account, at: datetime) -> None:
        def work(connection: sa.Connection) -> None:
            row = connection.execute(_open_invitations(at, token_hash)).one_or_none()
            if row is None:
                raise Spent("this invitation is unknown, expired or used")
            connection.execute(sa.delete(invitations).where(invitations.c.token_hash == token_hash))
            invited = replace(account, role=row.role, branch=row.branch)
            _insert_account(connection, invited)

        await self._writer.do(work)

    async def invitations(self, at: datetime) -> Sequence[Invitation]:
        query = _open_invitations(at).order_by(invitations.c.created_at)
        return [made(Invitation, row) for row in await self._reader.all(query)]

    async def revoke_invitation(self, token_hash: str) -> None:
        await self._write(sa.delete(invitations).where(invitations.c.token_hash == token_hash))

    # Sessions

    async def add_session(self, session: Session) -> None:
        await self._write(sa.insert(sessions).values(asdict(session)))

    async def signed_in(self, token_hash: str, at: datetime) -> SignedIn | None:
        session_columns = columns(sessions, Session)
        row = await self._reader.first(
            sa.select(*session_columns, *columns(accounts, Account))
            .select_from(sessions.join(accounts))
            .where(sessions.c.token_hash == token_hash, _live(at), ~accounts.c.disabled)
        )
        if row is None:
            return None
        split = len(session_columns)
        return SignedIn(Session(*row[:split]), Account(*row[split:]))

    async def touch_session(
        self, token_hash: str, seen_at: datetime, idle_expires_at: datetime
    ) -> None:
        await self._write(
            sa.update(sessions)
            .where(sessions.c.token_hash == token_hash)
            .values(seen_at=seen_at, idle_expires_at=idle_expires_at)
        )

    async def sessions(self, account_id: str, at: datetime) -> Sequence[Session]:
        query = (
            sa.select(*columns(sessions, Session))
            .where(sessions.c.account == account_id, _live(at))
            .order_by(sessions.c.created_at.desc())
        )
        return [made(Session, row) for row in await self._reader.all(query)]

    async def end_session(self, session_id: str) -> None:
        await self._write(sa.delete(sessions).where(sessions.c.id == session_id))

    async def end_sessions(self, account_id: str, except_id: str | None = None) -> int:
        ended = sa.delete(sessions).where(sessions.c.account == account_id)
        if except_id is not None:
            ended = ended.where(sessions.c.id != except_id)
        return await self._write(ended)

    # Tokens

    async def add_token(self, token: Token) -> None:
        await self._write(sa.insert(tokens).values(asdict(token)))

    async def token(self, token_hash: str, at: datetime) -> Token | None:
        row = await self._reader.first(
            sa.select(*columns(tokens, Token))
            .select_from(tokens.outerjoin(accounts))
            .where(
                tokens.c.token_hash == token_hash,
                tokens.c.revoked_at.is_(None),
                sa.or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > at),
                sa.or_(tokens.c.account.is_(None), ~accounts.c.disabled),
            )
        )
        return None if row is None else made(Token, row)

    async def tokens(self) -> Sequence[Token]:
        query = sa.select(*columns(tokens, Token)).order_by(tokens.c.created_at)
        return [made(Token, row) for row in await self._reader.all(query)]

    async def revoke_token(self, token_id: str, at: datetime) -> bool:
        def work(connection: sa.Connection) -> bool:
            this = tokens.c.id == token_id
            connection.execute(
                sa.update(tokens).where(this, tokens.c.revoked_at.is_(None)).values(revoked_at=at)
            )
            known = connection.execute(sa.select(tokens.c.id).where(this))
            return known.one_or_none() is not None

        return await self._writer.do(work)

    # One-use keys of devices

    async def add_device_key(self, key: DeviceKey) -> None:
        await self._write(sa.insert(device_keys).values(asdict(key)))

    async def exchange_device_key(
        self, key_hash: str, token_id: str, token_hash: str, at: datetime
    ) -> Token:
        def work(connection: sa.Connection) -> Token:
            found = connection.execute(
                sa.delete(device_keys)
                .where(device_keys.c.key_hash == key_hash, device_keys.c.expires_at > at)
                .returning(device_keys.c.role, device_keys.c.branch, device_keys.c.label)
            )
            key = found.one_or_none()
            if key is None:
                raise Spent("this key is unknown, expired or used")
            token = Token(token_id, token_hash, key.role, key.branch, None, None, key.label, at)
            connection.execute(sa.insert(tokens).values(asdict(token)))
            return token

        return await self._writer.do(work)


def _kept(account: Account) -> dict[str, Any]:
    return {**asdict(account), "name_key": account.username.casefold()}


def _insert_account(connection: sa.Connection, account: Account) -> None:
    try:
        connection.execute(sa.insert(accounts).values(_kept(account)))
    except IntegrityError as taken:
        raise NameTaken(account.username) from taken


def _open_invitations(at: datetime, token_hash: str | None = None) -> sa.Select[Any]:
    query = sa.select(*columns(invitations, Invitation)).where(invitations.c.expires_at > at)
    return query if token_hash is None else query.where(invitations.c.token_hash == token_hash)


def _live(at: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(sessions.c.idle_expires_at > at, sessions.c.expires_at > at)
