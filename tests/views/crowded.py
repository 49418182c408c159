"""A day that holds as much as a day can: thousands served, a crowd in every list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from queue_server.domain import events as e
from queue_server.domain.fold import apply
from queue_server.domain.model import Announced, BranchDay, Channel, Place, Rule, RunEffect
from queue_server.domain.plan import BranchPlan, CounterKind, CounterPlan, Service
from queue_server.views import Scene
from queue_server.wire import JoinShown

MONDAY = date(2026, 11, 23)
OPENED = datetime.combine(MONDAY, time(1), UTC)
STEP = timedelta(milliseconds=123)
BOOTH = "9"


def a_plan(services: str = "ABCDEF", counters: int = 12, seats: int = 6) -> BranchPlan:
    """A branch as large as any we know: its ninth counter is a booth."""
    names = [str(n) for n in range(1, counters + 1)]
    return BranchPlan(
        branch="bontang",
        name="Kantor Cabang Bontang",
        zone="Asia/Makassar",
        services={
            one: Service(
                one, f"Klaim Jaminan Hari Tua {one}", f"Old-age benefit {one}", {"mon": 2000}
            )
            for one in services
        },
        counters={
            name: CounterPlan(name, (tuple(services),), CounterKind.BOOTH, seats)
            if name == BOOTH
            else CounterPlan(name, (tuple(services),))
            for name in names
        },
    )


@dataclass
class Crowd:
    """Writes a day's events down, one after another, as if they had been decided."""

    plan: BranchPlan
    day: BranchDay = field(init=False)
    at: datetime = OPENED
    given: Counter[str] = field(default_factory=Counter)
    orders: int = 0

    def __post_init__(self) -> None:
        self.day = BranchDay(self.plan, MONDAY)
        self.happen(e.DayOpened, plan=self.plan, date=MONDAY)
        for name in self.plan.counters:
            self.happen(e.CounterOpened, counter=name, holder=f"account:{name}")

    def happen(self, event: type[Any], **fields: Any) -> None:
        self.at += STEP
        apply(self.day, event(at=self.at, by="x", **fields))

    def issue(self, *, proven: bool = True, **fields: Any) -> str:
        """A number of each service in turn."""
        letter = list(self.plan.services)[self.given.total() % len(self.plan.services)]
        self.given[letter] += 1
        number = f"{letter}-{self.given[letter]:03d}"
        if proven:
            self.orders += 1
        place = Place((self.orders, 0), self.at) if proven else None
        fields = {"channel": Channel.PHONE, **fields}
        self.happen(
            e.TicketIssued,
            number=number,
            ticket_id=f"t{number}",
            service=letter,
            place=place,
            **fields,
        )
        return number

    def call(self, number: str, counter: str) -> str:
        fields = {"kind": Announced.CALL_NEXT, "rule": Rule.RANK, "run": RunEffect.CLEARS}
        self.happen(e.TicketCalled, number=number, counter=counter, overtook=(), **fields)
        return number

    def called(self, counter: str) -> str:
        """A new number, called at once."""
        return self.call(self.issue(), counter)

    def scene(self) -> Scene:
        """The moment after all that, with a notice and a hall code."""
        return Scene(
            self.day,
            self.at + timedelta(minutes=70),
            notices={"n": "Sistem pusat sedang lambat; mohon bersabar. " * 6},
            join=JoinShown("https://antrean.example/b/bontang?j=" + "x" * 40, "x" * 40, self.at),
            holders={f"account:{name}": f"Petugas Loket {name}" for name in self.plan.counters},
        )


def crowded(plan: BranchPlan, *, waiting: int = 1_500, served: int = 3_000) -> Crowd:
    """Everybody who can be in a hall, and everybody who has been."""
    crowd = Crowd(plan)
    counters = list(plan.counters)
    desks = [name for name in counters if name != BOOTH]
    for n in range(served):
        crowd.happen(e.TicketFinished, number=crowd.called(counters[n % len(counters)]))
    for n in range(80):
        crowd.happen(e.TicketParked, number=crowd.called(counters[n % len(counters)]))
        crowd.happen(e.TicketSkipped, number=crowd.called(counters[n % len(counters)]))
    for _ in range(200):
        crowd.issue(proven=False, wishes_priority=True)
    for n in range(waiting):
        number = crowd.issue(weight=int(n % 5 == 0), wishes_priority=n % 3 == 0)
        if n % 2:
            crowd.happen(e.PersonComing, number=number)
    for counter in (*desks, *[BOOTH] * plan.counters[BOOTH].capacity):
        crowd.happen(e.TicketRecalled, number=crowd.called(counter), counter=counter)
    crowd.happen(e.NoticePosted, note="n")
    return crowd
