"""The figures of a closed day are worked out once, and again when the day went on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from queue_server.domain import events as e
from queue_server.reports import archive as archive_module
from queue_server.reports.archive import Archive
from queue_server.reports.closed_days import ClosedDays
from queue_server.reports.kept_figures import NAME, KeptFigures
from queue_server.store.engines import Database
from queue_server.store.log import Batch, NewEvent, Stream
from queue_server.store.sql import SqlLog
from tests.live.house import MONDAY, at, plan

DAY = Stream("bontang", MONDAY)


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[SqlLog]:
    made = await SqlLog.open(Database.file(tmp_path / "queue.db"))
    yield made
    await made.close()


@pytest.fixture
def folds(monkeypatch: pytest.MonkeyPatch) -> list[Stream]:
    """The days that were folded."""
    folded: list[Stream] = []
    fold: Callable[..., object] = archive_module._folded

    def counted(stream: Stream, records: object) -> object:
        folded.append(stream)
        return fold(stream, records)

    monkeypatch.setattr(archive_module, "_folded", counted)
    return folded


async def happen(log: SqlLog, *events: e.Event) -> None:
    """Events of the day, told to the follower at once."""
    present = len(await log.read(DAY))
    await log.append(Batch(DAY, present, tuple(NewEvent(event) for event in events)))
    follower = ClosedDays(log, Archive(log, log.derived))
    await follower.handle(DAY, await log.read(DAY, present))


async def opened(log: SqlLog) -> None:
    await happen(log, e.DayOpened(at=at(8), plan=plan(), date=MONDAY))


async def test_an_open_day_is_worked_out_whenever_somebody_looks(
    log: SqlLog, folds: list[Stream]
) -> None:
    await opened(log)
    assert folds == []
    for _ in range(2):
        assert (await Archive(log, log.derived).day("bontang", MONDAY)).report is not None
    assert folds == [DAY, DAY]


async def test_a_closed_one_is_worked_out_once(log: SqlLog, folds: list[Stream]) -> None:
    await opened(log)
    await happen(log, e.DayClosed(at=at(15)))
    assert folds == [DAY]
    told = await Archive(log, log.derived).day("bontang", MONDAY)
    assert folds == [DAY]
    assert told.report is not None
    assert told.damage is None
    assert told.report == (await archive_without_cache(log).day("bontang", MONDAY)).report


def archive_without_cache(log: SqlLog) -> Archive:
    class Nothing:
        async def kept(self, _stream: Stream, _name: str, _head: str) -> None:
            return None

        async def keep(self, _stream: Stream, _name: str, _head: str, _value: bytes) -> None:
            pass

    return Archive(log, Nothing())


async def test_a_day_that_went_on_is_worked_out_again(log: SqlLog, folds: list[Stream]) -> None:
    await opened(log)
    await happen(log, e.DayClosed(at=at(15)))
    await happen(log, e.DayReopened(at=at(16)))
    await Archive(log, log.derived).day("bontang", MONDAY)
    assert len(folds) == 2
    await happen(log, e.DayClosed(at=at(17)))
    assert len(folds) == 3
    await Archive(log, log.derived).day("bontang", MONDAY)
    assert len(folds) == 3


async def test_what_was_thrown_away_is_made_again(log: SqlLog, folds: list[Stream]) -> None:
    await opened(log)
    await happen(log, e.DayClosed(at=at(15)))
    head = await log.head(DAY)
    await log.derived.keep(DAY, NAME, head, b"rubbish")
    told = await Archive(log, log.derived).day("bontang", MONDAY)
    assert len(folds) == 2
    assert await KeptFigures(log.derived).of(DAY, head) == told.report


async def test_a_day_that_does_not_fold_keeps_no_figures(log: SqlLog) -> None:
    await opened(log)
    await happen(log, e.TicketSkipped(at=at(9), number="A-001"), e.DayClosed(at=at(15)))
    assert await KeptFigures(log.derived).of(DAY, await log.head(DAY)) is None
    told = await Archive(log, log.derived).day("bontang", MONDAY)
    assert "does not fold" in str(told.damage)
