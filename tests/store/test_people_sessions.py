"""Sessions in the people's store: how far they have come, and when they are over."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from queue_server.people import People, Role, SignedIn, Spent, Stage
from tests.store.examples import AT
from tests.store.people_examples import BUDI, HOUR, SESSION, SITI


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

    async def test_remembers_when_a_person_last_did_something(self, people: People) -> None:
        """A page that refreshes itself is seen, and is no person."""
        at, idle = AT + HOUR / 2, AT + 4 * HOUR
        await people.touch_session("h-1", at, idle)
        assert (await people.sessions("a-1", at))[0].active_at is None
        await people.touch_session("h-1", at, idle, active_at=at)
        await people.touch_session("h-1", AT + HOUR, idle)
        assert (await people.sessions("a-1", at))[0].active_at == at

    async def test_a_step_up_ends_the_session_before(self, people: People) -> None:
        begun = replace(SESSION, id="s-2", token_hash="h-2", stage=Stage.FACTOR)
        await people.add_session(begun)
        full = replace(begun, token_hash="h-3", stage=Stage.FULL, active_at=AT, device="t-3")
        await people.replace_session("h-2", full, AT)
        assert await people.signed_in("h-2", AT) is None
        assert await people.signed_in("h-3", AT) == SignedIn(full, SITI)

    async def test_of_two_steps_up_at_once_one_comes_through(
        self, people: People, elsewhere: People
    ) -> None:
        steps = [replace(SESSION, id=f"s-{n}", token_hash=f"h-{n}") for n in (2, 3)]
        outcomes = await asyncio.gather(
            people.replace_session("h-1", steps[0], AT),
            elsewhere.replace_session("h-1", steps[1], AT),
            return_exceptions=True,
        )
        assert {type(one) for one in outcomes} == {type(None), Spent}
        assert len(await people.sessions("a-1", AT)) == 1

    async def test_one_that_is_over_cannot_step_up(self, people: People) -> None:
        with pytest.raises(Spent):
            await people.replace_session("h-1", replace(SESSION, token_hash="h-2"), AT + HOUR)
        assert await people.signed_in("h-2", AT) is None

    async def test_only_a_full_one_is_locked(self, people: People) -> None:
        await people.add_session(
            replace(SESSION, id="s-2", token_hash="h-2", stage=Stage.FACTOR, account="a-2")
        )
        assert await people.lock_session("s-1")
        for session_id in ("s-1", "s-2", "unknown"):
            assert not await people.lock_session(session_id)
        assert await people.sessions("a-1", AT) == [replace(SESSION, stage=Stage.LOCKED)]
        assert (await people.sessions("a-2", AT))[0].stage is Stage.FACTOR

    async def test_a_challenge_is_taken_once(self, people: People, elsewhere: People) -> None:
        assert await people.take_challenge("s-1") is None
        await people.keep_challenge("s-1", b"first")
        await people.keep_challenge("s-1", b"second")
        assert await people.take_challenge("s-1") == b"second"
        assert await people.take_challenge("s-1") is None
        assert await people.take_challenge("unknown") is None
        for _ in range(20):
            await people.keep_challenge("s-1", b"asked")
            taken = await asyncio.gather(
                people.take_challenge("s-1"), elsewhere.take_challenge("s-1")
            )
            assert sorted(taken, key=bool) == [None, b"asked"]
