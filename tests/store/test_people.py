"""What the people's store keeps for a while, on SQLite and on PostgreSQL: keys, texts, persons,
and their erasure.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from queue_server.people import Erased, NoteKind, People, Rating
from tests.store.examples import AT, DAY
from tests.store.people_examples import (
    ACT,
    HOUR,
    INVITED,
    KEY,
    NOTE,
    PAIRING,
    PERSON,
    SESSION,
    SITI,
)


class TestSecrets:
    async def test_a_server_key_is_made_once(self, people: People) -> None:
        keys = await asyncio.gather(*(people.server_key("ticket") for _ in range(5)))
        assert len(set(keys)) == 1
        assert len(keys[0]) == 32
        assert await people.server_key("ticket") == keys[0]
        assert await people.server_key("cookie") != keys[0]

    async def test_every_branch_day_has_its_salt(self, people: People) -> None:
        salt = await people.day_salt("bontang", DAY, AT + HOUR)
        assert await people.day_salt("bontang", DAY, AT + 9 * HOUR) == salt
        assert await people.day_salt("samarinda", DAY, AT + HOUR) != salt
        assert await people.day_salt("bontang", DAY + timedelta(days=1), AT + HOUR) != salt

    async def test_the_halls_keys_follow_each_other(self, people: People) -> None:
        assert await people.join_keys() == []
        keys = [await people.new_join_key(AT + n * HOUR, keep=2) for n in range(4)]
        assert [key.id for key in keys] == [1, 2, 3, 4]
        assert {len(key.secret) for key in keys} == {32}
        assert len({key.secret for key in keys}) == 4
        assert await people.join_keys() == [keys[3], keys[2]]
        assert keys[3].made_at == AT + 3 * HOUR


class TestTextsAndStars:
    async def test_a_note_is_found_by_id(self, people: People) -> None:
        await people.add_note(NOTE)
        assert await people.note("n-1") == NOTE
        assert await people.note("n-2") is None
        wanted = [f"n-{n}" for n in range(1_200)]
        assert await people.notes(wanted) == {"n-1": NOTE}
        assert await people.notes([]) == {}

    async def test_a_later_rating_replaces_the_one_before(self, people: People) -> None:
        comment = replace(NOTE, id="n-2", kind=NoteKind.COMMENT, text="quick")
        first = Rating("ticket-1", "bontang", DAY, "A", 4, "n-2", AT)
        await people.save_rating(first, comment)
        assert await people.rating("ticket-1") == first
        second = replace(first, stars=5, comment=None, at=AT + HOUR)
        await people.save_rating(second)
        assert await people.ratings("bontang", DAY) == [second]
        assert await people.note("n-2") is None
        assert await people.rating("ticket-2") is None


class TestPersons:
    async def test_is_found_by_ticket(self, people: People) -> None:
        await people.add_ticket_person(PERSON)
        assert await people.ticket_person("ticket-1") == PERSON
        assert await people.ticket_person("ticket-2") is None

    async def test_whose_ticket_never_came_is_swept(self, people: People) -> None:
        await people.add_ticket_person(PERSON)
        await people.add_ticket_person(replace(PERSON, ticket_id="orphan"))
        late = replace(PERSON, ticket_id="just now", created_at=AT + HOUR)
        await people.add_ticket_person(late)
        swept = await people.sweep_orphans("bontang", DAY, {"ticket-1"}, before=AT + HOUR / 2)
        assert swept == 1
        assert await people.ticket_person("orphan") is None
        assert await people.ticket_person("ticket-1") == PERSON
        assert await people.ticket_person("just now") == late
        assert await people.sweep_orphans("bontang", DAY, {"ticket-1"}, before=AT) == 0

    async def test_asked_for_erasure_leaves_only_the_stars(self, people: People) -> None:
        comment = replace(NOTE, id="n-2", kind=NoteKind.COMMENT, text="quick")
        stars = Rating("ticket-1", "bontang", DAY, "A", 4, "n-2", AT)
        await people.add_note(NOTE)
        await people.save_rating(stars, comment)
        await people.add_ticket_person(PERSON)
        other = replace(PERSON, ticket_id="ticket-2")
        await people.add_ticket_person(other)
        assert await people.erase_ticket("ticket-1") == 2
        assert await people.ticket_person("ticket-1") is None
        assert await people.rating("ticket-1") == replace(stars, comment=None)
        assert await people.notes(["n-1", "n-2"]) == {"n-1": NOTE}
        assert await people.ticket_person("ticket-2") == other
        assert await people.erase_ticket("ticket-1") == 0


class TestErasure:
    async def test_takes_what_is_due_and_nothing_else(self, people: People) -> None:
        await people.add_account(SITI)
        await people.add_note(NOTE)
        await people.add_note(replace(NOTE, id="n-2", erase_at=AT + 2 * HOUR))
        await people.add_ticket_person(PERSON)
        await people.add_session(SESSION)
        await people.add_invitation(INVITED)
        await people.add_device_key(KEY)
        await people.add_pairing(PAIRING, 9, 9)
        await people.record(ACT)
        await people.sign_in_failed("siti", AT - timedelta(days=2))
        salt = await people.day_salt("bontang", DAY, AT + HOUR)
        assert await people.erase_due(AT) == Erased(failures=1)
        assert await people.erase_due(AT + HOUR) == Erased(1, 1, 1, 1, 1, 1, pairings=1, acts=1)
        assert await people.note("n-1") is None
        assert await people.note("n-2") is not None
        assert await people.ticket_person("ticket-1") is None
        assert await people.account("a-1") == SITI
        assert await people.day_salt("bontang", DAY, AT + HOUR) != salt
        assert await people.erase_due(AT + HOUR / 2) == Erased()

    async def test_follows_the_day_it_belongs_to(self, people: People) -> None:
        """The day closed later than thought: its texts are erased a day after that."""
        await people.add_note(NOTE)
        await people.add_note(replace(NOTE, id="n-2", branch="samarinda"))
        await people.add_ticket_person(PERSON)
        await people.day_salt("bontang", DAY, AT + HOUR)
        await people.plan_erasure("bontang", DAY, AT + 5 * HOUR)
        assert await people.erase_due(AT + HOUR) == Erased(notes=1)
        assert await people.erase_due(AT + 5 * HOUR) == Erased(1, 1, 1)
