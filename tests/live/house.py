"""A small live house for tests: one branch at Bontang, the log in memory, a clock one can be."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from queue_server.domain import commands as c
from queue_server.domain.model import BranchDay, Channel, DayState
from queue_server.domain.plan import BranchPlan, CounterPlan, Hours, Rules, Service
from queue_server.domain.refusals import Refusal
from queue_server.live.day import Done
from queue_server.live.days import Days, PlanCodec
from queue_server.live.extras import Extras, Sources
from queue_server.live.hub import Hub
from queue_server.live.mailbox import Mailbox
from queue_server.live.restored import Restored
from queue_server.live.shelf import Shelf
from queue_server.settings import Settings
from queue_server.store import codec
from queue_server.store.log import RequestMark, Stream
from queue_server.store.memory import MemoryLog
from tests.clocks import FakeClock, turns

MAKASSAR = ZoneInfo("Asia/Makassar")
MONDAY = date(2026, 11, 23)
ALWAYS = {day: Hours(time(8), time(15)) for day in ("mon", "tue", "wed", "thu", "fri")}
SETTINGS = Settings(heartbeat_s=10 * 86_400)
"""Hearts beat once a second all together: too often for tests that let days pass."""


def at(hour: int, minute: int = 0, second: int = 0, *, on: date = MONDAY) -> datetime:
    """A moment at Bontang."""
    return datetime.combine(on, time(hour, minute, second), MAKASSAR).astimezone(UTC)


def plan(
    branch: str = "bontang",
    *,
    zone: str = "Asia/Makassar",
    counters: int = 4,
    hours: dict[str, Hours] | None = None,
    **rules: Any,
) -> BranchPlan:
    """A branch without hours (by hand) where none are given."""
    return BranchPlan(
        branch=branch,
        name="Kantor Cabang Bontang",
        zone=zone,
        services={
            letter: Service(letter, f"Layanan {letter}", f"Service {letter}") for letter in "AB"
        },
        counters={str(n): CounterPlan(str(n), (("A", "B"),)) for n in range(1, counters + 1)},
        rules=Rules(**rules),
        hours=hours or {},
    )


class WatchedLog(MemoryLog):
    """Says how far a stream is durable, without asking it."""

    def durable(self, stream: Stream) -> int:
        return len(self._streams.get(stream, []))


@dataclass
class House:
    """Everything live, started."""

    store: WatchedLog
    clock: FakeClock
    shelf: Shelf
    hub: Hub
    days: Days

    @property
    def day(self) -> BranchDay:
        return self.days.day("bontang")

    def is_open(self) -> bool:
        return self.day.state is DayState.OPEN

    async def do(self, command: c.Command, mark: RequestMark | None = None) -> Done | Refusal:
        return await self.days.do("bontang", command, mark)

    async def done(self, command: c.Command, mark: RequestMark | None = None) -> Done:
        """For what must not be refused."""
        answer = await self.do(command, mark)
        assert isinstance(answer, Done), answer
        return answer

    async def issue(self, service: str = "A", mark: RequestMark | None = None, **more: Any) -> str:
        """A number at the kiosk."""
        issue = c.IssueTicket(service=service, channel=more.pop("channel", Channel.KIOSK), **more)
        number = (await self.done(issue, mark)).number
        assert number is not None
        return number

    async def open_counters(self, *names: str) -> None:
        for name in names:
            await self.done(c.OpenCounter(counter=name))

    async def refused(self, command: c.Command) -> str:
        """The code of a refusal."""
        answer = await self.do(command)
        assert isinstance(answer, Refusal), answer
        return answer.code.value


def key(text: str, body: str = "") -> RequestMark:
    """The mark of a request."""
    return RequestMark(text, body or text)


@asynccontextmanager
async def live(
    store: WatchedLog | None = None,
    clock: FakeClock | None = None,
    *,
    plans: Collection[BranchPlan] = (),
    around_the_clock: Collection[str] = (),
    sources: Sources | None = None,
    settings: Settings = SETTINGS,
    restored: Restored | None = None,
) -> AsyncIterator[House]:
    """A started house; given the store of another, it goes on where that one left it."""
    house = build(
        store or WatchedLog(),
        clock or FakeClock(at(9)),
        around_the_clock,
        sources,
        settings,
        restored,
    )
    for one in plans:
        await house.store.save_plan(one.branch, codec.encode_plan(one))
    await house.hub.start()
    await house.days.start()
    await turns()
    try:
        yield house
    finally:
        await house.days.stop()
        await house.hub.stop()


def build(
    store: WatchedLog,
    clock: FakeClock,
    around_the_clock: Collection[str] = (),
    sources: Sources | None = None,
    settings: Settings = SETTINGS,
    restored: Restored | None = None,
) -> House:
    """A house not yet started."""
    shelf = Shelf()
    hub = Hub(shelf, Extras(sources or Sources()), clock, settings)
    plan_codec = PlanCodec(codec.encode_plan, codec.decode_plan)
    days = Days(store, plan_codec, shelf, hub, clock, settings, around_the_clock, restored)
    return House(store, clock, shelf, hub, days)


@asynccontextmanager
async def open_house(**given: Any) -> AsyncIterator[House]:
    """A branch by hand, its day open since nine."""
    async with live(plans=[plan(**given)]) as house:
        await house.done(c.OpenDay(by="supervisor"))
        yield house


async def next_message(mailbox: Mailbox) -> dict[str, Any]:
    """What the socket would send now."""
    decoded: dict[str, Any] = msgspec.json.decode(await anext(mailbox))
    return decoded
