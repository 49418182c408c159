"""Tokens, device keys and pairings in the people's store: each is exchanged once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from queue_server.people import CodeTaken, Pairing, People, Role, Spent, Token
from tests.store.examples import AT
from tests.store.people_examples import BOARD, HOUR, KEY, PAIRING, SESSION, SITI, TABLET, TOKEN


def asked(n: int, origin: str) -> Pairing:
    """The screen that asked as the n-th."""
    at = AT + timedelta(seconds=n)
    return replace(
        PAIRING,
        id=f"p-{n}",
        secret_hash=f"ph-{n}",
        code_hash=f"ch-{n}",
        created_at=at,
        origin=origin,
    )


async def living(people: People, count: int) -> list[int]:
    return [n for n in range(count) if await people.pairing(f"ph-{n}", AT) is not None]


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

    async def test_has_a_name_and_a_place_that_change(self, people: People) -> None:
        await people.add_token(BOARD)
        assert await people.rename_token("t-2", "Papan 1", "Lobi, dekat pintu")
        assert not await people.rename_token("t-9", "x", "y")
        await people.token_seen("t-2", AT + HOUR)
        found = await people.token("th-2", AT)
        assert found == replace(
            BOARD, label="Papan 1", place="Lobi, dekat pintu", seen_at=AT + HOUR
        )

    async def test_sessions_begun_on_a_tablet_end_with_it(self, people: People) -> None:
        await people.add_account(SITI)
        await people.add_token(TABLET)
        await people.add_session(replace(SESSION, device="t-3"))
        elsewhere = replace(SESSION, id="s-2", token_hash="h-2")
        await people.add_session(elsewhere)
        await people.revoke_token("t-3", AT)
        assert await people.sessions("a-1", AT) == [elsewhere]


class TestDeviceKeys:
    async def test_one_is_exchanged_once(self, people: People) -> None:
        await people.add_device_key(KEY)
        outcomes = await asyncio.gather(
            *(people.exchange_device_key("k-1", f"t-{n}", f"th-{n}", AT) for n in range(4)),
            return_exceptions=True,
        )
        token = Token("t-0", "th-0", Role.KIOSK, "bontang", None, None, "by the door", AT)
        assert outcomes[0] == token
        assert [type(one) for one in outcomes[1:]] == [Spent] * 3
        assert await people.token("th-0", AT) == token

    async def test_one_expires(self, people: People) -> None:
        await people.add_device_key(KEY)
        with pytest.raises(Spent):
            await people.exchange_device_key("k-1", "t-1", "th-1", AT + HOUR)


class TestPairings:
    async def test_the_screen_and_its_code_find_it_while_it_lives(self, people: People) -> None:
        await people.add_pairing(PAIRING, 9, 9)
        assert await people.pairing("ph-1", AT) == PAIRING
        assert await people.pairing_by_code("ch-1", AT) == PAIRING
        assert await people.pairing("ch-1", AT) is None
        assert await people.pairing_by_code("ph-1", AT) is None
        assert await people.pairing("ph-1", AT + HOUR) is None
        assert await people.pairing_by_code("ch-1", AT + HOUR) is None
        await people.end_pairing("p-1")
        assert await people.pairing("ph-1", AT) is None

    async def test_no_two_screens_show_one_code(self, people: People) -> None:
        await people.add_pairing(PAIRING, 9, 9)
        other = replace(PAIRING, id="p-2", secret_hash="ph-2")
        with pytest.raises(CodeTaken):
            await people.add_pairing(other, 9, 9)
        late = replace(other, created_at=AT + HOUR, expires_at=AT + 2 * HOUR)
        await people.add_pairing(late, 9, 9)
        assert await people.pairing_by_code("ch-1", AT + HOUR) == late

    async def test_the_oldest_of_a_network_makes_room_for_its_next(self, people: People) -> None:
        for n in range(4):
            await people.add_pairing(asked(n, "here"), 3, 9)
        assert await living(people, 4) == [1, 2, 3]

    async def test_in_a_full_branch_the_network_that_has_most_makes_room(
        self, people: People
    ) -> None:
        await people.add_pairing(asked(0, "honest"), 9, 5)
        for n in range(1, 20):
            await people.add_pairing(asked(n, f"flood {n % 2}"), 9, 5)
        await people.add_pairing(asked(20, "another"), 9, 5)
        left = await living(people, 21)
        assert len(left) == 5
        assert {0, 20} <= set(left)

    async def test_neither_approved_nor_expired_ones_nor_other_branches_count(
        self, people: People
    ) -> None:
        await people.add_pairing(asked(0, "here"), 1, 1)
        await people.approve_pairing("p-0", "Kios 1", "Lobi", "a-2", AT)
        await people.add_pairing(replace(asked(1, "there"), branch="tarakan"), 1, 1)
        await people.add_pairing(asked(2, "here"), 1, 1)
        assert await living(people, 3) == [0, 1, 2]

    async def test_an_approved_one_leaves_its_code_to_others(self, people: People) -> None:
        await people.add_pairing(PAIRING, 9, 9)
        await people.approve_pairing("p-1", "Kios 1", "Lobi", "a-2", AT)
        assert await people.pairing_by_code("ch-1", AT) is None
        other = replace(PAIRING, id="p-2", secret_hash="ph-2")
        await people.add_pairing(other, 9, 9)
        assert await people.pairing_by_code("ch-1", AT) == other
        approved = replace(PAIRING, label="Kios 1", place="Lobi", approved_by="a-2")
        assert await people.pairing("ph-1", AT) == approved

    async def test_is_approved_once_and_in_time(self, people: People, elsewhere: People) -> None:
        await people.add_pairing(PAIRING, 9, 9)
        for pairing_id, at in (("p-1", AT + HOUR), ("p-9", AT)):
            with pytest.raises(Spent):
                await people.approve_pairing(pairing_id, "Kios", "Lobi", "a-2", at)
        outcomes = await asyncio.gather(
            people.approve_pairing("p-1", "Kios 1", "Lobi", "a-1", AT),
            elsewhere.approve_pairing("p-1", "Kios 2", "Lobi", "a-2", AT),
            return_exceptions=True,
        )
        assert {type(one) for one in outcomes} == {type(None), Spent}

    async def test_the_token_is_what_was_approved(self, people: People) -> None:
        await people.add_account(SITI)
        await people.add_pairing(PAIRING, 9, 9)
        asked = replace(TOKEN, role=Role.ADMIN, branch=None, label="mine", made_by="nobody")
        with pytest.raises(Spent):
            await people.exchange_pairing("ph-1", asked, AT)
        await people.approve_pairing("p-1", "Kios 1", "Lobi", "a-2", AT)
        with pytest.raises(Spent):
            await people.exchange_pairing("ph-1", asked, AT + HOUR)
        given = await people.exchange_pairing("ph-1", asked, AT)
        assert given == Token(
            "t-1",
            "th-1",
            Role.KIOSK,
            "bontang",
            None,
            None,
            "Kios 1",
            AT,
            place="Lobi",
            made_by="a-2",
        )
        assert await people.tokens() == [given]
        assert await people.pairing("ph-1", AT) is None

    async def test_of_two_exchanges_at_once_one_gets_a_token(
        self, people: People, elsewhere: People
    ) -> None:
        await people.add_pairing(PAIRING, 9, 9)
        await people.approve_pairing("p-1", "Kios 1", "Lobi", "a-2", AT)
        tokens = [replace(BOARD, id=f"t-{n}", token_hash=f"th-{n}") for n in range(6)]
        outcomes = await asyncio.gather(
            *(
                one.exchange_pairing("ph-1", token, AT)
                for one, token in zip((people, elsewhere) * 3, tokens, strict=True)
            ),
            return_exceptions=True,
        )
        assert sorted(type(one).__name__ for one in outcomes) == ["Spent"] * 5 + ["Token"]
        assert len(await people.tokens()) == 1
