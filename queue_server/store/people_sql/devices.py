"""Bearer tokens, device keys and pairings on SQL. What works once is used up by deleting it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from queue_server.people import CodeTaken, DeviceKey, Pairing, Spent, Token
from queue_server.store.people_sql.part import Part
from queue_server.store.rows import columns, made
from queue_server.store.schema import accounts, device_keys, pairings, sessions, tokens


class SqlTokens(Part):
    """`people.Tokens`."""

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
        query = sa.select(*columns(tokens, Token)).order_by(tokens.c.created_at, tokens.c.id)
        return [made(Token, row) for row in await self._reader.all(query)]

    async def token_seen(self, token_id: str, at: datetime) -> None:
        await self._write(sa.update(tokens).where(tokens.c.id == token_id).values(seen_at=at))

    async def rename_token(self, token_id: str, label: str, place: str) -> bool:
        renamed = sa.update(tokens).where(tokens.c.id == token_id).values(label=label, place=place)
        return await self._write(renamed) > 0

    async def revoke_token(self, token_id: str, at: datetime) -> bool:
        def work(connection: sa.Connection) -> bool:
            this = tokens.c.id == token_id
            connection.execute(
                sa.update(tokens).where(this, tokens.c.revoked_at.is_(None)).values(revoked_at=at)
            )
            # The tablet was half of their second factor.
            connection.execute(sa.delete(sessions).where(sessions.c.device == token_id))
            known = connection.execute(sa.select(tokens.c.id).where(this))
            return known.one_or_none() is not None

        return await self._writer.do(work)


class SqlDeviceKeys(Part):
    """`people.DeviceKeys`."""

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


class SqlPairings(Part):
    """`people.Pairings`."""

    async def add_pairing(self, pairing: Pairing, of_origin_max: int, of_branch_max: int) -> None:
        def work(connection: sa.Connection) -> None:
            # Expired ones wait for their erasure: their codes are free again already.
            connection.execute(
                sa.delete(pairings).where(
                    pairings.c.code_hash == pairing.code_hash,
                    pairings.c.expires_at <= pairing.created_at,
                )
            )
            living = sa.and_(_WAITS, pairings.c.expires_at > pairing.created_at)
            own = sa.and_(living, pairings.c.origin == pairing.origin)
            there = sa.and_(living, pairings.c.branch == pairing.branch)
            _make_room(connection, own, of_origin_max)
            _make_room(connection, there, of_branch_max, of_the_most=True)
            try:
                connection.execute(sa.insert(pairings).values(asdict(pairing)))
            except IntegrityError as taken:
                raise CodeTaken("a screen shows this code just now") from taken

        await self._writer.do(work)

    async def pairing(self, secret_hash: str, at: datetime) -> Pairing | None:
        return await self._pairing(pairings.c.secret_hash == secret_hash, at)

    async def pairing_by_code(self, code_hash: str, at: datetime) -> Pairing | None:
        return await self._pairing(sa.and_(pairings.c.code_hash == code_hash, _WAITS), at)

    async def approve_pairing(
        self, pairing_id: str, label: str, place: str, by: str, at: datetime
    ) -> None:
        def work(connection: sa.Connection) -> None:
            approved = connection.execute(
                sa.update(pairings)
                .where(pairings.c.id == pairing_id, _WAITS, pairings.c.expires_at > at)
                .values(label=label, place=place, approved_by=by)
            )
            if not approved.rowcount:
                raise Spent("this pairing is unknown, expired or approved")

        await self._writer.do(work)

    async def exchange_pairing(self, secret_hash: str, token: Token, at: datetime) -> Token:
        def work(connection: sa.Connection) -> Token:
            this = (pairings.c.secret_hash == secret_hash, ~_WAITS, pairings.c.expires_at > at)
            ended = connection.execute(
                sa.delete(pairings).where(*this).returning(*columns(pairings, Pairing))
            ).one_or_none()
            if ended is None:
                raise Spent("this pairing is unknown, expired or not approved")
            kept = _token_of(made(Pairing, ended), token)
            connection.execute(sa.insert(tokens).values(asdict(kept)))
            return kept

        return await self._writer.do(work)

    async def end_pairing(self, pairing_id: str) -> None:
        await self._write(sa.delete(pairings).where(pairings.c.id == pairing_id))

    async def _pairing(self, where: sa.ColumnElement[bool], at: datetime) -> Pairing | None:
        query = sa.select(*columns(pairings, Pairing)).where(where, pairings.c.expires_at > at)
        row = await self._reader.first(query)
        return None if row is None else made(Pairing, row)


_WAITS = pairings.c.approved_by == ""


def _make_room(
    connection: sa.Connection,
    among: sa.ColumnElement[bool],
    most: int,
    *,
    of_the_most: bool = False,
) -> None:
    """Ends the oldest of these until one more fits; `of_the_most`: of the origin that has most."""
    count = sa.func.count()
    while (
        connection.execute(sa.select(count).where(among).select_from(pairings)).scalar_one() >= most
    ):
        those = among
        if of_the_most:
            by_origin = sa.select(pairings.c.origin).where(among).group_by(pairings.c.origin)
            origin = connection.execute(by_origin.order_by(count.desc()).limit(1)).scalar_one()
            those = sa.and_(among, pairings.c.origin == origin)
        oldest = sa.select(pairings.c.id).where(those).order_by(pairings.c.created_at).limit(1)
        connection.execute(sa.delete(pairings).where(pairings.c.id == oldest.scalar_subquery()))


def _token_of(pairing: Pairing, token: Token) -> Token:
    """A device's: no account's and no counter's, whatever the caller wrote."""
    return replace(
        token,
        role=pairing.role,
        branch=pairing.branch,
        counter=None,
        account=None,
        label=pairing.label,
        place=pairing.place,
        made_by=pairing.approved_by,
    )
