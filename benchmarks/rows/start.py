"""A busy day, then a power cut: how long the refold takes, and until it serves again."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.branch import DESKS, SERVICES, Branch
from benchmarks.figures import Row
from benchmarks.line import Line
from benchmarks.server import Server
from queue_server.domain.model import BranchDay
from queue_server.live.day import DAY
from queue_server.live.kinds import Noted
from queue_server.live.memory import Chapter, continued
from queue_server.live.today import DayChapter
from queue_server.manage import demo
from queue_server.store.engines import Database
from queue_server.store.log import Record
from queue_server.store.sql import SqlLog

REFOLD_MS = 100.0
ANSWERING_S = 1.0
TRIES = 5
STILL_WAITING = 100
"""Of the day's people, when the power goes."""


async def run(folder: Path, tickets: int) -> Row:
    row = Row(f"a day of {tickets:,} tickets, killed and started again")
    async with Server(folder) as server:
        await _live_through(server, tickets)
        await server.kill()
    read_ms, fold_ms, events = await _refold(server.data)
    started_s = []
    for _ in range(TRIES):
        async with Server(folder) as server:
            started_s.append(server.started_in_s)
            await server.kill()
    again_s = sorted(started_s)[len(started_s) // 2]
    row.say(f"{events:,} events: read and checked {read_ms:.0f} ms, folded {fold_ms:.0f} ms")
    row.say(f"answering again after kill -9: {again_s:.2f} s (of {TRIES}: {_listed(started_s)})")
    row.aim(read_ms + fold_ms <= REFOLD_MS, f"refolded in ≤ {REFOLD_MS:.0f} ms")
    row.aim(again_s <= ANSWERING_S, f"answering within {ANSWERING_S:.0f} s")
    return row


def _listed(seconds: Sequence[float]) -> str:
    return ", ".join(f"{one:.2f}" for one in sorted(seconds))


async def _live_through(server: Server, tickets: int) -> None:
    """All of them issued, all but the last called and served, by as many officers as desks."""

    async def officer(desk: str, people: int) -> None:
        async with Line(server.port) as line:
            branch = Branch(server, line)
            await branch.open_desk(desk)
            for index in range(people):
                await branch.issue(SERVICES[index % len(SERVICES)])
                if index < people - STILL_WAITING // len(DESKS):
                    called = (await branch.call_next(desk)).json
                    await branch.finish(desk, called["number"])

    async with asyncio.TaskGroup() as hall:
        for desk in DESKS:
            hall.create_task(officer(desk, tickets // len(DESKS)))


async def _refold(data: Path) -> tuple[float, float, int]:
    """Milliseconds to read and check the day, to fold it (the best of some), and its events."""
    log = SqlLog.reading(Database.file(data / "queue.db"))
    plan = demo.plan()
    try:
        stream = (await log.streams(demo.BRANCH))[-1]
        reads, folds = [], []
        for _ in range(TRIES):
            began = time.perf_counter()
            records = await log.read(stream)
            reads.append(time.perf_counter() - began)
            unopened: DayChapter = Chapter(BranchDay(plan=plan, date=stream.day))
            folds.append(_fold_s(unopened, records))
        return min(reads) * 1000, min(folds) * 1000, len(records)
    finally:
        await log.close()


def _fold_s(unopened: DayChapter, records: Sequence[Record]) -> float:
    events = [Noted(record.event, record.mark) for record in records]
    gc.disable()  # as the server does until it serves
    try:
        began = time.perf_counter()
        continued(DAY, unopened, events)
        return time.perf_counter() - began
    finally:
        gc.enable()
