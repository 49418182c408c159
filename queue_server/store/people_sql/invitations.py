"""Invitations on SQL: to a new account, or back into one. Each is used up by deleting it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from queue_server.people import Account, Invitation, Spent
from queue_server.store.people_sql.accounts import insert_account
from queue_server.store.people_sql.part import Part
from queue_server.store.rows import columns, made
from queue_server.store.schema import (
    accounts,
    invitations,
    passkeys,
    pins,
    recovery_codes,
    sessions,
    totps,
)


class SqlInvitations(Part):
    """`people.Invitations`."""

    async def add_invitation(self, invitation: Invitation) -> None:
        given_by = sa.select(accounts.c.disabled).where(accounts.c.id == invitation.invited_by)

        def work(connection: sa.Connection) -> None:
            # Held until the commit: disabling ends what they gave, and must find this one.
            if connection.execute(given_by.with_for_update()).scalar_one_or_none():
                raise Spent("whoever gives it is disabled")
            connection.execute(sa.insert(invitations).values(asdict(invitation)))

        await self._writer.do(work)

    async def invitation(self, token_hash: str, at: datetime) -> Invitation | None:
        query = _select().where(_open(at), invitations.c.token_hash == token_hash)
        row = await self._reader.first(query)
        return None if row is None else made(Invitation, row)

    async def accept_invitation(self, token_hash: str, account: Account, at: datetime) -> None:
        def work(connection: sa.Connection) -> None:
            asked = _used_up(connection, token_hash, at, invitations.c.account.is_(None))
            insert_account(connection, replace(account, role=asked.role, branch=asked.branch))

        await self._writer.do(work)

    async def accept_return(self, token_hash: str, password_hash: str, at: datetime) -> Account:
        def work(connection: sa.Connection) -> Account:
            way_back = _used_up(connection, token_hash, at, invitations.c.account.is_not(None))
            # First the account: whoever is just being let in by the old password waits for it.
            changed = connection.execute(
                sa.update(accounts)
                .where(accounts.c.id == way_back.account)
                .values(password_hash=password_hash, disabled=False)
                .returning(*columns(accounts, Account))
            ).one()
            _forget_proofs(connection, way_back)
            return made(Account, changed)

        return await self._writer.do(work)

    async def invitations(self, at: datetime) -> Sequence[Invitation]:
        query = _select().where(_open(at)).order_by(invitations.c.created_at, invitations.c.id)
        return [made(Invitation, row) for row in await self._reader.all(query)]

    async def revoke_invitation(self, invitation_id: str) -> bool:
        gone = await self._write(sa.delete(invitations).where(invitations.c.id == invitation_id))
        return gone > 0


def _used_up(
    connection: sa.Connection, token_hash: str, at: datetime, kind: sa.ColumnElement[bool]
) -> Invitation:
    """Deleting is taking: of several at once, one finds the row. Raises `Spent`."""
    taken = connection.execute(
        sa.delete(invitations)
        .where(invitations.c.token_hash == token_hash, _open(at), kind)
        .returning(*columns(invitations, Invitation))
    ).one_or_none()
    if taken is None:
        raise Spent("this invitation is unknown, expired or used")
    return made(Invitation, taken)


def _forget_proofs(connection: sa.Connection, way_back: Invitation) -> None:
    """All that proved who this was, and every other link that would let somebody in as them."""
    for table in (sessions, totps, passkeys, recovery_codes, pins, invitations):
        connection.execute(sa.delete(table).where(table.c.account == way_back.account))


def _select() -> sa.Select[Any]:
    return sa.select(*columns(invitations, Invitation))


def _open(at: datetime) -> sa.ColumnElement[bool]:
    return invitations.c.expires_at > at
