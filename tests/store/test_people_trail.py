"""The audit trail in the people's store: who did what beside the queue, found again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queue_server.people import Act, People
from tests.store.examples import AT
from tests.store.people_examples import ACT, HOUR


def with_ids(*acts: Act) -> list[Act]:
    """As the store gives them back: numbered as they came."""
    return [replace(act, id=n) for n, act in enumerate(acts, 1)]


@pytest.fixture
async def kept(people: People) -> list[Act]:
    """Four, oldest first."""
    acts = with_ids(
        ACT,
        replace(ACT, at=AT + HOUR, branch="samarinda", by="a-2", what="invited", about="Rina"),
        replace(ACT, at=AT + 2 * HOUR, branch=None, by="a-2", role="admin", what="invited"),
        replace(ACT, at=AT + 3 * HOUR, outcome="wrong_code", by="", role=""),
    )
    for act in acts:
        await people.record(replace(act, id=77))
    return acts


async def test_is_read_newest_first_and_page_by_page(people: People, kept: list[Act]) -> None:
    assert await people.acts() == kept[::-1]
    first = await people.acts(count_max=3)
    assert first == kept[:0:-1]
    assert await people.acts(count_max=3, before_id=first[-1].id) == [kept[0]]
    assert await people.acts(before_id=kept[0].id) == []


async def test_is_searched_by_branch(people: People, kept: list[Act]) -> None:
    assert await people.acts(branches=["bontang"]) == [kept[3], kept[0]]
    assert await people.acts(branches=["samarinda", None]) == [kept[2], kept[1]]
    assert await people.acts(branches=[None]) == [kept[2]]
    assert await people.acts(branches=[]) == []


async def test_is_searched_by_time_person_and_deed(people: People, kept: list[Act]) -> None:
    assert await people.acts(since=AT + HOUR, until=AT + 3 * HOUR) == [kept[2], kept[1]]
    assert await people.acts(by="a-2", what="invited") == [kept[2], kept[1]]
    assert await people.acts(by="a-1", what="invited") == []
    assert await people.acts(by="") == [kept[3]]
