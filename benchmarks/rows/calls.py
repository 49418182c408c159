"""Eight officers call everybody who waits, as fast as they are answered."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter

from benchmarks.branch import DESKS, SERVICES, Branch
from benchmarks.figures import Row, Spread
from benchmarks.line import Line
from benchmarks.order import wrong_calls
from benchmarks.server import Server

BEST_PEER_A_SECOND = 256
"""The open systems measured before: 13 to 256 calls a second; those above 153 call people twice."""
PRIORITY_SHARE = 0.1


async def run(server: Server, tickets: int, chance: random.Random) -> Row:
    row = Row(f"{tickets} people of five services, {len(DESKS)} officers at {len(DESKS)} desks")
    async with Line(server.port) as line:
        branch = Branch(server, line)
        for _ in range(tickets):
            priority = chance.random() < PRIORITY_SHARE
            await branch.issue(chance.choice(SERVICES), priority=priority)
        for desk in DESKS:
            await branch.open_desk(desk)

    called: list[str] = []
    took_s: list[float] = []

    async def officer(desk: str) -> None:
        async with Line(server.port) as line:
            branch = Branch(server, line)
            while True:
                answer = await branch.call_next(desk)
                if answer.status == 409:
                    return
                took_s.append(answer.took_s)
                called.append(answer.json["number"])
                await branch.finish(desk, called[-1])

    began = time.monotonic()
    async with asyncio.TaskGroup() as hall:
        for desk in DESKS:
            hall.create_task(officer(desk))
    a_second = len(called) / (time.monotonic() - began)

    async with Line(server.port) as line:
        events = await Branch(server, line).events()
    twice = sum(times > 1 for times in Counter(called).values())
    skipped, wrong = tickets - len(set(called)), wrong_calls(events)
    row.say(f"{a_second:,.0f} calls a second, each with its finish (peers: 13 to 256)")
    row.say(f"a call's answer: {Spread.of_seconds(took_s)}")
    row.say(f"{twice} called twice, {skipped} skipped, {len(wrong)} out of turn")
    row.aim(not (twice or skipped or wrong), "nobody twice, nobody skipped, in the rules' order")
    row.aim(a_second >= BEST_PEER_A_SECOND, "no slower than the fastest peer")
    return row
