"""Durable commands: over HTTP, and by the owner of a branch day without HTTP, beside plain SQLite.

The commands grant a ticket priority and take it back, so that the day stays as small as a day is.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import chain, cycle
from pathlib import Path

from benchmarks import machine
from benchmarks.branch import BASE, Branch, expect
from benchmarks.figures import Row, Spread
from benchmarks.line import Line
from benchmarks.server import Server
from queue_server.clock import SystemClock
from queue_server.domain import commands as c
from queue_server.domain.model import Channel
from queue_server.live.day import Done
from queue_server.live.days import Days, PlanCodec
from queue_server.live.extras import Extras, Sources
from queue_server.live.hub import Hub
from queue_server.live.shelf import Shelf
from queue_server.manage import demo
from queue_server.settings import Settings
from queue_server.store import codec
from queue_server.store.engines import Database
from queue_server.store.sql import SqlLog

AT_ONCE = 32
PLAIN_COMMITS = 1_000
P99_MS = 5.0
"""The aim for whoever waits for a durable command."""

Command = Callable[[bool], Awaitable[float]]
"""Grants or takes back; seconds it took."""


async def run(server: Server, folder: Path, for_s: float) -> Row:
    row = Row(f"durable commands, {AT_ONCE} at once")
    plain = machine.plain_commits_a_second(folder, PLAIN_COMMITS)
    over_http = await _over_http(server, for_s)
    in_process = await _in_process(folder, for_s)
    plain = max(plain, machine.plain_commits_a_second(folder, PLAIN_COMMITS))

    row.say(f"plain sqlite3, FULL, one row a commit: {plain:,.0f} a second")
    for name, took_s in (("over HTTP", over_http), ("by the day's owner", in_process)):
        a_second = len(took_s) / for_s
        spread = Spread.of_seconds(took_s)
        row.say(f"{name}: {a_second:,.0f} a second ({a_second / plain:.2f} × plain); {spread}")
    owners = Spread.of_seconds(in_process)
    row.aim(len(in_process) / for_s >= 8 * plain, "the day's owner ≥ 8 × plain sqlite3")
    row.aim(owners.p99 <= P99_MS, f"its p99 ≤ {P99_MS:.0f} ms")
    return row


async def _over_http(server: Server, for_s: float) -> list[float]:
    async with Line(server.port) as line:
        branch = Branch(server, line)
        numbers = [(await branch.issue("B"))["number"] for _ in range(AT_ONCE)]
    # No one account may ask as often as all of them together.
    tokens = cycle(server.tokens[who] for who in ("guard", "supervisor", "admin"))

    async def client(number: str) -> list[float]:
        token = next(tokens)
        async with Line(server.port) as line:

            async def command(on: bool) -> float:
                path = f"{BASE}/tickets/{number}/prioritise"
                return expect(await line.post(path, token, {"on": on}), 200).took_s

            return await _again_and_again(command, for_s)

    return list(chain.from_iterable(await asyncio.gather(*map(client, numbers))))


async def _again_and_again(command: Command, for_s: float) -> list[float]:
    took_s: list[float] = []
    ends_s = time.monotonic() + for_s
    while time.monotonic() < ends_s:
        took_s.append(await command(len(took_s) % 2 == 0))
    return took_s


async def _in_process(folder: Path, for_s: float) -> list[float]:
    """The same without HTTP: inbox, rules, fold, log, answer."""
    log = await SqlLog.open(Database.file(folder / "owner.db"))
    shelf, clock, settings = Shelf(), SystemClock(), Settings(data=folder)
    hub = Hub(shelf, Extras(Sources()), clock, settings)
    days = Days(log, PlanCodec(codec.encode_plan, codec.decode_plan), shelf, hub, clock, settings)
    try:
        await days.configure(demo.plan())
        await days.do(demo.BRANCH, c.OpenDay())
        numbers = [await _issued(days, index) for index in range(AT_ONCE)]

        async def caller(number: str) -> list[float]:
            async def command(on: bool) -> float:
                began = time.monotonic()
                answer = await days.do(demo.BRANCH, c.Prioritise(number=number, on=on))
                assert isinstance(answer, Done), answer
                return time.monotonic() - began

            return await _again_and_again(command, for_s)

        return list(chain.from_iterable(await asyncio.gather(*map(caller, numbers))))
    finally:
        await days.stop()
        await log.close()


async def _issued(days: Days, index: int) -> str:
    ticket_id = f"{index:024x}"
    command = c.IssueTicket(
        service="B", channel=Channel.GUARD, ticket_id=ticket_id, proven=True, by="bench"
    )
    answer = await days.do(demo.BRANCH, command)
    assert isinstance(answer, Done), answer
    assert answer.number is not None
    return answer.number
