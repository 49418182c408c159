"""Changing a branch while no server runs: the open day takes it over, as a server would do it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from queue_server.domain.commands import CloseDay, Command, IssueTicket, OpenCounter, OpenDay
from queue_server.domain.decide import decide
from queue_server.domain.events import Event
from queue_server.domain.fold import apply, refold
from queue_server.domain.model import BranchDay, Channel, DayState
from queue_server.domain.plan import BranchPlan
from queue_server.manage.branch_file import plan_from_mapping
from queue_server.manage.reach import reach
from queue_server.manage.sentences import Sorry
from queue_server.office.questions import Configure, Plans
from queue_server.settings import Settings
from queue_server.store import codec
from queue_server.store.folder import open_stores
from queue_server.store.log import Batch, NewEvent, Stream


def plan(**more: object) -> BranchPlan:
    table = {"services": {"A": {}, "B": {}}, "counters": {"1": {}, "2": {}}} | more
    return plan_from_mapping(table, branch="bontang")


async def configure(folder: Path, new: BranchPlan) -> None:
    await reach(Settings(data=folder), Configure(codec.encode_plan(new).decode()))


async def saved(folder: Path) -> BranchPlan:
    answer = await reach(Settings(data=folder), Plans())
    return codec.decode_plan(answer["bontang"].encode())


async def newest_day(folder: Path) -> BranchDay:
    async with await open_stores(folder) as stores:
        stream = (await stores.log.streams("bontang"))[-1]
        return refold(record.event for record in await stores.log.read(stream))


async def live_through(
    folder: Path, at: datetime, *commands: Command, by: BranchPlan | None = None
) -> None:
    """Writes a day of these commands, and the plan it was lived by."""
    by = by or plan()
    await configure(folder, by)
    day = BranchDay(plan=by, date=at.astimezone(by.timezone()).date())
    events: list[Event] = []
    for command in commands:
        decided = decide(day, command, at)
        assert isinstance(decided, tuple), decided
        for event in decided:
            apply(day, event)
        events += decided
    async with await open_stores(folder) as stores:
        new = tuple(NewEvent(event) for event in events)
        await stores.log.append(Batch(Stream("bontang", day.date), 0, new))


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


async def test_an_open_day_takes_the_new_plan_over(folder: Path) -> None:
    await live_through(folder, now(), OpenDay())
    await configure(folder, plan(name="Kantor Bontang"))
    assert (await newest_day(folder)).plan.name == "Kantor Bontang"
    assert (await saved(folder)).name == "Kantor Bontang"


async def test_a_day_that_is_over_keeps_its_own(folder: Path) -> None:
    await live_through(folder, now() - timedelta(days=3), OpenDay(), CloseDay())
    await configure(folder, plan(name="Kantor Bontang"))
    day = await newest_day(folder)
    assert (day.state, day.plan.name) == (DayState.CLOSED, "bontang")
    assert (await saved(folder)).name == "Kantor Bontang"


async def test_a_service_somebody_waits_for_stays(folder: Path) -> None:
    waiting = IssueTicket(service="B", channel=Channel.GUARD, ticket_id="t1")
    await live_through(folder, now(), OpenDay(), OpenCounter(counter="1"), waiting)
    with pytest.raises(Sorry, match="B"):
        await configure(folder, plan(services={"A": {}}))
    assert "B" in (await saved(folder)).services


async def test_this_mornings_day_is_todays_before_utc_midnight_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At half past seven in Bontang it is still Sunday in Greenwich."""
    monday = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    makassar = plan(zone="Asia/Makassar")
    await live_through(folder, monday, OpenDay(), CloseDay(), by=makassar)
    monkeypatch.setattr("queue_server.manage.reach._now", lambda: monday + timedelta(minutes=1))
    await configure(folder, replace(makassar, name="Kantor Bontang"))
    assert (await newest_day(folder)).plan.name == "Kantor Bontang"
