"""The two databases know each other: half a folder is no new one, two halves are no whole."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from queue_server.domain.events import DayOpened
from queue_server.store import identity as identities
from queue_server.store.backup import back_up
from queue_server.store.folder import DataFolder, open_stores
from queue_server.store.identity import HalfFolder, acquaint, identity
from queue_server.store.log import NewEvent, Stream
from queue_server.store.restore import restore
from tests.store.examples import AT, BONTANG, DAY, EVENTS, batch

OPENED = EVENTS["day_opened"]
assert isinstance(OPENED, DayOpened)
FIRST = replace(OPENED, previous_head="")
HALVES = ("queue.db", "people.db")


async def lived_in(path: Path) -> DataFolder:
    """A folder that a server ran in and was stopped."""
    async with await open_stores(path) as stores:
        await stores.log.append(batch(0, NewEvent(FIRST)))
        await stores.people.server_key("ticket")
    return stores.folder


def number_of(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return found


def set_number(path: Path, number: int) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version={number}")
    connection.close()


@pytest.fixture
async def folder(tmp_path: Path) -> DataFolder:
    return await lived_in(tmp_path / "data")


async def test_both_carry_one_number_of_their_own(folder: DataFolder, tmp_path: Path) -> None:
    number = number_of(folder.queue_db)
    assert number == number_of(folder.people_db) != 0
    other = await lived_in(tmp_path / "other")
    assert number_of(other.queue_db) != number


@pytest.mark.parametrize("missing", HALVES)
@pytest.mark.parametrize("empty", [True, False])
async def test_half_a_folder_is_refused_and_left_alone(
    folder: DataFolder, missing: str, empty: bool
) -> None:
    half = folder.path / missing
    away = half.rename(folder.path / "away")
    if empty:
        half.touch()
    with pytest.raises(HalfFolder, match=rf"{missing} is missing or empty.*lapak restore"):
        await open_stores(folder.path)
    assert half.exists() is empty
    away.replace(half)
    async with await open_stores(folder.path) as stores:
        assert len(await stores.log.read(BONTANG)) == 1


@pytest.mark.parametrize("exchanged", HALVES)
async def test_halves_of_two_folders_are_refused(
    folder: DataFolder, exchanged: str, tmp_path: Path
) -> None:
    other = await lived_in(tmp_path / "other")
    (other.path / exchanged).replace(folder.path / exchanged)
    with pytest.raises(HalfFolder, match="two different data folders"):
        await open_stores(folder.path)


async def test_a_folder_from_before_there_were_numbers_is_taken_over_once(
    folder: DataFolder,
) -> None:
    for half in (folder.queue_db, folder.people_db):
        set_number(half, 0)
    async with await open_stores(folder.path) as stores:
        assert len(await stores.log.read(BONTANG)) == 1
    number = number_of(folder.queue_db)
    assert number == number_of(folder.people_db) != 0
    async with await open_stores(folder.path):
        pass
    assert number_of(folder.queue_db) == number


@pytest.mark.parametrize("new", [True, False])
async def test_a_crash_between_the_two_is_no_half_folder(
    folder: DataFolder, new: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a new folder, and in one that is being taken over."""
    for half in (folder.queue_db, folder.people_db):
        half.unlink() if new else set_number(half, 0)
    give = identities._give

    def dies(path: Path, number: int) -> None:
        if path == folder.queue_db:
            raise KeyboardInterrupt
        give(path, number)

    monkeypatch.setattr(identities, "_give", dies)
    with pytest.raises(KeyboardInterrupt):
        acquaint(folder.queue_db, folder.people_db)
    monkeypatch.undo()
    number = number_of(folder.people_db)
    assert acquaint(folder.queue_db, folder.people_db) == number != 0


async def test_people_from_before_beside_a_numbered_log_are_refused(folder: DataFolder) -> None:
    """Nobody gets there by a crash: the people's number is given first."""
    set_number(folder.people_db, 0)
    with pytest.raises(HalfFolder, match="two different"):
        identity(folder.queue_db, folder.people_db)


async def test_half_a_folder_is_not_backed_up(folder: DataFolder, tmp_path: Path) -> None:
    folder.people_db.unlink()
    with pytest.raises(HalfFolder):
        back_up(folder.path, tmp_path / "backup", AT)
    assert not (tmp_path / "backup").exists()


async def test_a_restored_folder_takes_no_half_from_before(
    folder: DataFolder, tmp_path: Path
) -> None:
    back_up(folder.path, tmp_path / "backup", AT)
    before = folder.queue_db.read_bytes()
    restore(tmp_path / "backup", folder.path, AT, overwrite=True)
    async with await open_stores(folder.path) as stores:
        assert await stores.log.streams() == [Stream("bontang", DAY)]
    folder.queue_db.write_bytes(before)
    with pytest.raises(HalfFolder, match="two different"):
        await open_stores(folder.path)
