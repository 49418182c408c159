"""A log that lost its end is noticed, and its day waits for the last numbers on paper."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from queue_server.store import reached as marks
from queue_server.store.folder import DataFolder, marks_in, open_log_for_reading, open_stores
from queue_server.store.log import NewEvent, Stream
from queue_server.store.lost import lost
from queue_server.store.paused import pause, paused_days, release
from queue_server.store.reached import Mark, Reached, marks_of
from tests.store.errands import ERRANDS, begun, done, known
from tests.store.examples import BONTANG, DAY, EVENTS, batch, issued

HEAD = "0" * 64
SAMARINDA = Stream("samarinda", DAY)


async def given(path: Path, numbers: Sequence[int], stream: Stream = BONTANG) -> None:
    """Opens the day where it is new, gives these numbers, and stops."""
    async with await open_stores(path) as stores:
        seq = len(await stores.log.read(stream))
        if not seq:
            await stores.log.append(batch(0, NewEvent(EVENTS["day_opened"]), stream=stream))
            seq = 1
        for count, number in enumerate(numbers):
            await stores.log.append(batch(seq + count, issued(number), stream=stream))


@pytest.fixture
async def set_back(tmp_path: Path) -> DataFolder:
    """A folder whose log ended with number 9 and is back at number 3, as by a lost write-ahead
    log.
    """
    folder = DataFolder(tmp_path / "data")
    await given(folder.path, range(1, 4))
    shutil.copy(folder.queue_db, tmp_path / "old.db")
    await given(folder.path, range(4, 10))
    shutil.copy(tmp_path / "old.db", folder.queue_db)
    return folder


async def notes_of(folder: DataFolder) -> Sequence[str]:
    async with await open_stores(folder.path) as stores:
        return stores.notes


async def what_is_lost(folder: DataFolder) -> list[Stream]:
    log = open_log_for_reading(folder.path)
    try:
        return list(await lost(log, marks_in(folder.path)))
    finally:
        await log.close()


async def test_the_day_waits_and_it_is_said(set_back: DataFolder) -> None:
    (note,) = await notes_of(set_back)
    assert "bontang" in note
    assert "record 10" in note
    assert paused_days(set_back.paused) == {BONTANG: {"A": 3}}


async def test_it_is_seen_without_starting(set_back: DataFolder) -> None:
    assert await what_is_lost(set_back) == [BONTANG]


async def test_it_is_said_once_and_goes_on_waiting(set_back: DataFolder) -> None:
    await notes_of(set_back)
    assert await notes_of(set_back) == []
    assert paused_days(set_back.paused) == {BONTANG: {"A": 3}}
    assert await what_is_lost(set_back) == []


async def test_a_day_that_went_on_is_not_paused_again(set_back: DataFolder) -> None:
    await notes_of(set_back)
    release(set_back.paused, BONTANG)
    await given(set_back.path, [10, 11])
    assert await notes_of(set_back) == []
    assert paused_days(set_back.paused) == {}


async def test_other_numbers_under_the_same_places_are_seen(
    set_back: DataFolder, tmp_path: Path
) -> None:
    """The loss that nobody saw: the log has grown beyond the mark again."""
    kept = set_back.reached.read_bytes()
    await notes_of(set_back)
    await given(set_back.path, range(20, 30))
    set_back.reached.write_bytes(kept)
    assert await what_is_lost(set_back) == [BONTANG]


async def test_a_day_that_waits_already_goes_on_waiting(set_back: DataFolder) -> None:
    pause(set_back.paused, {SAMARINDA: {"B": 2}})
    await notes_of(set_back)
    assert paused_days(set_back.paused) == {BONTANG: {"A": 3}, SAMARINDA: {"B": 2}}


async def test_a_second_loss_is_seen_too(set_back: DataFolder, tmp_path: Path) -> None:
    """Before anything was written after the first."""
    await notes_of(set_back)
    with sqlite3.connect(set_back.queue_db) as connection:
        connection.execute("DELETE FROM records WHERE seq = 4")
    connection.close()
    (note,) = await notes_of(set_back)
    assert "record 4" in note
    assert paused_days(set_back.paused) == {BONTANG: {"A": 2}}


async def test_of_other_streams_nobody_waits(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    await given(folder.path, [1])
    shutil.copy(folder.queue_db, tmp_path / "old.db")
    with known():
        async with await open_stores(folder.path) as stores:
            await stores.log.append(batch(0, begun(), done(), stream=ERRANDS))
        shutil.copy(tmp_path / "old.db", folder.queue_db)
        (note,) = await notes_of(folder)
    assert str(ERRANDS) in note
    assert paused_days(folder.paused) == {}


async def test_a_whole_day_that_is_gone_waits_too(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    await given(folder.path, [1], SAMARINDA)
    shutil.copy(folder.queue_db, tmp_path / "old.db")
    await given(folder.path, [1, 2])
    shutil.copy(tmp_path / "old.db", folder.queue_db)
    await notes_of(folder)
    assert paused_days(folder.paused) == {BONTANG: {}}


async def test_a_stop_and_a_start_lose_nothing(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    await given(folder.path, range(1, 4))
    assert marks_in(folder.path)[BONTANG].seq == 4
    assert await notes_of(folder) == []
    assert await what_is_lost(folder) == []


async def test_a_log_ahead_of_its_marks_is_whole(tmp_path: Path) -> None:
    """As after a power cut: the marks are not synced."""
    folder = DataFolder(tmp_path)
    await given(folder.path, [1])
    behind = folder.reached.read_bytes()
    await given(folder.path, [2, 3])
    folder.reached.write_bytes(behind)
    assert await notes_of(folder) == []


async def test_a_changed_record_is_not_called_lost(tmp_path: Path) -> None:
    """The day's own start says it, and stops that day alone."""
    folder = DataFolder(tmp_path)
    await given(folder.path, range(1, 4))
    with sqlite3.connect(folder.queue_db) as connection:
        connection.execute("UPDATE records SET stored = x'00' WHERE seq = 4")
    connection.close()
    assert await notes_of(folder) == []


