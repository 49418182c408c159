"""A backup made beside a running server comes back whole, rid of what was due, and pauses open
days.
"""

from __future__ import annotations

import json
import sqlite3
import stat
import tarfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from queue_server.domain.events import DayOpened
from queue_server.store.backup import BackupRefused, DayKept, back_up
from queue_server.store.codec import encode_plan
from queue_server.store.folder import DataFolder, FolderHeld, Stores, open_stores
from queue_server.store.log import Damaged, NewEvent, Stream
from queue_server.store.paused import paused_days, release
from queue_server.store.restore import restore
from tests.store import errands
from tests.store.errands import ERRANDS, begun, done
from tests.store.examples import AT, BONTANG, DAY, EVENTS, PLAN, batch, issued
from tests.store.people_examples import (
    BUDI,
    INVITED,
    KEY,
    NOTE,
    PAIRING,
    PERSON,
    SESSION,
    SITI,
    TOKEN,
)

HOUR = timedelta(hours=1)
SUNDAY = Stream("bontang", DAY - timedelta(days=1))
NAMES = {"queue.db", "people.db", "manifest.json"}


def first(event: NewEvent, head: str = "") -> NewEvent:
    assert isinstance(event.event, DayOpened)
    return NewEvent(replace(event.event, previous_head=head))


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[Stores]:
    """A closed Sunday, an open Monday with twelve tickets, some people."""
    opened, closed = NewEvent(EVENTS["day_opened"]), NewEvent(EVENTS["day_closed"])
    async with await open_stores(tmp_path / "data") as made:
        await made.log.append(batch(0, first(opened), issued(1), closed, stream=SUNDAY))
        head = await made.log.head(SUNDAY)
        tickets = [issued(n) for n in range(1, 13)]
        await made.log.append(batch(0, first(opened, head), *tickets))
        await made.people.add_account(SITI)
        await made.people.add_account(BUDI)
        await made.people.add_session(SESSION)
        await made.people.add_token(TOKEN)
        await made.people.add_invitation(INVITED)
        await made.people.add_device_key(KEY)
        await made.people.add_pairing(PAIRING, 9, 9)
        await made.people.add_note(NOTE)
        await made.people.add_note(
            replace(NOTE, id="n-2", text="unforgotten", erase_at=AT + 9 * HOUR)
        )
        await made.people.add_ticket_person(PERSON)
        await made.people.server_key("ticket")
        yield made


@pytest.fixture(params=["backup", "backup.tar"])
def backup(request: pytest.FixtureRequest, stores: Stores, tmp_path: Path) -> Path:
    """Made while the stores are open."""
    target = tmp_path / str(request.param)
    back_up(stores.folder.path, target, AT)
    return target


class TestMaking:
    async def test_says_what_is_in_it(self, stores: Stores, tmp_path: Path) -> None:
        parts: list[tuple[str, int, int]] = []
        manifest = back_up(stores.folder.path, tmp_path / "b", AT, lambda *part: parts.append(part))
        assert manifest.made_at == AT
        assert manifest.days == (
            DayKept("bontang", "2026-11-22", 3, await stores.log.head(SUNDAY)),
            DayKept("bontang", "2026-11-23", 13, await stores.log.head(BONTANG)),
        )
        assert [done for _, done, _ in parts] == [0, 1, 2, 3]
        assert json.loads(read(tmp_path / "b" / "manifest.json"))["format"] == 1

    def test_is_for_its_owner_only(self, backup: Path, tmp_path: Path) -> None:
        if backup.is_dir():
            assert stat.S_IMODE(backup.stat().st_mode) == 0o700
            assert {path.name for path in backup.iterdir()} == NAMES
            files = [backup / "queue.db", backup / "people.db"]
            assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
        else:
            assert stat.S_IMODE(backup.stat().st_mode) == 0o600
            with tarfile.open(backup) as tar:
                assert set(tar.getnames()) == NAMES
        assert {path.name for path in tmp_path.iterdir()} == {"data", backup.name}

    def test_never_replaces_another(self, stores: Stores, backup: Path) -> None:
        with pytest.raises(BackupRefused, match="there already"):
            back_up(stores.folder.path, backup, AT)

    def test_of_nothing_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BackupRefused, match="no data"):
            back_up(tmp_path, tmp_path / "backup", AT)
        assert not (tmp_path / "backup").exists()

    async def test_needs_no_server(self, stores: Stores, tmp_path: Path) -> None:
        await stores.close()
        assert len(back_up(stores.folder.path, tmp_path / "b", AT).days) == 2


