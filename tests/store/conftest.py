"""Every store under one contract: in memory, on SQLite, on PostgreSQL where one can be started."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from queue_server.people import People
from queue_server.store.engines import Database
from queue_server.store.log import Log
from queue_server.store.memory import MemoryLog
from queue_server.store.people_sql import SqlPeople
from queue_server.store.sql import SqlLog
from tests.store import errands, postgres

NO_POSTGRESQL = "no PostgreSQL here"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgres.Server]:
    """One for all tests of this process."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres.running())
        except postgres.NoPostgresql as why:
            pytest.skip(f"{NO_POSTGRESQL}: {why}")
        yield server


@pytest.fixture
def postgresql(postgresql_server: postgres.Server) -> Iterator[Database]:
    """A database of its own on that server."""
    with postgresql_server.database() as database:
        yield database


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
def errands_known() -> Iterator[None]:
    """A second kind of stream for this test."""
    with errands.known():
        yield


@pytest.fixture
async def people(database: Database) -> AsyncIterator[People]:
    made = await SqlPeople.open(database)
    yield made
    await made.close()


@pytest.fixture
async def elsewhere(people: People, database: Database) -> AsyncIterator[People]:
    """The same people seen from another node; a file has one writer only, so there it is that."""
    if database.path is not None:
        yield people
        return
    made = await SqlPeople.open(database)
    yield made
    await made.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NO_POSTGRESQL in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.section("NOT TESTED ON POSTGRESQL", sep="!", yellow=True, bold=True)
        terminalreporter.write_line(f"{count} tests were skipped: {NO_POSTGRESQL}.", yellow=True)
