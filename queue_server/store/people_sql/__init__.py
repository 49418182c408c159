"""`people.People` on SQL, split by noun as the contract is.

Must not know what a role may do, nor any password: hashes and random secrets arrive here.
"""

from __future__ import annotations

from queue_server.store.engines import Database
from queue_server.store.migrations import upgrade
from queue_server.store.people_sql.accounts import SqlAccounts
from queue_server.store.people_sql.devices import SqlDeviceKeys, SqlPairings, SqlTokens
from queue_server.store.people_sql.erasing import SqlErasure
from queue_server.store.people_sql.factors import SqlFactors
from queue_server.store.people_sql.failures import SqlFailures
from queue_server.store.people_sql.invitations import SqlInvitations
from queue_server.store.people_sql.keys import SqlSecrets
from queue_server.store.people_sql.outbox import SqlOutbox
from queue_server.store.people_sql.persons import SqlPersons
from queue_server.store.people_sql.sessions import SqlSessions
from queue_server.store.people_sql.subscriptions import SqlSubscriptions
from queue_server.store.people_sql.texts import SqlTexts
from queue_server.store.people_sql.trail import SqlTrail
from queue_server.store.reader import Reader
from queue_server.store.writer import Writer


class SqlPeople(
    SqlAccounts,
    SqlInvitations,
    SqlSessions,
    SqlFactors,
    SqlFailures,
    SqlTokens,
    SqlDeviceKeys,
    SqlPairings,
    SqlSecrets,
    SqlTexts,
    SqlPersons,
    SqlSubscriptions,
    SqlOutbox,
    SqlTrail,
    SqlErasure,
):
    """`people.People` on a database. Made by `open`."""

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
