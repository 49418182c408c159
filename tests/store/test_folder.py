"""The data folder: for its owner only, held by one process, both stores or none."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from queue_server.store import folder as folders
from queue_server.store.folder import (
    DataFolder,
    FolderHeld,
    disk_note,
    open_log_for_reading,
    open_stores,
    sqlite_note,
)
from queue_server.store.log import StoreUnavailable
from tests.store.examples import BONTANG, batch

HOLDS_IT = """
import sys
from pathlib import Path
from queue_server.store.folder import DataFolder, FolderLock
lock = FolderLock(DataFolder(Path(sys.argv[1])))
print("held", flush=True)
sys.stdin.read()
"""


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestOpening:
    async def test_makes_everything_for_the_owner_only(self, tmp_path: Path) -> None:
        old = os.umask(0)
        try:
            async with await open_stores(tmp_path / "new" / "data") as stores:
                await stores.log.append(batch(0))
                await stores.people.server_key("ticket")
                assert rights(stores.folder.path) == 0o700
                found = {path.name: rights(path) for path in stores.folder.path.iterdir()}
        finally:
            os.umask(old)
        assert {"queue.db", "people.db", "lock", "queue.db-wal", "people.db-wal"} <= found.keys()
        assert set(found.values()) == {0o600}

    async def test_gives_the_same_again(self, tmp_path: Path) -> None:
        async with await open_stores(tmp_path) as stores:
            await stores.log.append(batch(0))
            key = await stores.people.server_key("ticket")
        async with await open_stores(tmp_path) as stores:
            assert len(await stores.log.read(BONTANG)) == 1
            assert await stores.people.server_key("ticket") == key

    async def test_is_refused_while_somebody_holds_it(self, tmp_path: Path) -> None:
        async with await open_stores(tmp_path):
            with pytest.raises(FolderHeld, match=f"in use by process {os.getpid()}:"):
                await open_stores(tmp_path)
        async with await open_stores(tmp_path):
            pass

    def test_another_process_is_named_and_its_end_lets_go(self, tmp_path: Path) -> None:
        other = subprocess.Popen(
            [sys.executable, "-c", HOLDS_IT, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(FolderHeld, match=f"process {other.pid}"):
            folders.FolderLock(DataFolder(tmp_path))
        other.kill()
        other.communicate()
        folders.FolderLock(DataFolder(tmp_path)).release()

    async def test_lets_go_of_everything_when_one_half_fails(self, tmp_path: Path) -> None:
        write(tmp_path / "people.db", b"not a database, whatever its name says" * 100)
        with pytest.raises(StoreUnavailable, match=r"people\.db cannot be opened"):
            await open_stores(tmp_path)
        write(tmp_path / "people.db", b"")
        async with await open_stores(tmp_path) as stores:
            await stores.log.append(batch(0))

    async def test_may_be_looked_into_meanwhile(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            open_log_for_reading(tmp_path)
        async with await open_stores(tmp_path) as stores:
            await stores.log.append(batch(0))
            looking = open_log_for_reading(tmp_path)
            assert len(await looking.read(BONTANG)) == 1
            await looking.close()


class TestNotes:
    @pytest.mark.parametrize("version", ["3.51.3", "3.52.0", "3.50.7", "3.44.6", "4.0.0"])
    def test_a_repaired_sqlite_needs_no_note(self, version: str) -> None:
        assert sqlite_note(version) is None

    @pytest.mark.parametrize("version", ["3.40.1", "3.51.2", "3.50.6", "3.45.0", "3.44.5"])
    def test_an_old_sqlite_is_explained(self, version: str) -> None:
        note = sqlite_note(version)
        assert note is not None
        assert version in note
        assert "one connection, so it is safe" in note

    def test_little_disk_is_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(folders, "DISK_FREE_MIN_BYTES", 0)
        assert disk_note(tmp_path) is None
        monkeypatch.setattr(folders, "DISK_FREE_MIN_BYTES", 2**62)
        assert "MB are free" in (disk_note(tmp_path) or "")


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
