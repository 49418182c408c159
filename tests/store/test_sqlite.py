"""The log on an SQLite file: durable before anybody hears of it, and well again after every
trouble.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from queue_server.store import engines, writer
from queue_server.store.engines import Database
from queue_server.store.log import Conflict, StoreUnavailable, Stream
from queue_server.store.sql import SqlLog
from tests.store.examples import BONTANG, DAY, batch, issued

Trouble = Callable[[Any, Any], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "queue.db"


@pytest.fixture
async def log(path: Path) -> AsyncIterator[SqlLog]:
    made = await SqlLog.open(Database.file(path))
    yield made
    await made.close()


async def test_whoever_comes_where_too_many_wait_is_refused_at_once(
    log: SqlLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A queue of minutes is no answer."""
    monkeypatch.setattr(writer, "WORKS_WAITING_MAX", 3)
    monkeypatch.setattr(writer, "WORKS_A_COMMIT_MAX", 1)
    branches = [Stream(f"b{n}", DAY) for n in range(8)]
    appends = [log.append(batch(0, issued(1), stream=stream)) for stream in branches]
    answers = await asyncio.gather(*appends, return_exceptions=True)
    refused = [one for one in answers if one is not None]
    assert all(isinstance(one, StoreUnavailable) for one in refused)
    assert 0 < len(refused) <= 5
    written = [stream for stream in branches if await log.read(stream)]
    assert len(written) == len(branches) - len(refused)


def engine_of(log: SqlLog) -> sa.Engine:
    return log._writing._pen.engine


async def let_trouble_begin(log: SqlLog, trouble: Trouble) -> Callable[[], None]:
    """Every new connection of the writer has this trouble, until what is returned is called."""
    engine = engine_of(log)
    sa.event.listen(engine, "connect", trouble)
    await log._writing._pen.drop()
    return lambda: sa.event.remove(engine, "connect", trouble)


def run(connection: Any, *statements: str) -> None:
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    cursor.close()


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def exists(path: Path) -> bool:
    return path.exists()


def full_disk(connection: Any, _record: Any) -> None:
    run(connection, "PRAGMA max_page_count=1")


def read_only_disk(connection: Any, _record: Any) -> None:
    run(connection, "PRAGMA query_only=ON")


def no_disk(connection: Any, _record: Any) -> None:
    connection.close()
    raise OSError("no such device")


class TestDurability:
    async def test_synchronises_every_commit(self, log: SqlLog) -> None:
        names = ("synchronous", "journal_mode", "wal_autocheckpoint", "foreign_keys")
        found = await log._writing._pen.do(
            lambda connection: {name: engines.pragma(connection, name)[0] for name in names}
        )
        full = 2
        assert found == {
            "synchronous": full,
            "journal_mode": "wal",
            "wal_autocheckpoint": 0,
            "foreign_keys": 1,
        }

    async def test_nobody_hears_of_it_before_the_commit(self, log: SqlLog) -> None:
        heard_early = []
        streams = [Stream(f"branch-{n}", DAY) for n in range(8)]
        tasks = [asyncio.create_task(log.append(batch(0, stream=stream))) for stream in streams]

        def committing(_connection: sa.Connection) -> None:
            heard_early.append([task.done() for task in tasks].count(True))

        sa.event.listen(engine_of(log), "commit", committing)
        await asyncio.gather(*tasks)
        assert heard_early == [0], "eight branches, one commit, nobody told before it"

    async def test_is_there_after_closing_and_opening_again(self, log: SqlLog, path: Path) -> None:
        await log.append(batch(0, issued(1, "request-1")))
        before = await log.read(BONTANG)
        await log.close()
        again = await SqlLog.open(Database.file(path))
        assert await again.read(BONTANG) == before
        with pytest.raises(Conflict):
            await again.append(batch(0))
        await again.append(batch(1))
        await again.close()

    async def test_a_closed_log_takes_nothing(self, log: SqlLog) -> None:
        await log.close()
        with pytest.raises(StoreUnavailable, match="closed"):
            await log.append(batch(0))


