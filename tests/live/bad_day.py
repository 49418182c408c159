"""A simulated bad day: people, officers and a board around a server that is cut, killed, and fed by
a store that fails. One seed decides everything; time is a test's.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

import msgspec

from queue_server.domain import commands as c
from queue_server.domain.events import TicketCalled, TicketIssued
from queue_server.domain.fold import refold
from queue_server.domain.model import BranchDay, Channel
from queue_server.domain.plan import BranchPlan
from queue_server.domain.refusals import Refusal
from queue_server.live.day import Done
from queue_server.live.outcome import Unavailable
from queue_server.live.topics import BoardTopic
from queue_server.store import codec
from queue_server.store.log import Record, RequestMark, Stream
from queue_server.store.memory import Fault, Faults
from tests.clocks import FakeClock, turns
from tests.live.house import ALWAYS, House, WatchedLog, at, build, plan

BRANCH = "bontang"
FAULTS = (Fault.BEFORE_WRITE, Fault.AFTER_WRITE, Fault.CONFLICT)


@dataclass
class Seen:
    """What the outside world was told."""

    issued: dict[RequestMark, tuple[date, str]] = field(default_factory=dict)
    called: dict[RequestMark, tuple[date, int]] = field(default_factory=dict)
    board_moments: list[tuple[str, int]] = field(default_factory=list)
    announced: set[tuple[str, int]] = field(default_factory=set)
    lost_answers: int = 0
    refused: int = 0
    unavailable: int = 0
    restarts: int = 0
    kills: int = 0

    def __str__(self) -> str:
        return (
            f"{len(self.issued)} numbers, {len(self.called)} calls, {self.restarts} restarts, "
            f"{self.kills} kills, {self.lost_answers} answers lost, {self.unavailable} not given"
        )


class BadDay:
    """The world around one branch."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.clock = FakeClock(at(7, 50))
        self.store = WatchedLog(sleep=self.clock.sleep)
        self.seen = Seen()
        self.house: House
        self._up = asyncio.Event()
        self._asking: set[asyncio.Future[Any]] = set()
        self._requests = 0

    async def play(self, people: int, officers: int) -> None:
        """From before Monday's opening until Tuesday noon."""
        await self.store.save_plan(BRANCH, codec.encode_plan(plan(hours=ALWAYS, counters=officers)))
        await self._boot()
        works: list[Coroutine[Any, Any, None]] = [self._board(), self._gremlin()]
        works += [self._supervisor(plan(hours=ALWAYS, counters=officers + 1))]
        works += [self._officer(str(n)) for n in range(1, officers + 1)]
        works += [self._person(n) for n in range(people)]
        tasks = [asyncio.ensure_future(work) for work in works]
        tuesday = at(12, on=date(2026, 11, 24))
        await self.clock.until(tuesday)
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome
        self.store.faults = Faults(deque())
        if not self._up.is_set():
            await self._boot()
        await self.house.do(c.LapseUnproven())
        await self.house.days.stop()
        await self.house.hub.stop()

    # The server

    async def _boot(self) -> None:
        self.house = build(self.store, self.clock)
        self._watch_publishing()
        await self.house.hub.start()
        await self.house.days.start()
        self._up.set()

    def _watch_publishing(self) -> None:
        """Nothing may be shown that is not in the log."""
        branches = self.house.shelf.branches
        store = self.store

        class Watched(dict):  # type: ignore[type-arg]
            def __setitem__(self, key: Any, shown: Any) -> None:
                stream = Stream(key, shown.day.date)
                assert shown.day.seq <= store.durable(stream), "shown before durable"
                super().__setitem__(key, shown)

        self.house.shelf.branches = Watched(branches)

    async def _restart(self) -> None:
        """A polite end: what was taken in is answered."""
        self._up.clear()
        self.seen.restarts += 1
        await self.house.hub.stop()
        await self.house.days.stop()
        await self._come_back()

    async def _kill(self) -> None:
        """No end at all: tasks are gone in the middle of whatever they did."""
        self._up.clear()
        self.seen.kills += 1
        days = self.house.days
        for asking in self._asking:
            asking.cancel()
        await days._keepers.cancel()
        await days._runners.cancel()
        await self.house.hub.stop()
        await self._come_back()

    async def _come_back(self) -> None:
        self.store.faults.down = False
        await self.clock.sleep(self.random.uniform(1, 60))
        await self._boot()

    # What goes wrong

    async def _gremlin(self) -> None:
        pick = self.random
        evils: list[Callable[[], Awaitable[None]]] = [
            self._restart,
            self._kill,
            self._outage,
            self._faults,
            self._faults,
            self._slow,
            self._slow,
        ]
        while True:
            await self.clock.sleep(pick.expovariate(1 / 500))
            await pick.choice(evils)()

    async def _outage(self) -> None:
        self.store.faults.down = True
        await self.clock.sleep(self.random.uniform(1, 90))
        self.store.faults.down = False

    async def _faults(self) -> None:
        self.store.faults.planned.extend(self.random.choices(FAULTS, k=self.random.randint(1, 4)))

    async def _slow(self) -> None:
        self.store.faults.write_delay_s = self.random.choice((0, 0.002, 0.05, 2))

    # Who asks

    async def ask(self, command: c.Command) -> Done | Refusal:
        """Asks until there is an answer, always the same request; hangs up now and then."""
        self._requests += 1
        mark = RequestMark(f"r{self._requests}", repr(command))
        while True:
            await self._up.wait()
            answer = await self._try(command, mark)
            if answer is None:
                await self.clock.sleep(self.random.uniform(0.01, 5))
                continue
            self._remember(command, mark, answer)
            return answer

    async def _try(self, command: c.Command, mark: RequestMark) -> Done | Refusal | None:
        asking = asyncio.ensure_future(self.house.days.do(BRANCH, command, mark))
        self._asking.add(asking)
        if self.random.random() < 0.1:
            await turns(self.random.randint(0, 8))
            asking.cancel()
        try:
            return await asking
        except Unavailable:
            self.seen.unavailable += 1
            return None
        except asyncio.CancelledError:
            if not asking.cancelled():
                raise
            self.seen.lost_answers += 1
            return None
        finally:
            self._asking.discard(asking)

    def _remember(self, command: c.Command, mark: RequestMark, answer: Done | Refusal) -> None:
        if isinstance(answer, Refusal):
            self.seen.refused += 1
            return
        stream = Stream(BRANCH, answer.date)
        assert answer.seq <= self.store.durable(stream), "answered before durable"
        assert answer.number is not None or not isinstance(command, c.TicketCommand)
        if isinstance(command, c.IssueTicket):
            self.seen.issued[mark] = answer.date, str(answer.number)
        if isinstance(command, c.CallNext):
            self.seen.called[mark] = answer.date, answer.seq

    async def _person(self, n: int) -> None:
        pick = self.random
        late_s = pick.choice((pick.uniform(0, 900), pick.uniform(0, 6 * 3600), 24 * 3600.0))
        await self.clock.sleep(late_s + pick.uniform(0, 900))
        issue = c.IssueTicket(
            service=pick.choice("AAAB"),
            channel=Channel.PHONE,
            ticket_id=f"t{n}",
            browser=f"b{n}",
            weight=int(pick.random() < 0.15),
            proven=pick.random() < 0.9,
        )
        answer = await self.ask(issue)
        while isinstance(answer, Refusal) and answer.code == "intake_closed":
            await self.clock.sleep(300)
            answer = await self.ask(issue)
        if isinstance(answer, Refusal) or answer.number is None:
            return
        number = answer.number
        for _ in range(pick.randint(0, 2)):
            await self.clock.sleep(pick.uniform(60, 3000))
            own = pick.choice((c.Defer, c.Coming, c.Cancel, c.Rejoin, c.ConfirmPresence))
            await self.ask(own(number=number))

    async def _officer(self, counter: str) -> None:
        pick = self.random
        while True:
            await self.clock.sleep(pick.uniform(20, 120))
            called = await self.ask(c.CallNext(counter=counter))
            if isinstance(called, Refusal):
                if called.code == "counter_not_open":
                    await self.ask(c.OpenCounter(counter=counter))
                elif called.code == "counter_full":  # An answer was lost: finish whom one finds.
                    open_tickets = called.fields["open_tickets"]
                    assert isinstance(open_tickets, list)
                    await self.ask(c.Finish(number=open_tickets[0]))
                continue
            assert called.number is not None
            await self.clock.sleep(pick.uniform(10, 600))
            end = pick.choice((c.Finish, c.Finish, c.Finish, c.ReturnTicket, c.Park))
            await self.ask(end(number=called.number))
            if pick.random() < 0.1:
                await self.ask(c.Undo(number=called.number, counter=counter))

    async def _supervisor(self, larger: BranchPlan) -> None:
        """Everything else that can be asked, of anybody, at any time."""
        pick = self.random
        while True:
            await self.clock.sleep(pick.uniform(30, 400))
            numbers = list(self.house.day.tickets) if self._up.is_set() else []
            number, counter = pick.choice(numbers or ["A-001"]), pick.choice("1234")
            ask: c.Command = pick.choice(
                (
                    c.Prioritise(number=number, on=pick.random() < 0.5),
                    c.Transfer(number=number, to_service="B", spot=pick.choice(list(c.Spot))),
                    c.Transfer(number=number, to_counter=counter),
                    c.CallTicket(counter=counter, number=number, reason="urgent"),
                    c.ConfirmPresence(number=number),
                    c.Recall(number=number),
                    c.Skip(number=number, confirm=True),
                    c.Rejoin(number=number),
                    c.Unpark(number=number, counter=counter),
                    c.Cancel(number=number),
                    c.Undo(number=number),
                    c.PauseCounter(counter=counter, reason="prayer"),
                    c.ResumeCounter(counter=counter),
                    c.CloseCounter(counter=counter, return_open=True),
                    c.CloseIntake(),
                    c.OpenIntake(),
                    c.PostNotice(note="n1"),
                    c.ChangeSettings(plan=larger),
                    c.CloseDay(),
                )
            )
            answer = await self.ask(ask)
            if isinstance(ask, c.CloseDay) and isinstance(answer, Done):
                await self.ask(c.OpenDay())

    async def _board(self) -> None:
        """A lobby screen that always reads, and comes back after every cut."""
        while True:
            await self._up.wait()
            async for message in self.house.hub.attach(BoardTopic(BRANCH)):
                decoded = msgspec.json.decode(message)
                view = decoded.get("view")
                if view is None:
                    continue
                moment = view["date"], decoded["seq"]
                self.seen.board_moments.append(moment)
                self.seen.announced |= {(view["date"], call["seq"]) for call in view["calls"]}
            await self.clock.sleep(0.5)

    # What must hold

    async def check(self) -> None:
        """Every promise, against the log itself."""
        streams = await self.store.streams(BRANCH)
        assert [str(one.day) for one in streams] == ["2026-11-23", "2026-11-24"]
        head = ""
        issued: dict[RequestMark, Record] = {}
        called: dict[RequestMark, Record] = {}
        announced: set[tuple[str, int]] = set()
        for stream in streams:
            records = await self.store.read(stream)
            day = refold(record.event for record in records)
            assert day.previous_head == head
            head = records[-1].hash
            self._check_marks_once(records)
            self._check_numbers(day)
            issued |= _marked(records, TicketIssued)
            called |= _marked(records, TicketCalled)
            announced |= {(str(stream.day), one.seq) for one in day.announcements}
        assert self.house.day == day
        told = {mark: number for mark, (_, number) in self.seen.issued.items()}
        logged = {
            mark: record.event.number
            for mark, record in issued.items()
            if isinstance(record.event, TicketIssued)
        }
        assert told.items() <= logged.items(), "a ticket was lost"
        assert len(set(self.seen.issued.values())) == len(told), "a number went to two people"
        assert {mark: seq for mark, (_, seq) in self.seen.called.items()}.items() <= {
            mark: record.seq for mark, record in called.items()
        }.items(), "a call was lost"
        assert self.seen.board_moments == sorted(self.seen.board_moments), "the board went back"
        assert announced <= self.seen.announced, "a call was never shown"

    def _check_marks_once(self, records: Sequence[Record]) -> None:
        marks = [record.mark.request for record in records if record.mark]
        assert len(marks) == len(set(marks)), "one request acted twice"

    def _check_numbers(self, day: BranchDay) -> None:
        for letter, last in day.issued.items():
            numbers = [one.number for one in day.tickets.values() if one.letter == letter]
            assert numbers == [f"{letter}-{n:03d}" for n in range(1, last + 1)], "a gap"


def _marked(records: Sequence[Record], kind: type) -> dict[RequestMark, Record]:
    return {one.mark: one for one in records if one.mark and isinstance(one.event, kind)}
