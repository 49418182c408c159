"""Accounts in the people's store, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from queue_server.people import Account, LastAdministrator, NameTaken, People, Role, Spent
from tests.store.examples import AT
from tests.store.people_examples import BUDI, INVITED, SESSION, SITI, WAY_BACK


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

    async def test_a_disabled_ones_way_back_in_is_void(self, people: People) -> None:
        """Else a link handed out last week would undo the disabling."""
        await people.add_account(SITI)
        await people.add_invitation(WAY_BACK)
        await people.add_invitation(INVITED)
        await people.save_account(replace(SITI, display_name="Ibu Siti"))
        assert await people.invitation("i-2", AT) == WAY_BACK
        await people.save_account(replace(SITI, disabled=True))
        assert await people.invitations(AT) == [INVITED]

    async def test_a_disabled_one_has_nothing_open_and_nothing_else_is_written(
        self, people: People
    ) -> None:
        await people.add_account(SITI)
        await people.add_account(BUDI)
        given = replace(INVITED, token_hash="i-8", id="given", invited_by="a-1")
        for one in (WAY_BACK, INVITED, given):
            await people.add_invitation(one)
        await people.add_session(SESSION)
        assert await people.set_disabled("a-1", True) == replace(SITI, disabled=True)
        assert await people.invitations(AT) == [INVITED]
        assert await people.sessions("a-1", AT) == []
        assert await people.set_disabled("a-1", False) == SITI
        with pytest.raises(KeyError):
            await people.set_disabled("a-9", True)

    async def test_of_the_administrators_of_all_branches_one_is_left(
        self, people: People, elsewhere: People
    ) -> None:
        first = replace(SITI, role=Role.ADMIN, branch=None)
        await people.add_account(first)
        with pytest.raises(LastAdministrator):
            await people.set_disabled("a-1", True)
        await people.add_account(replace(BUDI, role=Role.ADMIN, branch="bontang"))
        with pytest.raises(LastAdministrator):
            await people.set_disabled("a-1", True)
        await people.add_account(replace(first, id="a-3", username="rina"))
        outcomes = await asyncio.gather(
            people.set_disabled("a-1", True),
            elsewhere.set_disabled("a-3", True),
            return_exceptions=True,
        )
        assert {type(one) for one in outcomes} == {Account, LastAdministrator}
        assert sum(not one.disabled for one in await people.accounts()) == 2

    async def test_a_password_is_changed_by_whoever_has_the_one_before(
        self, people: People
    ) -> None:
        await people.add_account(SITI)
        await people.add_session(SESSION)
        changed = replace(SITI, password_hash="another")
        assert await people.set_password("a-1", SITI.password_hash, "another") == changed
        assert await people.sessions("a-1", AT) == []
        with pytest.raises(Spent):
            await people.set_password("a-1", SITI.password_hash, "a third")
        await people.set_disabled("a-1", True)
        with pytest.raises(Spent):
            await people.set_password("a-1", "another", "a third")

    async def test_no_session_begins_by_a_password_that_was_replaced(self, people: People) -> None:
        await people.add_account(SITI)
        with pytest.raises(Spent):
            await people.add_session(SESSION, "another")
        await people.set_disabled("a-1", True)
        with pytest.raises(Spent):
            await people.add_session(SESSION, SITI.password_hash)
        await people.set_disabled("a-1", False)
        await people.add_session(SESSION, SITI.password_hash)
        assert await people.sessions("a-1", AT) == [SESSION]
