"""Accounts in the people's store, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queue_server.store.people import NameTaken, People, Role
from tests.store.examples import AT
from tests.store.people_examples import BUDI, INVITED, SITI, WAY_BACK


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
