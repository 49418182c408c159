"""Backups, restores and proofs by the command line."""

import csv
import json
import sqlite3
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from queue_server.look.trail_table import COLUMNS
from queue_server.manage import keeping
from tests.manage.conftest import Lapak

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def with_a_day(bontang: Lapak, folder: Path) -> Lapak:
    """A folder whose branch has had a day opened."""
    import asyncio

    from queue_server.domain.events import DayOpened
    from queue_server.manage.branch_file import plan_from_mapping
    from queue_server.store.folder import open_stores
    from queue_server.store.log import Batch, NewEvent, Stream

    async def open_a_day() -> None:
        plan = plan_from_mapping({"services": {"A": {}}, "counters": {"1": {}}}, branch="bontang")
        day = NOON.date()
        async with await open_stores(folder) as stores:
            event = DayOpened(at=NOON, plan=plan, date=day)
            await stores.log.append(Batch(Stream("bontang", day), 0, (NewEvent(event),)))

    asyncio.run(open_a_day())
    return bontang


def test_a_backup_comes_back_into_an_empty_folder(
    with_a_day: Lapak, lapak_process: Lapak, tmp_path: Path
) -> None:
    copy, elsewhere = tmp_path / "copy.tar", tmp_path / "elsewhere"
    assert "1 day" in lapak_process("backup", str(copy)).stdout
    restored = lapak_process("restore", str(copy), "--data", str(elsewhere))
    assert "bontang/2026-11-23 may have given numbers" in restored.stderr
    first, second = (with_a_day("export"), with_a_day("export", "--data", str(elsewhere)))
    assert first.stdout == second.stdout
    assert (
        "1 day, 1 event: all as they were"
        in lapak_process("verify", "--data", str(elsewhere)).stdout
    )


def test_restore_replaces_nothing_unless_told(with_a_day: Lapak, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with_a_day("backup", str(copy))
    refused = with_a_day("restore", str(copy), status=1).stderr
    assert "holds data already" in refused
    assert "--overwrite" in refused
    with_a_day("restore", str(copy), "--overwrite")


def test_a_backup_replaces_no_other(with_a_day: Lapak, tmp_path: Path) -> None:
    with_a_day("backup", str(tmp_path / "copy"))
    assert "is there already" in with_a_day("backup", str(tmp_path / "copy"), status=1).stderr


def test_a_folder_of_backups_keeps_the_newest_and_gives_it_back(
    with_a_day: Lapak, tmp_path: Path
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    for old in ("lapak-20200101T000000Z.tar", "lapak-20200102T000000Z.tar", "notes.txt"):
        (shelf / old).touch()
    with_a_day("backup", str(shelf), "--keep-days", "14")
    names = sorted(path.name for path in shelf.iterdir())
    assert len(names) == 2
    assert "notes.txt" in names
    with_a_day("restore", str(shelf), "--data", str(tmp_path / "elsewhere"))


def test_the_newest_backup_stays_however_old_it_is(tmp_path: Path) -> None:
    (tmp_path / "lapak-20200101T000000Z.tar").touch()
    assert keeping.drop_older(tmp_path, 14, NOON) == []


def test_a_backup_is_kept_for_thirty_days_at_most(with_a_day: Lapak, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    assert "30" in with_a_day("backup", str(shelf), "--keep-days", "31", status=2).stderr
    (shelf / "lapak-20200101T000000Z.tar").touch()
    with_a_day("backup", str(shelf))  # nobody has to ask for it
    assert not (shelf / "lapak-20200101T000000Z.tar").exists()


def test_what_a_cut_off_backup_left_goes_too(tmp_path: Path) -> None:
    old, fresh = tmp_path / ".lapak-20261101T000000Z.tar.x1", tmp_path / "lapak-x"
    running = tmp_path / ".lapak-20261123T110000Z-1.tar.x2"
    for folder in (old, fresh, running):
        folder.mkdir()
        (folder / "people.db").touch()
    assert keeping.drop_older(tmp_path, 14, NOON) == [old]
    assert sorted(tmp_path.iterdir()) == sorted([fresh, running])


def test_two_backups_in_one_second_have_two_names(tmp_path: Path) -> None:
    first = keeping.target(tmp_path, NOON)
    first.touch()
    assert keeping.target(tmp_path, NOON).name == "lapak-20261123T120000Z-1.tar"


def test_what_is_no_backup_is_not_restored(lapak: Lapak, tmp_path: Path) -> None:
    (tmp_path / "letter.tar").write_text("Dear branch")
    assert "is no backup" in lapak("restore", str(tmp_path / "letter.tar"), status=1).stderr
    assert "is not there" in lapak("restore", str(tmp_path / "absent"), status=1).stderr
    assert "holds none" in lapak("restore", str(tmp_path), status=1).stderr


def test_verify_finds_a_changed_byte(with_a_day: Lapak, lapak_process: Lapak, folder: Path) -> None:
    assert lapak_process("verify").stdout.startswith("bontang: up to 2026-11-23, head ")
    with sqlite3.connect(folder / "queue.db") as database:
        changed = database.execute(
            "UPDATE records SET stored = CAST(replace(stored, 'Jakarta', 'Jayapur') AS BLOB)"
        )
        assert changed.rowcount == 1
    said = lapak_process("verify", status=1).stderr
    assert "DAMAGED  bontang/2026-11-23" in said
    assert "1 fault in 1 day." in said


def test_verify_of_a_folder_without_a_day(bontang: Lapak) -> None:
    assert "nothing to verify" in bontang("verify").stdout


def test_export_as_a_table_is_the_one_the_audit_page_gives(with_a_day: Lapak) -> None:
    said = with_a_day("export", "--format", "csv", "--day", "2026-11-23").stdout
    assert said.startswith("\ufeff"), "a spreadsheet must know that it is UTF-8"
    (row,) = csv.DictReader(StringIO(said.removeprefix("\ufeff")))
    assert tuple(row) == COLUMNS
    assert (row["branch"], row["day"], row["kind"]) == ("bontang", "2026-11-23", "day_opened")
    assert row["at"] == "2026-11-23T20:00:00.000+08:00", "as the branch's clocks show it"
    assert (row["seq"], row["who"], len(row["hash"])) == ("1", "", 64)
    assert json.loads(row["rest"])["plan"]["branch"] == "bontang"


def test_export_of_nothing_says_so(with_a_day: Lapak) -> None:
    assert "Nothing to export" in with_a_day("export", "--branch", "x").stderr


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_cell_that_would_be_a_formula_is_a_text(start: str) -> None:
    from queue_server.look.cells import cell

    assert cell(f"{start}1+1") == f"'{start}1+1"
    assert cell("A-001") == "A-001"
    assert cell(None) == ""
