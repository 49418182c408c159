"""How far followers have come: held by every store."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from queue_server.store.log import SERVICE_DAY, Cursors, Lag, Stream
from tests.store.errands import ERRANDS, begun
from tests.store.examples import BONTANG, DAY, batch, issued

SAMARINDA = Stream("samarinda", DAY)
DAYS = (SERVICE_DAY,)


@pytest.fixture
async def cursors(log: Any) -> Cursors:
    """Of a log with three records in one branch and one in another."""
    await log.append(batch(0, issued(1), issued(2), issued(3)))
    await log.append(batch(0, stream=SAMARINDA))
    made: Cursors = log.cursors
    return made


async def lags(cursors: Cursors, follower: str, *kinds: str) -> set[Lag]:
    return set(await cursors.behind(follower, kinds or DAYS))


async def test_a_new_follower_has_everything_before_it(cursors: Cursors) -> None:
    await cursors.begin("one", from_now=False)
    assert await lags(cursors, "one") == {Lag(BONTANG, 0, 3), Lag(SAMARINDA, 0, 1)}


async def test_one_that_begins_now_has_everything_behind_it(cursors: Cursors, log: Any) -> None:
    await cursors.begin("one", from_now=True)
    assert await lags(cursors, "one") == set()
    await log.append(batch(3))
    assert await lags(cursors, "one") == {Lag(BONTANG, 3, 4)}
    await cursors.begin("one", from_now=True)
    assert await lags(cursors, "one") == {Lag(BONTANG, 3, 4)}, "it was known already"


async def test_a_cursor_is_kept_and_can_be_moved_either_way(cursors: Cursors) -> None:
    await cursors.begin("one", from_now=False)
    await cursors.begin("other", from_now=False)
    await cursors.move({("one", BONTANG): 2, ("one", SAMARINDA): 1, ("other", BONTANG): 9})
    assert await lags(cursors, "one") == {Lag(BONTANG, 2, 3)}
    assert await lags(cursors, "other") == {Lag(BONTANG, 9, 3), Lag(SAMARINDA, 0, 1)}
    await cursors.move({("other", BONTANG): 3})
    assert await cursors.cursor("other", BONTANG) == 3
    assert await cursors.cursor("other", SAMARINDA) == 0


@pytest.mark.usefixtures("errands_known")
async def test_only_kinds_it_asks_for(cursors: Cursors, log: Any) -> None:
    await log.append(batch(0, begun(), stream=ERRANDS))
    await cursors.begin("one", from_now=False)
    assert {lag.stream for lag in await lags(cursors, "one")} == {BONTANG, SAMARINDA}
    assert await lags(cursors, "one", ERRANDS.kind) == {Lag(ERRANDS, 0, 1)}


async def test_appends_beside_a_refused_cursor_are_not_harmed(cursors: Cursors, log: Any) -> None:
    """Its stream is not there: the database refuses it, among appends in one transaction."""
    nowhere = Stream("nowhere", DAY)
    appends = [log.append(batch(3)), log.append(batch(1, stream=SAMARINDA))]
    moved = cursors.move({("nobody", nowhere): 1})
    outcomes = await asyncio.gather(appends[0], moved, appends[1], return_exceptions=True)
    assert (outcomes[0], outcomes[2]) == (None, None)
    assert len(await log.read(BONTANG)) == 4
