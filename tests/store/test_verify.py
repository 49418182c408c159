"""Every change of a stored log is noticed: bytes, order, hashes, a cut tail, a missing day."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from queue_server.domain.events import DayOpened
from queue_server.store.engines import Database
from queue_server.store.log import Damaged, Log, NewEvent, Stream
from queue_server.store.memory import MemoryLog
from queue_server.store.sql import SqlLog
from queue_server.store.verify import Checked, checked
from tests.store import errands
from tests.store.errands import ERRANDS, begun, done
from tests.store.examples import BONTANG, DAY, EVENTS, batch, issued

TUESDAY = Stream("bontang", DAY + timedelta(days=1))
SAMARINDA = Stream("samarinda", DAY)


async def two_days(log: Log) -> None:
    """Monday and Tuesday in Bontang, Monday in Samarinda; six records each in Bontang."""
    for stream, before in ((BONTANG, None), (TUESDAY, BONTANG), (SAMARINDA, None)):
        opened = EVENTS["day_opened"]
        assert isinstance(opened, DayOpened)
        head = await log.head(before) if before else ""
        opened = replace(opened, date=stream.day, previous_head=head)
        tickets = [issued(n, f"request-{n}") for n in range(1, 6)]
        await log.append(batch(0, NewEvent(opened), *tickets, stream=stream))


async def all_of(log: Log) -> list[Checked]:
    return [day async for day in checked(log)]


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[SqlLog]:
    made = await SqlLog.open(Database.file(tmp_path / "queue.db"))
    await two_days(made)
    yield made
    await made.close()


def tamper(tmp_path: Path, statement: str, *values: Any) -> None:
    with sqlite3.connect(tmp_path / "queue.db") as connection:
        changed = connection.execute(statement, values).rowcount
    connection.close()
    assert changed > 0


async def test_an_untouched_log_is_whole(log: SqlLog) -> None:
    days = await all_of(log)
    assert [day.stream for day in days] == [BONTANG, TUESDAY, SAMARINDA]
    assert [day.damage for day in days] == [None] * 3
    assert [(day.number, day.total) for day in days] == [(1, 3), (2, 3), (3, 3)]
    assert [len(day.records) for day in days] == [6, 6, 6]


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE records SET stored = replace(stored, 'A-002', 'A-009') WHERE seq = 3", "record 3"),
        ("UPDATE records SET stored = x'7b7d' WHERE seq = 6", "record 6"),
        ("UPDATE records SET hash = upper(hash) WHERE seq = 2", "record 2"),
        ("DELETE FROM records WHERE seq = 4", "record 4"),
        ("DELETE FROM records WHERE seq = 1", "record 1"),
        ("UPDATE records SET seq = 9 WHERE seq = 6", "record 6"),
    ],
)
async def test_a_touched_record_is_named(
    log: SqlLog, tmp_path: Path, statement: str, where: str
) -> None:
    tamper(tmp_path, f"{statement} AND stream = 1")
    days = await all_of(log)
    assert days[0].damage is not None
    assert where in days[0].damage
    assert "bontang/2026-11-23" in days[0].damage
    with pytest.raises(Damaged, match=where):
        await log.read(BONTANG)


async def test_a_record_made_up_afresh_breaks_the_next_day(log: SqlLog, tmp_path: Path) -> None:
    """Somebody who can hash rewrites the end of Monday: Tuesday's opening knows better."""
    tamper(tmp_path, "DELETE FROM records WHERE stream = 1 AND seq = 6")
    await log.close()
    again = await SqlLog.open(Database.file(tmp_path / "queue.db"))
    await again.append(batch(5, issued(99)))
    damages = [day.damage for day in await all_of(again)]
    assert damages[0] is damages[2] is None
    assert damages[1] is not None
    assert "does not follow bontang/2026-11-23" in damages[1]
    await again.close()


async def test_a_missing_day_is_noticed(log: SqlLog, tmp_path: Path) -> None:
    tamper(tmp_path, "DELETE FROM records WHERE stream = 1")
    damages = [day.damage for day in await all_of(log)]
    assert damages == [
        "bontang/2026-11-23: empty",
        "bontang/2026-11-24: record 1 does not follow bontang/2026-11-23, which was changed "
        "or cut short",
        None,
    ]


async def test_a_first_day_follows_nothing() -> None:
    log = MemoryLog()
    await log.append(batch(0, NewEvent(EVENTS["day_opened"])))
    assert [day.damage for day in await all_of(log)] == [
        "bontang/2026-11-23: record 1 follows a day that is not here"
    ]


async def test_a_day_closed_after_the_next_began_is_no_damage() -> None:
    """Somebody was still at a counter at midnight."""
    log = MemoryLog()
    await two_days(log)
    await log.append(batch(6, issued(6)))
    assert [day.damage for day in await all_of(log)] == [None] * 3


async def test_streams_of_other_kinds_are_checked_whatever_they_tell() -> None:
    """Also those that a newer program wrote, and without being taken for days."""
    log = MemoryLog()
    await two_days(log)
    with errands.known():
        await log.append(batch(0, begun(), done(), stream=ERRANDS))
        assert [len(one.records) for one in await all_of(log)] == [6, 2, 6, 6]
    found = {one.stream: one for one in await all_of(log)}
    assert [one.damage for one in found.values()] == [None] * 4
    assert (len(found[ERRANDS].rows), len(found[ERRANDS].records)) == (2, 0)
    rows = log._streams[ERRANDS]
    rows[0] = rows[0]._replace(stored=rows[0].stored.replace(b"stamps", b"pencil"))
    damages = {one.stream: one.damage for one in await all_of(log)}
    assert (
        damages[ERRANDS] == "bontang/2026-11-23/errand: record 1 was changed, or one before it was"
    )
    assert [damages[day] for day in (BONTANG, TUESDAY, SAMARINDA)] == [None] * 3


async def test_only_one_branch_when_asked() -> None:
    log = MemoryLog()
    await two_days(log)
    days = [day async for day in checked(log, "samarinda")]
    assert [day.stream.day for day in days] == [date(2026, 11, 23)]
