"""Personal data go in time, and nobody's before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain.model import Channel
from queue_server.live.sweeper import Sweeper
from tests.live.house import MONDAY, SETTINGS, at, live, open_house, plan


@dataclass
class People:
    """Remembers what it was told to forget."""

    planned: dict[tuple[str, date], datetime] = field(default_factory=dict)
    erased_at: list[datetime] = field(default_factory=list)
    known: dict[date, set[str]] = field(default_factory=dict)
    fails: bool = False

    async def plan_erasure(self, branch: str, day: date, erase_at: datetime) -> None:
        if self.fails:
            raise OSError
        self.planned[branch, day] = erase_at

    async def erase_due(self, now: datetime) -> None:
        self.erased_at.append(now)

    async def sweep_orphans(
        self, branch: str, day: date, known: Collection[str], before: datetime
    ) -> int:
        self.known[day] = set(known)
        return 0


async def test_a_closed_days_hour_is_fixed_once_and_an_open_ones_moves_ahead() -> None:
    people = People()
    async with open_house() as house:
        sweeper = Sweeper(house.shelf, people, house.clock, SETTINGS)
        await sweeper.sweep()
        assert people.planned["bontang", MONDAY] == at(9) + timedelta(hours=24)
        await house.clock.until(at(15))
        await house.done(c.CloseDay())
        await house.clock.until(at(16))
        await sweeper.sweep()
        assert people.planned["bontang", MONDAY] == at(15) + timedelta(hours=24)
        await house.clock.until(at(17))
        await sweeper.sweep()
        assert people.planned["bontang", MONDAY] == at(15) + timedelta(hours=24)
        await house.done(c.OpenDay())
        await sweeper.sweep()
        assert people.planned["bontang", MONDAY] == at(17) + timedelta(hours=24)


async def test_a_day_that_nobody_closes_is_forgotten_all_the_same() -> None:
    people = People()
    async with open_house() as house:
        sweeper = Sweeper(house.shelf, people, house.clock, SETTINGS)
        opened_at = house.shelf.day("bontang").opened_at
        assert opened_at is not None
        house.clock.jump(opened_at + timedelta(days=30))
        await sweeper.sweep()
        assert people.planned["bontang", MONDAY] == opened_at + timedelta(days=7, hours=24)


async def test_what_was_written_for_no_ticket_goes() -> None:
    people = People()
    async with open_house() as house:
        await house.issue(channel=Channel.PHONE, ticket_id="t1")
        await Sweeper(house.shelf, people, house.clock, SETTINGS).sweep()
        assert people.known == {MONDAY: {"t1"}}


async def test_it_sweeps_by_itself_and_goes_on_after_a_failure() -> None:
    people = People(fails=True)
    async with open_house() as house:
        sweeper = Sweeper(house.shelf, people, house.clock, SETTINGS)
        await sweeper.start()
        await house.clock.advance(1)
        assert people.erased_at == []
        people.fails = False
        await house.clock.advance(SETTINGS.sweep_s)
        assert len(people.erased_at) == 1
        await sweeper.stop()
        await house.clock.advance(SETTINGS.sweep_s)
        assert len(people.erased_at) == 1


async def test_a_branch_that_never_opened_has_nothing_to_forget() -> None:
    people = People()
    async with live(plans=[plan()]) as house:
        await Sweeper(house.shelf, people, house.clock, SETTINGS).sweep()
        assert people.planned == {}
        assert people.erased_at == [house.clock.now()]