class TestTrouble:
    @pytest.mark.parametrize("trouble", [full_disk, read_only_disk, no_disk])
    async def test_is_said_and_is_over_once_repaired(self, log: SqlLog, trouble: Trouble) -> None:
        await log.append(batch(0, *(issued(n) for n in range(1, 50))))
        repair = await let_trouble_begin(log, trouble)
        for _ in range(3):
            with pytest.raises(StoreUnavailable):
                await log.append(batch(49, *(issued(n) for n in range(50, 200))))
            assert len(await log.read(BONTANG)) == 49
        repair()
        await log.append(batch(49))
        assert len(await log.read(BONTANG)) == 50

    async def test_of_one_is_trouble_of_all_who_share_its_commit(self, log: SqlLog) -> None:
        repair = await let_trouble_begin(log, full_disk)
        streams = [Stream(f"branch-{n}", DAY) for n in range(8)]
        appends = [log.append(batch(0, *map(issued, range(99)), stream=one)) for one in streams]
        outcomes = await asyncio.gather(*appends, return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} == {StoreUnavailable}
        repair()
        for stream in streams:
            await log.append(batch(0, stream=stream))

    async def test_a_failed_commit_leaves_nothing(self, log: SqlLog) -> None:
        def fails(_connection: sa.Connection) -> None:
            raise OSError("the disk went away")

        sa.event.listen(engine_of(log), "commit", fails)
        with pytest.raises(StoreUnavailable, match="the disk went away"):
            await log.append(batch(0))
        sa.event.remove(engine_of(log), "commit", fails)
        assert await log.read(BONTANG) == []
        await log.append(batch(0))

    async def test_an_unknown_outcome_can_be_found_out(
        self, log: SqlLog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It was committed, but the answer was lost: reading the tail tells."""
        dialect = engine_of(log).dialect

        def commits_and_fails(connection: Any) -> None:
            type(dialect).do_commit(dialect, connection)
            raise OSError("no answer")

        with monkeypatch.context() as patch:
            patch.setattr(dialect, "do_commit", commits_and_fails)
            with pytest.raises(StoreUnavailable):
                await log.append(batch(0, issued(1, "request-1")))
        tail = await log.read(BONTANG)
        assert [record.mark for record in tail] == [issued(1, "request-1").mark]
        await log.append(batch(1))

    async def test_a_held_file_is_said_and_waited_out(
        self, log: SqlLog, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", 50)
        await log._writing._pen.drop()
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="locked"):
            await log.append(batch(0))
        other.execute("ROLLBACK")
        other.close()
        await log.append(batch(0))

    async def test_a_broken_work_harms_nobody_else(self, log: SqlLog) -> None:
        def broken(_connection: sa.Connection) -> None:
            raise ZeroDivisionError

        outcomes = await asyncio.gather(
            log.append(batch(0)),
            log._writing.do(broken),
            log.append(batch(1)),
            return_exceptions=True,
        )
        assert [type(one) for one in outcomes] == [type(None), ZeroDivisionError, type(None)]
        assert len(await log.read(BONTANG)) == 2

    async def test_a_file_that_is_no_database_is_said(self, path: Path) -> None:
        write(path, b"no database at all, but long enough to look like one" * 100)
        with pytest.raises(StoreUnavailable, match="cannot be opened"):
            await SqlLog.open(Database.file(path))

    async def test_a_stopped_writer_leaves_nobody_waiting(self, path: Path) -> None:
        """Only the end of the whole program cancels it; even then every caller hears."""
        log = await SqlLog.open(Database.file(path))
        await log.append(batch(0))
        callers = [asyncio.create_task(log.append(batch(n))) for n in range(1, 9)]
        await asyncio.sleep(0)
        task = log._writing._task
        assert task is not None
        task.cancel()
        outcomes = await asyncio.gather(*callers, return_exceptions=True)
        assert all(isinstance(one, StoreUnavailable | None) for one in outcomes)
        with pytest.raises(StoreUnavailable):
            await log.append(batch(1))
        await asyncio.gather(log.close(), return_exceptions=True)
        again = await SqlLog.open(Database.file(path))
        records = await again.read(BONTANG)
        assert len(records) >= 1 + outcomes.count(None)
        await again.close()


class TestTheWriteAheadLog:
    def wal_bytes(self, path: Path) -> int:
        return path.with_name("queue.db-wal").stat().st_size

    def moved(self, path: Path) -> bool:
        """Is everything in the database itself? A copy of it alone shows it."""
        copy = path.with_name("copy.db")
        copy.write_bytes(path.read_bytes())
        connection = sqlite3.connect(copy)
        try:
            return bool(connection.execute("SELECT count(*) FROM records").fetchone()[0])
        except sqlite3.OperationalError:  # not even the tables are there yet
            return False
        finally:
            connection.close()

    async def test_is_moved_when_idle(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(engines, "CHECKPOINT_IDLE_S", 0.5)
        log = await SqlLog.open(Database.file(path))
        await log.append(batch(0))
        assert not self.moved(path)
        for _ in range(400):
            await asyncio.sleep(0.05)
            if self.moved(path):
                break
        assert self.moved(path)
        await log.close()

    async def test_stays_bounded_though_never_idle(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(engines, "WAL_MAX_BYTES", 200_000)
        log = await SqlLog.open(Database.file(path))
        biggest = 0
        for n in range(150):
            await log.append(batch(n))
            biggest = max(biggest, self.wal_bytes(path))
        assert 200_000 <= biggest < 300_000
        await log.close()

    async def test_a_long_reader_holds_nobody_up(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(engines, "WAL_MAX_BYTES", 100_000)
        log = await SqlLog.open(Database.file(path))
        await log.append(batch(0))
        backup = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        backup.execute("BEGIN")
        backup.execute("SELECT count(*) FROM records").fetchone()
        for n in range(1, 60):
            await log.append(batch(n))
        assert backup.execute("SELECT count(*) FROM records").fetchone() == (1,)
        backup.close()
        for n in range(60, 120):
            await log.append(batch(n))
        assert self.wal_bytes(path) < 300_000
        await log.close()


class TestReading:
    async def test_beside_a_writer_and_without_one(self, log: SqlLog, path: Path) -> None:
        await log.append(batch(0))
        looking = SqlLog.reading(Database.file(path))
        assert len(await looking.read(BONTANG)) == 1
        with pytest.raises(RuntimeError, match="for reading"):
            await looking.append(batch(1))
        await looking.close()
        await log.close()
        looking = SqlLog.reading(Database.file(path))
        assert len(await looking.read(BONTANG)) == 1
        await looking.close()

    async def test_a_file_that_is_not_there_is_said(self, path: Path) -> None:
        looking = SqlLog.reading(Database.file(path))
        with pytest.raises(StoreUnavailable, match="cannot be read"):
            await looking.streams()
        assert not exists(path)
        await looking.close()
        await asyncio.sleep(0.05)  # The driver's thread ends without being waited for.

    async def test_readers_cannot_write(self, log: SqlLog) -> None:
        with pytest.raises(StoreUnavailable, match="readonly"):
            await log._reader.all(sa.text("DELETE FROM records RETURNING seq"))
