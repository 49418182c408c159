"""What was erased stands in no file any more: not in the database, not in its write-ahead log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from queue_server.store.engines import Database
from queue_server.store.people_sql import SqlPeople
from tests.store.examples import AT, DAY
from tests.store.people_examples import NOTE, PERSON

LATER = AT + timedelta(hours=2)


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_erased_texts_are_in_no_file(tmp_path: Path) -> None:
    people = await SqlPeople.open(Database.file(tmp_path / "people.db", erases=True))
    for n in range(40):
        await people.add_note(replace(NOTE, id=f"n-{n}", text=f"secret-{n} " * 40))
    await people.add_note(replace(NOTE, id="kept", text="to be kept", erase_at=LATER))
    await people.add_ticket_person(PERSON)
    salt = await people.day_salt("bontang", DAY, AT)
    assert b"secret-7" in everything_in(tmp_path)
    assert salt in everything_in(tmp_path)
    erased = await people.erase_due(AT + timedelta(hours=1))
    assert (erased.notes, erased.ticket_persons, erased.day_salts) == (40, 1, 1)
    left = everything_in(tmp_path)
    assert b"secret-" not in left
    assert b"nik-hash" not in left
    assert salt not in left
    assert b"to be kept" in left
    await people.close()
    assert b"secret-" not in everything_in(tmp_path)


async def test_a_swept_orphan_too(tmp_path: Path) -> None:
    people = await SqlPeople.open(Database.file(tmp_path / "people.db", erases=True))
    await people.add_ticket_person(PERSON)
    await people.sweep_orphans("bontang", DAY, set(), before=LATER)
    assert b"nik-hash" not in everything_in(tmp_path)
    await people.close()
