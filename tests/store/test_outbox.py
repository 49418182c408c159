"""The outbox and where its messages go, on SQLite and on PostgreSQL: one contract."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from queue_server.people import People
from queue_server.people.values.roads import Change, Fate, Message, Occasion, Said
from queue_server.store.engines import Database
from queue_server.store.people_sql import SqlPeople
from tests.store.examples import AT, DAY
from tests.store.people_examples import HOUR, PUSHED
from tests.store.test_erasure import everything_in

SECOND = timedelta(seconds=1)
CALLS = frozenset({Occasion.CALLED, Occasion.RECALLED})


def said(occasion: Occasion = Occasion.CALLED, seq: int = 7, **given: Any) -> Said:
    fields: dict[str, Any] = {"at": AT, "true_until": AT + HOUR, "counter": "3"}
    return Said("A-012", "ticket-1", occasion, str(seq), seq, **{**fields, **given})


def change(*what: Said, seq: int = 7, untrue: frozenset[Occasion] = frozenset()) -> Change:
    return Change("ticket-1", seq, untrue, what)


OVER = said(Occasion.WITHDRAWN, 8, corrects=CALLS)
UNDONE = change(OVER, seq=8, untrue=CALLS)


@pytest.fixture
async def pushed(people: People) -> People:
    """Whose one ticket is pushed to one phone."""
    await people.add_push_subscription(PUSHED, most=3)
    return people


async def claimed(people: People, most: int = 10) -> Sequence[Message]:
    return await people.claim(AT, AT + 10 * SECOND, most)


async def fates(people: People) -> list[tuple[str, str]]:
    return [(one.occasion, one.fate) for one in await people.messages("bontang", DAY)]


class TestWhereOneIsPushedTo:
    async def test_it_is_found_by_id_and_by_endpoint(self, pushed: People) -> None:
        assert await pushed.push_subscription("s-1") == PUSHED
        assert await pushed.push_subscription_at("ticket-1", PUSHED.endpoint) == PUSHED
        assert await pushed.push_subscription("s-2") is None
        assert await pushed.push_tickets() == {("bontang", DAY, "A-012")}

    async def test_the_same_endpoint_again_is_the_same_phone(self, pushed: People) -> None:
        await pushed.add_push_subscription(replace(PUSHED, id="s-2", auth="new"), most=3)
        assert await pushed.push_subscription("s-1") is None
        newer = await pushed.push_subscription("s-2")
        assert newer is not None
        assert newer.auth == "new"

    async def test_beyond_so_many_the_oldest_goes(self, people: People) -> None:
        for n in range(5):
            phone = replace(
                PUSHED, id=f"s-{n}", endpoint=f"https://e/{n}", created_at=AT + n * SECOND
            )
            await people.add_push_subscription(phone, most=3)
        left = [n for n in range(5) if await people.push_subscription(f"s-{n}")]
        assert left == [2, 3, 4]

    async def test_one_phone_may_hold_several_numbers(self, pushed: People) -> None:
        other = replace(PUSHED, id="s-2", ticket_id="ticket-2", number="A-013")
        await pushed.add_push_subscription(other, most=1)
        assert await pushed.push_subscription("s-1") == PUSHED

    async def test_it_is_ended_once(self, pushed: People) -> None:
        assert await pushed.end_push_subscription("s-1")
        assert not await pushed.end_push_subscription("s-1")
        assert await pushed.push_tickets() == set()

    async def test_another_key_ends_all(self, pushed: People) -> None:
        before = await pushed.server_key("push")
        after = await pushed.turn_push_key()
        assert after != before
        assert await pushed.server_key("push") == after
        assert await pushed.push_tickets() == set()


class TestPuttingIn:
    async def test_an_occasion_is_there_once(self, pushed: People) -> None:
        assert await pushed.put([change(said())], AT) == 1
        assert await pushed.put([change(said())], AT) == 0
        assert await fates(pushed) == [("called", "waiting")]

    async def test_also_after_it_was_sent(self, pushed: People) -> None:
        await pushed.put([change(said())], AT)
        (one,) = await claimed(pushed)
        await pushed.settle(one.id, Fate.SENT, AT)
        assert await pushed.put([change(said())], AT) == 0

    async def test_each_phone_gets_its_own(self, pushed: People) -> None:
        await pushed.add_push_subscription(replace(PUSHED, id="s-2", endpoint="https://e/2"), 3)
        assert await pushed.put([change(said())], AT) == 2
        assert {one.address for one in await claimed(pushed)} == {"s-1", "s-2"}

    async def test_whoever_has_no_road_costs_no_row(self, people: People) -> None:
        assert await people.put([change(said())], AT) == 0

    async def test_another_occurrence_is_another_row(self, pushed: People) -> None:
        await pushed.put([change(said()), change(said(Occasion.RECALLED, 9), seq=9)], AT)
        await pushed.put([change(said(Occasion.RECALLED, 12), seq=12)], AT)
        assert [one for one, _ in await fates(pushed)] == ["called", "recalled", "recalled"]

    async def test_two_at_once_put_it_in_once(self, pushed: People, elsewhere: People) -> None:
        outcomes = await asyncio.gather(
            *(one.put([change(said())], AT) for one in (pushed, elsewhere) * 4),
            return_exceptions=True,
        )
        assert sum(one for one in outcomes if isinstance(one, int)) == 1
        assert await fates(pushed) == [("called", "waiting")]


class TestTakingBack:
    async def test_what_waits_is_withdrawn_and_needs_no_correction(self, pushed: People) -> None:
        await pushed.put([change(said())], AT)
        await pushed.put([UNDONE], AT)
        assert await fates(pushed) == [("called", "withdrawn")]

    async def test_what_was_sent_is_corrected(self, pushed: People) -> None:
        await pushed.put([change(said())], AT)
        (one,) = await claimed(pushed)
        await pushed.settle(one.id, Fate.SENT, AT)
        await pushed.put([UNDONE], AT)
        assert await fates(pushed) == [("called", "sent"), ("withdrawn", "waiting")]

    async def test_what_is_on_its_way_is_corrected_and_not_tried_again(
        self, pushed: People
    ) -> None:
        await pushed.put([change(said())], AT)
        (one,) = await claimed(pushed)
        await pushed.put([UNDONE], AT)
        await pushed.postpone(one.id, AT + SECOND, "slow")
        (correction,) = await pushed.claim(AT + 2 * SECOND, AT + 9 * SECOND, 10)
        assert correction.occasion is Occasion.WITHDRAWN
        assert ("called", "stale") in await fates(pushed)

    async def test_what_follows_from_later_stays(self, pushed: People) -> None:
        """Events heard again after a crash do not take back what came after them."""
        await pushed.put([change(said(seq=9), seq=9)], AT)
        await pushed.put([UNDONE], AT)
        assert await fates(pushed) == [("called", "waiting")]

    async def test_of_others_nothing_is_taken_back(self, pushed: People) -> None:
        await pushed.put([change(said())], AT)
        await pushed.put([replace(UNDONE, ticket_id="ticket-2", said=())], AT)
        assert await fates(pushed) == [("called", "waiting")]


class TestTakingOut:
    async def test_nobody_gets_what_is_claimed(self, pushed: People, elsewhere: People) -> None:
        await pushed.put([change(said())], AT)
        claims = [claimed(one) for one in (pushed, elsewhere) * 4]
        assert sum(len(one) for one in await asyncio.gather(*claims)) == 1

    async def test_whose_sender_died_is_claimed_again_in_time(self, pushed: People) -> None:
        await pushed.put([change(said())], AT)
        (first,) = await claimed(pushed)
        assert await pushed.claim(AT + 9 * SECOND, AT + HOUR, 10) == []
        (again,) = await pushed.claim(AT + 10 * SECOND, AT + HOUR, 10)
        assert (again.id, first.tries, again.tries) == (first.id, 1, 2)

    async def test_whose_sender_is_known_to_be_dead_is_free_at_once(self, pushed: People) -> None:
        await pushed.put([change(said())], AT)
        await claimed(pushed)
        assert await pushed.release_claims() == 1
        (again,) = await claimed(pushed)
        assert again.tries == 2

    async def test_a_phone_gets_one_after_the_other(self, pushed: People) -> None:
        await pushed.put([change(said()), change(said(Occasion.RECALLED, 9), seq=9)], AT)
        (first,) = await claimed(pushed)
        assert first.occasion is Occasion.CALLED
        assert await claimed(pushed) == []
        await pushed.settle(first.id, Fate.SENT, AT)
        (second,) = await claimed(pushed)
        assert second.occasion is Occasion.RECALLED

    async def test_at_most_so_many(self, people: People) -> None:
        for n in range(5):
            phone = replace(PUSHED, id=f"s-{n}", endpoint=f"https://e/{n}")
            await people.add_push_subscription(phone, most=9)
        await people.put([change(said())], AT)
        assert len(await claimed(people, most=3)) == 3
        assert len(await claimed(people, most=3)) == 2

    async def test_not_before_its_time(self, pushed: People) -> None:
        due = said(Occasion.UNPROVEN, due_at=AT + 5 * SECOND)
        await pushed.put([change(due)], AT)
        assert await claimed(pushed) == []
        assert await pushed.next_due() == AT + 5 * SECOND
        assert len(await pushed.claim(AT + 5 * SECOND, AT + HOUR, 10)) == 1

    async def test_not_after_it_was_true(self, pushed: People) -> None:
        await pushed.put([change(said(true_until=AT))], AT)
        assert await claimed(pushed) == []
        assert await fates(pushed) == [("called", "stale")]
        assert await pushed.next_due() is None

    async def test_postponed_it_comes_again(self, pushed: People) -> None:
        await pushed.put([change(said())], AT)
        (one,) = await claimed(pushed)
        await pushed.postpone(one.id, AT + 3 * SECOND, "busy")
        assert await pushed.next_due() == AT + 3 * SECOND
        (again,) = await pushed.claim(AT + 3 * SECOND, AT + HOUR, 10)
        assert (again.tries, again.trouble) == (2, "busy")


class TestErasing:
    async def test_with_its_holder(self, pushed: People) -> None:
        await pushed.put([change(said())], AT)
        assert await pushed.erase_ticket("ticket-1") == 2
        assert await pushed.push_subscription("s-1") is None
        assert await fates(pushed) == []

    async def test_with_its_day(self, pushed: People) -> None:
        await pushed.put([change(said())], AT)
        await pushed.plan_erasure("bontang", DAY, AT + 2 * HOUR)
        assert (await pushed.erase_due(AT + HOUR)).messages == 0
        erased = await pushed.erase_due(AT + 2 * HOUR)
        assert (erased.push_subscriptions, erased.messages) == (1, 1)

    async def test_the_endpoint_is_in_no_file(self, tmp_path: Path) -> None:
        people = await SqlPeople.open(Database.file(tmp_path / "people.db", erases=True))
        await people.add_push_subscription(PUSHED, most=3)
        await people.put([change(said())], AT)
        await people.end_push_subscription("s-1")
        assert b"wpush/v2/one" not in everything_in(tmp_path)
        await people.close()
