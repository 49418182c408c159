"""The tables end as `store.schema` says, whichever way they came, and a newer database is left
alone.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from queue_server.store import schema
from queue_server.store.engines import Database
from queue_server.store.migrations import HEADS, TooNew, revision, upgrade
from queue_server.store.sql import SqlLog

TABLES = {"log": schema.LOG, "people": schema.PEOPLE}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    with Database.file(tmp_path / "some.db").alone().begin() as made:
        yield made


@pytest.mark.parametrize("database", HEADS)
def test_the_steps_end_in_the_tables_of_the_schema(
    connection: sa.Connection, database: str
) -> None:
    assert revision(connection, database) is None
    upgrade(connection, database)
    assert revision(connection, database) == HEADS[database]
    context = MigrationContext.configure(
        connection, opts={"version_table": f"{database}_version", "compare_type": True}
    )
    assert compare_metadata(context, TABLES[database]) == []


def test_both_may_live_in_one_database(connection: sa.Connection) -> None:
    """As they do on PostgreSQL."""
    for database in HEADS:
        upgrade(connection, database)
    tables = set(sa.inspect(connection).get_table_names())
    assert {*schema.LOG.tables, *schema.PEOPLE.tables} <= tables


def test_a_start_without_anything_to_do_needs_no_alembic(
    connection: sa.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(connection, "log")
    monkeypatch.setitem(sys.modules, "alembic", None)
    upgrade(connection, "log")


async def test_a_newer_database_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "queue.db"
    await (await SqlLog.open(Database.file(path))).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE log_version SET version_num = 'r9999'")
    connection.close()
    with pytest.raises(TooNew, match=r"written by a newer program \(its step is r9999"):
        await SqlLog.open(Database.file(path))


def test_a_start_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with Database.file(tmp_path / "queue.db").alone().connect() as connection:
        transaction = connection.begin()
        upgrade(connection, "log")
        transaction.rollback()
        assert revision(connection, "log") is None
        assert sa.inspect(connection).get_table_names() == []
