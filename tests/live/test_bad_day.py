"""No ticket lost, none called twice, nothing told before it is durable: on many bad days."""

from __future__ import annotations

import os

import pytest

from tests.live.bad_day import BadDay

SEEDS = range(int(os.environ.get("LAPAK_BAD_DAYS", "6")))


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_bad_day(seed: int) -> None:
    day = BadDay(seed)
    await day.play(people=80, officers=4)
    print(f"seed {seed}: {day.seen}")
    await day.check()
    # A bad day on which nothing went wrong would show nothing.
    assert day.seen.kills + day.seen.restarts > 2
    assert day.seen.lost_answers > 5
    assert day.seen.unavailable > 0
    assert len(day.seen.called) > 30