def test_marks_of_other_databases_count_for_nothing(tmp_path: Path) -> None:
    Reached(tmp_path / "reached", 7, {BONTANG: Mark(3, HEAD)}).close()
    assert marks_of(tmp_path / "reached", 7) == {BONTANG: Mark(3, HEAD)}
    assert marks_of(tmp_path / "reached", 8) == {}


@pytest.mark.parametrize("rest", ["bontang/2026-11-23/day 5 abc", "\0\0\0\0", "x/9999-99-99/day"])
def test_a_line_that_was_cut_off_counts_for_nothing(tmp_path: Path, rest: str) -> None:
    path = tmp_path / "reached"
    Reached(path, 7, {BONTANG: Mark(3, HEAD)}).close()
    with path.open("a") as file:
        file.write(rest)
    assert marks_of(path, 7) == {BONTANG: Mark(3, HEAD)}


def test_the_file_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "BYTES_MAX", 2_000)
    path = tmp_path / "reached"
    writing = Reached(path, 7, {})
    days = [replace(BONTANG, day=DAY + timedelta(days=n)) for n in range(30)]
    for seq, stream in enumerate((SAMARINDA, *days, *days[-1:] * 100), start=1):
        writing.note(stream, Mark(seq, HEAD))
        assert path.stat().st_size <= 2_200
    writing.close()
    found = marks_of(path, 7)
    assert found[days[-1]].seq == 131
    assert SAMARINDA in found
    Reached(path, 7, {stream: Mark(1, HEAD) for stream in days}).close()
    assert set(marks_of(path, 7)) == set(days[-2:])


def test_no_room_for_a_mark_harms_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writing = Reached(tmp_path / "reached", 7, {})

    def full(*_: object) -> int:
        raise OSError("no room")

    with monkeypatch.context() as patched:
        patched.setattr("os.write", full)
        writing.note(BONTANG, Mark(1, HEAD))
    writing.note(BONTANG, Mark(2, HEAD))
    writing.close()
    assert marks_of(tmp_path / "reached", 7) == {BONTANG: Mark(2, HEAD)}
