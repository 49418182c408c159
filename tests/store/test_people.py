"""The contract of the people's store, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from queue_server.store.people import (
    Account,
    DeviceKey,
    Erased,
    Failures,
    Invitation,
    NameTaken,
    Note,
    NoteKind,
    People,
    Rating,
    Role,
    Session,
    SignedIn,
    Spent,
    TicketPerson,
    Token,
)
from tests.store.examples import AT, DAY

HOUR = timedelta(hours=1)
SITI = Account("a-1", "Siti", "Siti Rahma", Role.OFFICER, "bontang", "hash-1", AT)
BUDI = Account("a-2", "budi", "Budi", Role.ADMIN, None, "hash-2", AT)
INVITED = Invitation("i-1", Role.GUARD, "bontang", AT, AT + HOUR, "a-2", "inv-1", "Rina")
SESSION = Session("s-1", "h-1", "a-1", AT, AT, AT + HOUR, AT + 8 * HOUR, "Chrome")
TOKEN = Token("t-1", "th-1", Role.OFFICER, "bontang", "1", "a-1", "loket 1", AT)
BOARD = Token("t-2", "th-2", Role.DISPLAY, "bontang", None, None, "lobby", AT)
KEY = DeviceKey("k-1", Role.KIOSK, "bontang", "by the door", AT, AT + HOUR)
NOTE = Note("n-1", "bontang", DAY, NoteKind.REASON, "her bus leaves", "a-1", AT, AT + HOUR)
PERSON = TicketPerson("ticket-1", "bontang", DAY, "nik-hash", "4321", AT, AT + HOUR)


class TestAccounts:
    async def test_an_account_is_found_by_id_and_by_name(self, people: People) -> None:
        await people.add_account(SITI)
        await people.add_account(BUDI)
        assert await people.account("a-1") == SITI
        assert await people.account_named("SITI") == SITI
        assert await people.account("a-9") is None
        assert await people.account_named("rina") is None
        assert await people.accounts() == [BUDI, SITI]

    async def test_a_username_is_taken_once_whatever_its_case(self, people: People) -> None:
        await people.add_account(SITI)
        await people.add_account(BUDI)
        with pytest.raises(NameTaken):
            await people.add_account(replace(BUDI, id="a-3", username="SITI"))
        with pytest.raises(NameTaken):
            await people.save_account(replace(BUDI, username="siti"))

    async def test_a_saved_account_replaces_the_one_before(self, people: People) -> None:
        await people.add_account(SITI)
        changed = replace(SITI, role=Role.SUPERVISOR, branch=None, display_name="Ibu Siti")
        await people.save_account(changed)
        assert await people.account("a-1") == changed
        with pytest.raises(KeyError):
            await people.save_account(BUDI)


class TestInvitations:
    async def test_makes_the_account_it_is_for_once(self, people: People) -> None:
        await people.add_invitation(INVITED)
        assert await people.invitation("i-1", AT) == INVITED
        await people.accept_invitation("i-1", replace(SITI, role=Role.ADMIN, branch=None), AT)
        assert await people.account("a-1") == replace(SITI, role=Role.GUARD, branch="bontang")
        assert await people.invitation("i-1", AT) is None
        with pytest.raises(Spent):
            await people.accept_invitation("i-1", BUDI, AT)

    async def test_two_at_once_make_one_account(self, people: People) -> None:
        await people.add_invitation(INVITED)
        outcomes = await asyncio.gather(
            people.accept_invitation("i-1", SITI, AT),
            people.accept_invitation("i-1", BUDI, AT),
            return_exceptions=True,
        )
        assert [type(one) for one in outcomes] == [type(None), Spent]
        assert len(await people.accounts()) == 1

    async def test_a_taken_name_does_not_use_it_up(self, people: People) -> None:
        await people.add_account(SITI)
        await people.add_invitation(INVITED)
        with pytest.raises(NameTaken):
            await people.accept_invitation("i-1", replace(BUDI, username="siti"), AT)
        assert await people.invitations(AT) == [INVITED]

    async def test_expires_and_can_be_revoked(self, people: People) -> None:
        await people.add_invitation(INVITED)
        assert await people.invitation("i-1", AT + HOUR) is None
        with pytest.raises(Spent):
            await people.accept_invitation("i-1", SITI, AT + HOUR)
        assert await people.revoke_invitation("inv-1")
        assert not await people.revoke_invitation("inv-1")
        assert await people.invitations(AT) == []


class TestSessions:
    @pytest.fixture(autouse=True)
    async def _accounts(self, people: People) -> None:
        await people.add_account(SITI)
        await people.add_account(BUDI)
        await people.add_session(SESSION)

    async def test_says_who_is_signed_in_as_they_are_now(self, people: People) -> None:
        assert await people.signed_in("h-1", AT) == SignedIn(SESSION, SITI)
        assert await people.signed_in("unknown", AT) is None
        guard = replace(SITI, role=Role.GUARD)
        await people.save_account(guard)
        assert await people.signed_in("h-1", AT) == SignedIn(SESSION, guard)

    async def test_ends_when_idle_unless_seen_again(self, people: People) -> None:
        assert await people.signed_in("h-1", AT + HOUR) is None
        await people.touch_session("h-1", AT + HOUR / 2, AT + 10 * HOUR)
        found = await people.signed_in("h-1", AT + HOUR)
        assert found is not None
        assert found.session.seen_at == AT + HOUR / 2
        assert await people.signed_in("h-1", AT + 8 * HOUR) is None

    async def test_can_be_listed_and_ended(self, people: People) -> None:
        later = replace(SESSION, id="s-2", token_hash="h-2", created_at=AT + HOUR / 2)
        await people.add_session(later)
        await people.add_session(replace(SESSION, id="s-3", token_hash="h-3", account="a-2"))
        assert await people.sessions("a-1", AT) == [later, SESSION]
        await people.end_session("s-1")
        assert await people.signed_in("h-1", AT) is None
        await people.add_session(SESSION)
        assert await people.end_sessions("a-1", except_id="s-2") == 1
        assert await people.sessions("a-1", AT) == [later]
        assert await people.end_sessions("a-1") == 1
        assert len(await people.sessions("a-2", AT)) == 1

    @pytest.mark.parametrize("change", [{"disabled": True}, {"password_hash": "new"}])
    async def test_ends_with_the_account_or_its_password(
        self, people: People, change: dict[str, object]
    ) -> None:
        await people.save_account(replace(SITI, **change))  # type: ignore[arg-type]
        await people.save_account(replace(SITI, **{**change, "disabled": False}))  # type: ignore[arg-type]
        assert await people.signed_in("h-1", AT) is None


class TestTokens:
    async def test_opens_until_revoked(self, people: People) -> None:
        await people.add_account(SITI)
        await people.add_token(TOKEN)
        await people.add_token(BOARD)
        assert await people.token("th-1", AT) == TOKEN
        assert await people.token("th-2", AT) == BOARD
        assert await people.revoke_token("t-1", AT)
        assert await people.revoke_token("t-1", AT + HOUR)
        assert not await people.revoke_token("t-9", AT)
        assert await people.token("th-1", AT) is None
        revoked = replace(TOKEN, revoked_at=AT)
        assert sorted(await people.tokens(), key=lambda one: one.id) == [revoked, BOARD]

    async def test_expires_and_follows_its_account(self, people: People) -> None:
        await people.add_account(SITI)
        await people.add_token(replace(TOKEN, expires_at=AT + HOUR))
        assert await people.token("th-1", AT) is not None
        assert await people.token("th-1", AT + HOUR) is None
        await people.save_account(replace(SITI, disabled=True))
        assert await people.token("th-1", AT) is None

    async def test_a_devices_key_is_exchanged_once(self, people: People) -> None:
        await people.add_device_key(KEY)
        outcomes = await asyncio.gather(
            *(people.exchange_device_key("k-1", f"t-{n}", f"th-{n}", AT) for n in range(4)),
            return_exceptions=True,
        )
        token = Token("t-0", "th-0", Role.KIOSK, "bontang", None, None, "by the door", AT)
        assert outcomes[0] == token
        assert [type(one) for one in outcomes[1:]] == [Spent] * 3
        assert await people.token("th-0", AT) == token

    async def test_a_devices_key_expires(self, people: People) -> None:
        await people.add_device_key(KEY)
        with pytest.raises(Spent):
            await people.exchange_device_key("k-1", "t-1", "th-1", AT + HOUR)


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


class TestFailedSignIns:
    async def test_are_counted_until_forgotten(self, people: People) -> None:
        assert await people.sign_in_failures("siti") == Failures()
        await people.sign_in_failed("siti", AT)
        counted = await people.sign_in_failed("siti", AT + HOUR)
        assert counted == Failures(2, AT, AT + HOUR)
        assert await people.sign_in_failures("siti") == counted
        assert await people.sign_in_failures("budi") == Failures()
        await people.forget_failures("siti")
        assert await people.sign_in_failures("siti") == Failures()

    async def test_none_is_lost_when_many_come_at_once(self, people: People) -> None:
        await asyncio.gather(*(people.sign_in_failed("siti", AT) for _ in range(30)))
        assert (await people.sign_in_failures("siti")).count == 30


class TestErasure:
    async def test_takes_what_is_due_and_nothing_else(self, people: People) -> None:
        await people.add_account(SITI)
        await people.add_note(NOTE)
        await people.add_note(replace(NOTE, id="n-2", erase_at=AT + 2 * HOUR))
        await people.add_ticket_person(PERSON)
        await people.add_session(SESSION)
        await people.add_invitation(INVITED)
        await people.add_device_key(KEY)
        await people.sign_in_failed("siti", AT - timedelta(days=2))
        salt = await people.day_salt("bontang", DAY, AT + HOUR)
        assert await people.erase_due(AT) == Erased(failures=1)
        assert await people.erase_due(AT + HOUR) == Erased(1, 1, 1, 1, 1, 1)
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
