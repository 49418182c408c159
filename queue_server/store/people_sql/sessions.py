"""Sessions on SQL: who is signed in, how far they have come, and what their passkey is to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from queue_server.people import Account, Session, SignedIn, Spent, Stage
from queue_server.store.people_sql.part import Part
from queue_server.store.rows import columns, made
from queue_server.store.schema import accounts, sessions


class SqlSessions(Part):
    """`people.Sessions`."""

    async def add_session(self, session: Session, password_hash: str | None = None) -> None:
        def work(connection: sa.Connection) -> None:
            if password_hash is not None:
                _need_still(connection, session.account, password_hash)
            connection.execute(_inserted(session))

        await self._writer.do(work)

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
        self,
        token_hash: str,
        seen_at: datetime,
        idle_expires_at: datetime,
        active_at: datetime | None = None,
    ) -> None:
        seen = {"seen_at": seen_at, "idle_expires_at": idle_expires_at}
        if active_at is not None:
            seen["active_at"] = active_at
        await self._write(
            sa.update(sessions).where(sessions.c.token_hash == token_hash).values(seen)
        )

    async def replace_session(self, token_hash: str, session: Session, at: datetime) -> None:
        def work(connection: sa.Connection) -> None:
            ended = connection.execute(
                sa.delete(sessions).where(sessions.c.token_hash == token_hash, _live(at))
            )
            if not ended.rowcount:
                raise Spent("this session is over")
            connection.execute(_inserted(session))

        await self._writer.do(work)

    async def lock_session(self, session_id: str) -> bool:
        full = (sessions.c.id == session_id, sessions.c.stage == Stage.FULL)
        return await self._write(sa.update(sessions).where(*full).values(stage=Stage.LOCKED)) > 0

    async def keep_challenge(self, session_id: str, challenge: bytes) -> None:
        await self._write(
            sa.update(sessions).where(sessions.c.id == session_id).values(challenge=challenge)
        )

    async def take_challenge(self, session_id: str) -> bytes | None:
        this = sessions.c.id == session_id

        def work(connection: sa.Connection) -> bytes | None:
            # Held until the commit: another node waits here, and then finds nothing.
            kept = connection.execute(
                sa.select(sessions.c.challenge).where(this).with_for_update()
            ).scalar_one_or_none()
            if kept is None:
                return None
            connection.execute(sa.update(sessions).where(this).values(challenge=None))
            return bytes(kept)

        return await self._writer.do(work)

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


def _need_still(connection: sa.Connection, account_id: str, password_hash: str) -> None:
    still = sa.select(accounts.c.id).where(
        accounts.c.id == account_id, accounts.c.password_hash == password_hash, ~accounts.c.disabled
    )
    # Held until the commit: whoever changes the account on another node waits for it.
    if connection.execute(still.with_for_update()).one_or_none() is None:
        raise Spent("another password holds, or the account is disabled")


def _inserted(session: Session) -> sa.Insert:
    return sa.insert(sessions).values(asdict(session))


def _live(at: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(sessions.c.idle_expires_at > at, sessions.c.expires_at > at)
