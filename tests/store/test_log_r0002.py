"""A log from before streams had kinds comes up whole: every byte, every number, every hash."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from queue_server.store import chain
from queue_server.store.codec import encode
from queue_server.store.engines import Database
from queue_server.store.log import ChainRow
from queue_server.store.migrations.log import r0001_first
from queue_server.store.schema import records, streams
from queue_server.store.sql import SqlLog
from queue_server.store.writer import Writer
from tests.store import errands
from tests.store.errands import ERRANDS, begun
from tests.store.examples import BONTANG, DAY, batch, issued

ROWS: Sequence[ChainRow] = chain.rows_after(
    0, "", BONTANG, [(encode(one.event), one.mark) for one in (issued(1, "request-1"), issued(2))]
)
AS_ID = 7


def as_it_began(connection: sa.Connection) -> None:
    """The first step's tables, with a day of two numbers."""
    with Operations.context(MigrationContext.configure(connection)):
        r0001_first.upgrade()
    connection.execute(sa.text("CREATE TABLE log_version (version_num VARCHAR(32) NOT NULL)"))
    connection.execute(sa.text("INSERT INTO log_version VALUES ('r0001')"))
    old = sa.table("streams", sa.column("id"), sa.column("branch"), sa.column("day", sa.Date))
    connection.execute(sa.insert(old).values(id=AS_ID, branch="bontang", day=DAY))
    values = [{"stream": AS_ID, **row._asdict()} for row in ROWS]
    connection.execute(sa.insert(records), values)


@pytest.fixture
async def log(database: Database) -> AsyncIterator[SqlLog]:
    """The old one, opened by this program."""
    writer = Writer(database)
    await writer.start(as_it_began)
    await writer.close()
    made = await SqlLog.open(database)
    yield made
    await made.close()


async def test_every_record_is_as_it_was_written(log: SqlLog) -> None:
    assert await log.streams() == [BONTANG]
    assert await log.rows(BONTANG) == ROWS
    marks = [record.mark for record in await log.read(BONTANG)]
    assert marks == [issued(1, "request-1").mark, None]


async def test_it_goes_on(log: SqlLog) -> None:
    await log.append(batch(2))
    await log.append(batch(0, stream=replace(BONTANG, branch="samarinda")))
    with errands.known():
        await log.append(batch(0, begun(), stream=ERRANDS))
    assert [len(await log.rows(one)) for one in await log.streams(kind=None)] == [3, 1, 1]


async def test_no_record_lost_its_stream(log: SqlLog) -> None:
    outer = sa.select(records.c.seq).outerjoin(streams).where(streams.c.id.is_(None))
    assert await log._reader.all(outer) == []
