"""Invitations in the people's store: each works once, for what it was made for."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from queue_server.people import Account, Factors, NameTaken, People, Role, Spent
from tests.store.examples import AT
from tests.store.people_examples import BUDI, HOUR, INVITED, PASSKEY, SESSION, SITI, TOTP, WAY_BACK


class TestToANewAccount:
    async def test_makes_the_account_it_is_for_once(self, people: People) -> None:
        await people.add_invitation(INVITED)
        assert await people.invitation("i-1", AT) == INVITED
        await people.accept_invitation("i-1", replace(SITI, role=Role.ADMIN, branch=None), AT)
        assert await people.account("a-1") == replace(SITI, role=Role.GUARD, branch="bontang")
        assert await people.invitation("i-1", AT) is None
        with pytest.raises(Spent):
            await people.accept_invitation("i-1", BUDI, AT)

    async def test_of_two_at_once_one_makes_its_account(
        self, people: People, elsewhere: People
    ) -> None:
        await people.add_invitation(INVITED)
        outcomes = await asyncio.gather(
            people.accept_invitation("i-1", SITI, AT),
            elsewhere.accept_invitation("i-1", BUDI, AT),
            return_exceptions=True,
        )
        assert {type(one) for one in outcomes} == {type(None), Spent}
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

    async def test_is_no_way_back_in(self, people: People) -> None:
        await people.add_account(SITI)
        await people.add_invitation(INVITED)
        with pytest.raises(Spent):
            await people.accept_return("i-1", "hash-9", AT)
        assert await people.invitation("i-1", AT) == INVITED


class TestBackIn:
    @pytest.fixture(autouse=True)
    async def _lost(self, people: People) -> None:
        """Siti lost her phone and forgot her password; somebody had disabled her too."""
        await people.add_account(replace(SITI, disabled=True))
        await people.add_account(BUDI)
        await people.add_invitation(WAY_BACK)

    async def test_gives_the_account_a_password_and_forgets_its_proofs(
        self, people: People
    ) -> None:
        for who in ("a-1", "a-2"):
            await people.add_session(
                replace(SESSION, id=f"s-{who}", token_hash=f"h-{who}", account=who)
            )
            await people.save_totp(replace(TOTP, account=who, confirmed_at=AT))
            await people.add_passkey(replace(PASSKEY, id=f"cred-{who}", account=who))
            await people.save_recovery_codes(who, ["rc-1", "rc-2"])
            await people.save_pin(who, "pin-hash")
        back = await people.accept_return("i-2", "hash-9", AT)
        assert back == replace(SITI, password_hash="hash-9")
        assert await people.account("a-1") == back
        assert await people.factors("a-1") == Factors()
        assert await people.signed_in("h-a-1", AT) is None
        assert await people.factors("a-2") == Factors(True, 1, 2, True)
        assert await people.signed_in("h-a-2", AT) is not None

    async def test_ends_every_other_way_back_in_for_it(self, people: People) -> None:
        await people.add_invitation(replace(WAY_BACK, id="inv-3", token_hash="i-3"))
        other = replace(WAY_BACK, id="inv-4", token_hash="i-4", account="a-2")
        await people.add_invitation(other)
        await people.accept_return("i-2", "hash-9", AT)
        assert await people.invitations(AT) == [other]

    async def test_works_once_and_in_time(self, people: People, elsewhere: People) -> None:
        with pytest.raises(Spent):
            await people.accept_return("i-2", "hash-9", AT + HOUR)
        outcomes = await asyncio.gather(
            people.accept_return("i-2", "hash-8", AT),
            elsewhere.accept_return("i-2", "hash-9", AT),
            return_exceptions=True,
        )
        assert sorted(type(one).__name__ for one in outcomes) == ["Account", "Spent"]
        (winner,) = (one for one in outcomes if isinstance(one, Account))
        assert await people.account("a-1") == winner

    async def test_makes_no_account(self, people: People) -> None:
        with pytest.raises(Spent):
            await people.accept_invitation("i-2", replace(BUDI, id="a-3", username="rina"), AT)
        assert len(await people.accounts()) == 2
