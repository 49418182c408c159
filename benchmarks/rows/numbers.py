"""Many phones ask for a number of one service at once: every number once, none left out."""

from __future__ import annotations

import asyncio
import time

from benchmarks.branch import Branch
from benchmarks.figures import Row, Spread
from benchmarks.line import Line
from benchmarks.server import Server

CLIENTS = 8
BEST_PEER_A_SECOND = 171
"""The open systems measured before: 12 to 171 numbers a second, up to 217 duplicates in 400."""


async def run(server: Server, tickets: int) -> Row:
    row = Row(f"{tickets} numbers of one service, {CLIENTS} phones at once")
    given: list[str] = []
    took_s: list[float] = []

    async def phone() -> None:
        async with Line(server.port) as line:
            branch = Branch(server, line)
            for _ in range(tickets // CLIENTS):
                began = time.monotonic()
                issued = await branch.issue("A", who=None)
                took_s.append(time.monotonic() - began)
                given.append(issued["number"])

    used_s, began = server.processor_s(), time.monotonic()
    async with asyncio.TaskGroup() as crowd:
        for _ in range(CLIENTS):
            crowd.create_task(phone())
    lasted_s = time.monotonic() - began
    a_second = len(given) / lasted_s

    duplicates = len(given) - len(set(given))
    expected = {f"A-{n:03d}" for n in range(1, len(given) + 1)}
    gaps = len(expected - set(given))
    busy = (server.processor_s() - used_s) / lasted_s
    row.say(f"{a_second:,.0f} numbers a second (peers: 12 to {BEST_PEER_A_SECOND})")
    row.say(f"an answer: {Spread.of_seconds(took_s)}; the server's core {busy:.0%} busy")
    row.say(f"{duplicates} duplicates, {gaps} gaps")
    row.aim(duplicates == 0 and gaps == 0, "0 duplicates and 0 gaps")
    row.aim(a_second >= BEST_PEER_A_SECOND, "no slower than the fastest peer")
    return row
