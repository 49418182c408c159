"""From the officer's click until the last screen and phone has the call."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass

import msgspec

from benchmarks import limit
from benchmarks.asking import Wanted
from benchmarks.branch import NAME, Branch
from benchmarks.figures import Row, Spread
from benchmarks.line import Line
from benchmarks.server import Server
from benchmarks.watching import Watching

DESK = "1"
TARGET_P95_MS = 100.0
GAP_S = (0.04, 0.12)
"""Between one thing and the next, so that a tick or a heartbeat is not always met alike."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who watches."""

    boards: int
    phones: int

    def __str__(self) -> str:
        shown = f"{self.boards} boards" if self.boards != 1 else "1 board"
        return f"{shown} and {self.phones} phones" if self.phones else shown

    @property
    def sockets(self) -> int:
        return self.boards + self.phones


@dataclass(frozen=True, slots=True)
class Calls:
    """What came of some calls."""

    last_s: tuple[float, ...]
    """For each call: from the click until the last socket had it."""
    answered_s: tuple[float, ...]
    missing: int
    """Sockets a call never came to."""


def hello(token: str) -> str:
    return msgspec.json.encode({"hello": {"token": token, "seq": 0}}).decode()


def board(server: Server) -> Wanted:
    return Wanted(f"/ws/branches/{NAME}/board", hello(server.tokens["display"]))


async def gather(server: Server, watching: Watching, crowd: Crowd, calls: int) -> float:
    """Opens desk and sockets; whoever is called in the measurement stands before the phones.

    Seconds until all sockets were open.
    """
    async with Line(server.port) as line:
        branch = Branch(server, line)
        await branch.open_desk(DESK)
        for _ in range(calls + 1):
            await branch.issue("A")
        secrets = [(await branch.issue("A"))["secret"] for _ in range(crowd.phones)]
    phones = [Wanted("/ws/ticket", hello(secret)) for secret in secrets]
    return await watching.open(server.port, [*[board(server)] * crowd.boards, *phones])


async def call(server: Server, watching: Watching, calls: int, chance: random.Random) -> Calls:
    """Calls and finishes, one person after another, and waits for the screens each time."""
    last_s, answered_s, missing = [], [], 0
    async with Line(server.port) as line:
        branch = Branch(server, line)
        for _ in range(calls):
            answer = await branch.call_next(DESK)
            reached = await watching.reach(answer.json["seq"])
            missing += reached.missing
            last_s.append(reached.at_s[-1] - answer.asked_at_s)
            answered_s.append(answer.took_s)
            await asyncio.sleep(chance.uniform(*GAP_S))
            await branch.finish(DESK, answer.json["number"])
            await asyncio.sleep(chance.uniform(*GAP_S))
    return Calls(tuple(last_s), tuple(answered_s), missing)


async def run(
    server: Server, crowd: Crowd, calls: int, fsync: Spread, chance: random.Random
) -> Row:
    row = Row(f"a call → {crowd}, {calls} calls")
    async with Watching() as watching:
        opened_s = await gather(server, watching, crowd, calls)
        used_s = server.processor_s()
        seen = await call(server, watching, calls, chance)
        push_s = (server.processor_s() - used_s) / (2 * calls)
        shown = await watching.show()
    sizes = [len(view) for view in shown.views]
    size = sum(sizes) // len(sizes)
    bare = await limit.measure(crowd.sockets, size, calls)

    ours, least = Spread.of_seconds(seen.last_s), Spread.of_seconds(bare.last_s)
    row.say(f"{crowd.sockets / opened_s:,.0f} attached a second, with sign-in and first view")
    row.say(f"click → last socket: {ours}")
    row.say(f"click → answer: {Spread.of_seconds(seen.answered_s)}")
    row.say(f"the server's processor: {push_s * 1000:.1f} ms a command with all its screens")
    row.say(f"limits here: bare fan-out of {size:,} bytes {least}; fsync {fsync.median:.2f} ms")
    floor = least.p99 + fsync.p99
    ratio = f"p95 {ours.p95 / (least.p95 + fsync.p95):.1f} ×, p99 {ours.p99 / floor:.1f} ×"
    row.say(f"against fsync + bare fan-out: {ratio}")
    row.aim(seen.missing == 0, f"every call on every socket ({seen.missing} missing)")
    row.aim(ours.p95 <= TARGET_P95_MS, f"p95 ≤ {TARGET_P95_MS:.0f} ms (the peers: 1,300–7,500 ms)")
    row.aim(ours.p99 <= 4 * floor, "p99 ≤ 4 × (fsync + bare fan-out)")
    return row