class TestBringingBack:
    async def test_the_log_is_equal_and_goes_on(
        self, stores: Stores, backup: Path, tmp_path: Path
    ) -> None:
        before = [await stores.log.read(stream) for stream in (SUNDAY, BONTANG)]
        key = await stores.people.server_key("ticket")
        restore(backup, tmp_path / "new", AT)
        async with await open_stores(tmp_path / "new") as again:
            assert [await again.log.read(stream) for stream in (SUNDAY, BONTANG)] == before
            assert await again.people.server_key("ticket") == key
            assert await again.people.accounts() == [BUDI, SITI]
            await again.log.append(batch(13, issued(13)))

    async def test_streams_of_every_kind_come_back(self, stores: Stores, tmp_path: Path) -> None:
        """Also of one that the restoring program does not know."""
        with errands.known():
            await stores.log.append(batch(0, begun(), done(), stream=ERRANDS))
        manifest = back_up(stores.folder.path, tmp_path / "b", AT)
        assert manifest.days[-1] == DayKept(
            "bontang", "2026-11-23", 2, await stores.log.head(ERRANDS), "errand"
        )
        restored = restore(tmp_path / "b", tmp_path / "new", AT)
        assert ERRANDS not in restored.paused
        async with await open_stores(tmp_path / "new") as again:
            assert await again.log.rows(ERRANDS) == await stores.log.rows(ERRANDS)

    async def test_what_was_due_is_gone(self, backup: Path, tmp_path: Path) -> None:
        restored = restore(backup, tmp_path / "new", AT + HOUR)
        assert restored.erased == 6  # note, person, session, invitation, device's key, pairing
        assert b"her bus leaves" not in read(tmp_path / "new" / "people.db")
        assert b"unforgotten" in read(tmp_path / "new" / "people.db")
        async with await open_stores(tmp_path / "new") as again:
            assert await again.people.note("n-1") is None
            assert await again.people.note("n-2") is not None
            assert await again.people.ticket_person("ticket-1") is None

    async def test_nobody_is_signed_in_any_more(self, backup: Path, tmp_path: Path) -> None:
        restore(backup, tmp_path / "new", AT)
        async with await open_stores(tmp_path / "new") as again:
            assert await again.people.signed_in("h-1", AT) is None
            assert await again.people.invitations(AT) == []
            assert await again.people.pairing("ph-1", AT) is None
            assert await again.people.token("th-1", AT) == TOKEN

    def test_an_open_day_waits_for_its_last_numbers(self, backup: Path, tmp_path: Path) -> None:
        restored = restore(backup, tmp_path / "new", AT)
        assert restored.paused == {BONTANG: {"A": 12}}
        path = DataFolder(tmp_path / "new").paused
        assert paused_days(path) == {BONTANG: {"A": 12}}
        release(path, BONTANG)
        assert paused_days(path) == {}
        assert not path.exists()

    async def test_a_day_that_may_have_been_opened_since_waits_too(self, tmp_path: Path) -> None:
        """Bontang opens at 08.00; the backup is of Sunday evening, nothing of Monday is in it."""
        async with await open_stores(tmp_path / "data") as made:
            await made.log.save_plan("bontang", encode_plan(PLAN))
            day = NewEvent(EVENTS["day_opened"]), issued(1), NewEvent(EVENTS["day_closed"])
            await made.log.append(batch(0, first(day[0]), *day[1:], stream=SUNDAY))
            back_up(tmp_path / "data", tmp_path / "b", AT)
        waiting = {
            AT - 2 * HOUR: {},  # 07.10 on Monday
            AT: {BONTANG: {}},  # 09.10
            AT - 24 * HOUR: {SUNDAY: {"A": 1}},  # no hours, but a hand may have opened again
        }
        for number, (now, days) in enumerate(waiting.items()):
            assert restore(tmp_path / "b", tmp_path / f"new-{number}", now).paused == days

    async def test_numbers_said_after_an_earlier_restore_are_known(
        self, stores: Stores, tmp_path: Path
    ) -> None:
        await stores.log.append(batch(13, NewEvent(EVENTS["numbers_continued"])))
        back_up(stores.folder.path, tmp_path / "b", AT)
        restored = restore(tmp_path / "b", tmp_path / "new", AT)
        assert restored.paused == {BONTANG: {"A": 14, "B": 0}}

    async def test_data_is_overwritten_only_when_told_so(
        self, stores: Stores, backup: Path
    ) -> None:
        data = stores.folder.path
        with pytest.raises(FolderHeld):
            restore(backup, data, AT, overwrite=True)
        await stores.log.append(batch(13, issued(13)))
        await stores.close()
        with pytest.raises(BackupRefused, match="holds data already"):
            restore(backup, data, AT)
        restore(backup, data, AT, overwrite=True)
        async with await open_stores(data) as again:
            assert len(await again.log.read(BONTANG)) == 13
        assert names(data) == {"queue.db", "people.db", "lock", "paused.json", "reached"}

    async def test_a_failing_move_leaves_the_folder_as_it_was(
        self, stores: Stores, backup: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = stores.folder.path
        await stores.log.append(batch(13, issued(13)))
        await stores.close()
        real = Path.rename

        def fails_at_last(self: Path, target: Path) -> Path:
            if self.name == "people.db" and target.parent == data:
                monkeypatch.setattr(Path, "rename", real)
                raise OSError("no")
            return real(self, target)

        monkeypatch.setattr(Path, "rename", fails_at_last)
        with pytest.raises(OSError, match="no"):
            restore(backup, data, AT, overwrite=True)
        async with await open_stores(data) as again:
            assert len(await again.log.read(BONTANG)) == 14
            assert await again.people.accounts() == [BUDI, SITI]

    @pytest.mark.parametrize(
        ("statement", "words"),
        [
            (
                "UPDATE records SET stored = CAST(replace(stored, 'A-003', 'A-004') AS BLOB)",
                "record",
            ),
            ("DELETE FROM records WHERE stream = 2 AND seq = 13", "does not end where"),
            ("DELETE FROM records WHERE stream = 1 AND seq = 3", "cut short|does not end where"),
            ("DELETE FROM records WHERE stream = 2", "empty"),
        ],
    )
    def test_a_damaged_one_is_refused(
        self, stores: Stores, tmp_path: Path, statement: str, words: str
    ) -> None:
        backup = tmp_path / "b"
        back_up(stores.folder.path, backup, AT)
        connection = sqlite3.connect(backup / "queue.db")
        connection.execute(statement)
        connection.commit()
        connection.close()
        with pytest.raises(Damaged, match=r"queue\.db is not what was backed up"):
            restore(backup, tmp_path / "new", AT)
        own_up(backup)
        with pytest.raises(Damaged, match=words):
            restore(backup, tmp_path / "new", AT)
        assert names(tmp_path / "new") == {"lock"}

    @pytest.mark.parametrize("content", [b"", b"not a tar", None])
    def test_what_is_no_backup_is_refused(self, tmp_path: Path, content: bytes | None) -> None:
        backup = tmp_path / "b.tar"
        if content is not None:
            backup.write_bytes(content)
        with pytest.raises(BackupRefused):
            restore(backup, tmp_path / "new", AT)


def own_up(backup: Path) -> None:
    """Writes the new sum into the manifest: only the chain can tell now."""
    from queue_server.store.backup import sha256_of

    manifest = json.loads(read(backup / "manifest.json"))
    manifest["sha256"]["queue.db"] = sha256_of(backup / "queue.db")
    (backup / "manifest.json").write_text(json.dumps(manifest))


def read(path: Path) -> bytes:
    return path.read_bytes()


def names(path: Path) -> set[str]:
    return {file.name for file in path.iterdir()}
