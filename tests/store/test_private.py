"""Databases that others could read are their owner's again, and it is said."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from queue_server.store.folder import open_stores
from queue_server.store.private import folder_note
from tests.store.examples import batch


def modes(folder: Path) -> set[int]:
    """Of the databases and what SQLite puts beside them."""
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("*.db*")}


@pytest.mark.parametrize("name", ["queue.db", "people.db"])
@pytest.mark.parametrize("mode", [0o666, 0o640, 0o604])
async def test_open_to_others_is_mended_and_said(tmp_path: Path, name: str, mode: int) -> None:
    async with await open_stores(tmp_path) as stores:
        assert stores.notes == []
    (tmp_path / name).chmod(mode)
    async with await open_stores(tmp_path) as stores:
        (note,) = stores.notes
        await stores.log.append(batch(0))
        await stores.people.server_key("ticket")
        assert modes(tmp_path) == {0o600}
    assert name in note
    assert f"{mode:04o}" in note


def test_a_folder_that_others_may_write_in_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert folder_note(tmp_path) is None
    tmp_path.chmod(0o777)
    assert "0777" in str(folder_note(tmp_path))
