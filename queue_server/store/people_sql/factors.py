"""Second factors on SQL. What works once is used up by the statement that finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from queue_server.people import Factors, NameTaken, Passkey, Totp
from queue_server.store.people_sql.part import Part
from queue_server.store.rows import columns, made
from queue_server.store.schema import UtcTime, passkeys, pins, recovery_codes, totps


class SqlFactors(Part):
    """`people.SecondFactors`."""

    async def factors(self, account_id: str) -> Factors:
        def how_many(table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
            counted = sa.select(sa.func.count()).select_from(table)
            return counted.where(table.c.account == account_id, *where).scalar_subquery()

        row = await self._reader.first(
            sa.select(
                how_many(totps, totps.c.confirmed_at.is_not(None)),
                how_many(passkeys),
                how_many(recovery_codes),
                how_many(pins),
            )
        )
        assert row is not None
        apps, keys, codes, with_pin = tuple[int, ...](row)
        return Factors(totp=apps > 0, passkeys=keys, recovery_codes=codes, pin=with_pin > 0)

    # Authenticator apps

    async def save_totp(self, totp: Totp) -> None:
        def work(connection: sa.Connection) -> None:
            connection.execute(sa.delete(totps).where(totps.c.account == totp.account))
            connection.execute(sa.insert(totps).values(asdict(totp)))

        await self._writer.do(work)

    async def totp(self, account_id: str) -> Totp | None:
        query = sa.select(*columns(totps, Totp)).where(totps.c.account == account_id)
        row = await self._reader.first(query)
        return None if row is None else made(Totp, row)

    async def use_totp_step(self, account_id: str, step: int, at: datetime) -> bool:
        confirmed = sa.func.coalesce(totps.c.confirmed_at, sa.literal(at, UtcTime))
        used = await self._write(
            sa.update(totps)
            .where(totps.c.account == account_id, totps.c.last_step < step)
            .values(last_step=step, confirmed_at=confirmed)
        )
        return used > 0

    async def remove_totp(self, account_id: str) -> None:
        await self._write(sa.delete(totps).where(totps.c.account == account_id))

    # Passkeys

    async def add_passkey(self, passkey: Passkey) -> None:
        def work(connection: sa.Connection) -> None:
            try:
                connection.execute(sa.insert(passkeys).values(asdict(passkey)))
            except IntegrityError as taken:
                raise NameTaken(passkey.id) from taken

        await self._writer.do(work)

    async def passkeys(self, account_id: str) -> Sequence[Passkey]:
        query = (
            sa.select(*columns(passkeys, Passkey))
            .where(passkeys.c.account == account_id)
            .order_by(passkeys.c.created_at, passkeys.c.id)
        )
        return [made(Passkey, row) for row in await self._reader.all(query)]

    async def passkey_used(self, passkey_id: str, sign_count: int, at: datetime) -> None:
        await self._write(
            sa.update(passkeys)
            .where(passkeys.c.id == passkey_id)
            .values(sign_count=sign_count, used_at=at)
        )

    async def remove_passkey(self, account_id: str, passkey_id: str) -> bool:
        removed = sa.delete(passkeys).where(
            passkeys.c.account == account_id, passkeys.c.id == passkey_id
        )
        return await self._write(removed) > 0

    # Recovery codes and PINs

    async def save_recovery_codes(self, account_id: str, hashes: Sequence[str]) -> None:
        def work(connection: sa.Connection) -> None:
            mine = recovery_codes.c.account == account_id
            connection.execute(sa.delete(recovery_codes).where(mine))
            for code_hash in hashes:
                connection.execute(
                    sa.insert(recovery_codes).values(account=account_id, code_hash=code_hash)
                )

        await self._writer.do(work)

    async def use_recovery_code(self, account_id: str, code_hash: str) -> bool:
        used = sa.delete(recovery_codes).where(
            recovery_codes.c.account == account_id, recovery_codes.c.code_hash == code_hash
        )
        return await self._write(used) > 0

    async def save_pin(self, account_id: str, pin_hash: str | None) -> None:
        def work(connection: sa.Connection) -> None:
            connection.execute(sa.delete(pins).where(pins.c.account == account_id))
            if pin_hash is not None:
                connection.execute(sa.insert(pins).values(account=account_id, pin_hash=pin_hash))

        await self._writer.do(work)

    async def pin_hash(self, account_id: str) -> str | None:
        query = sa.select(pins.c.pin_hash).where(pins.c.account == account_id)
        row = await self._reader.first(query)
        return None if row is None else row.pin_hash
