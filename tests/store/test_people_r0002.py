"""A people's database from before second factors comes up with its accounts, tokens and keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from queue_server.people import Failures, Spent
from queue_server.store.engines import Database
from queue_server.store.migrations.people import r0001_first
from queue_server.store.people_sql import SqlPeople
from queue_server.store.schema import PEOPLE
from queue_server.store.writer import Writer
from tests.store.examples import AT
from tests.store.people_examples import (
    BOARD,
    BUDI,
    HOUR,
    INVITED,
    KEY,
    NOTE,
    PERSON,
    SESSION,
    SITI,
    TOKEN,
)

ROWS: list[tuple[str, dict[str, Any]]] = [
    *(("accounts", {**asdict(one), "name_key": one.username.casefold()}) for one in (SITI, BUDI)),
    *(("tokens", asdict(one)) for one in (TOKEN, BOARD)),
    ("sessions", asdict(SESSION)),
    ("invitations", asdict(INVITED)),
    ("invitations", {**asdict(INVITED), "token_hash": "i-2"}),
    ("device_keys", asdict(KEY)),
    ("notes", asdict(NOTE)),
    ("ticket_persons", asdict(PERSON)),
    ("failures", {"name": "siti", "count": 2, "first_at": AT, "last_at": AT}),
    *(("server_keys", {"name": name, "secret": b"k" * 32}) for name in ("ticket", "join")),
]


def as_it_began(connection: sa.Connection) -> None:
    """The first step's tables, with somebody in each."""
    with Operations.context(MigrationContext.configure(connection)):
        r0001_first.upgrade()
    connection.execute(sa.text("CREATE TABLE people_version (version_num VARCHAR(32) NOT NULL)"))
    connection.execute(sa.text("INSERT INTO people_version VALUES ('r0001')"))
    inspected = sa.inspect(connection)
    for name, row in ROWS:
        known = {column["name"] for column in inspected.get_columns(name)}
        kept = {key: value for key, value in row.items() if key in known}
        types = PEOPLE.tables[name].c
        table = sa.table(name, *(sa.column(key, types[key].type) for key in kept))
        connection.execute(sa.insert(table).values(kept))


@pytest.fixture
async def migrated(database: Database) -> AsyncIterator[SqlPeople]:
    before = Writer(database)
    await before.start(as_it_began)
    await before.close()
    people = await SqlPeople.open(database)
    yield people
    await people.close()


async def test_what_stood_there_stands_there(migrated: SqlPeople) -> None:
    assert await migrated.accounts() == [BUDI, SITI]
    assert await migrated.tokens() == [TOKEN, BOARD]
    assert await migrated.token("th-1", AT) == TOKEN
    assert await migrated.server_key("ticket") == b"k" * 32
    assert await migrated.note("n-1") == NOTE
    assert await migrated.ticket_person("ticket-1") == PERSON
    assert await migrated.sign_in_failures("siti") == Failures(2, AT, AT)
    token = await migrated.exchange_device_key("k-1", "t-9", "th-9", AT)
    assert (token.role, token.branch) == (KEY.role, KEY.branch)


async def test_open_invitations_still_work_and_have_names_of_their_own(
    migrated: SqlPeople,
) -> None:
    first, second = await migrated.invitations(AT)
    assert first.id
    assert second.id
    assert first.id != second.id
    assert (first.name, first.account, first.expires_at) == ("", None, AT + HOUR)
    assert await migrated.revoke_invitation(first.id)
    assert [one.id for one in await migrated.invitations(AT)] == [second.id]
    with pytest.raises(Spent):
        await migrated.accept_return(second.token_hash, "hash-9", AT)


async def test_everybody_signs_in_again(migrated: SqlPeople) -> None:
    """Nobody had shown a second factor."""
    assert await migrated.signed_in(SESSION.token_hash, AT) is None
    assert not (await migrated.factors("a-1")).any


async def test_codes_of_the_hall_begin_with_a_key_of_their_own(migrated: SqlPeople) -> None:
    assert await migrated.join_keys() == []
    assert await migrated.server_key("join") != b"k" * 32
