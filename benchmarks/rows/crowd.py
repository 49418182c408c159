"""Thousands of sockets: what each costs, how fast they come, how late the last one hears of a call,
and what one that never reads does to the others.
"""

from __future__ import annotations

import random

from benchmarks import limit
from benchmarks.figures import Row, Spread
from benchmarks.rows.push import Crowd, board, call, gather
from benchmarks.server import Server
from benchmarks.watching import Watching

PROCESSES = 2
BYTES_A_SOCKET_MAX = 40 * 1024
STALLED = 1
STALLED_BYTES_MAX = 64 * 1024
KIB = 1024


async def run(server: Server, sockets: int, calls: int, chance: random.Random) -> Row:
    row = Row(f"{sockets:,} sockets on one board, {calls} calls")
    async with Watching(PROCESSES) as watching:
        before = server.resident_bytes()
        took_s = await gather(server, watching, Crowd(sockets, 0), 2 * calls)
        opened = server.resident_bytes()
        used_s = server.processor_s()
        alone = await call(server, watching, calls, chance)
        # A call and its finish are pushed both.
        push_s = (server.processor_s() - used_s) / (2 * calls)
        called = server.resident_bytes()
        await watching.open(server.port, [board(server)] * STALLED, stalled=True)
        beside = await call(server, watching, calls, chance)
        stalled_bytes = max(0, server.resident_bytes() - called)
        shown = await watching.show()
    size = len(shown.views[0])
    bare = await limit.measure(sockets, size, calls, PROCESSES)

    ours, least = Spread.of_seconds(alone.last_s), Spread.of_seconds(bare.last_s)
    stuck = Spread.of_seconds(beside.last_s)
    handshakes, a_socket = sockets / took_s, (opened - before) / sockets
    row.say(
        f"{handshakes:,.0f} handshakes a second with sign-in and first view "
        f"(bare {bare.handshakes_a_second:,.0f})"
    )
    row.say(f"{a_socket / KIB:.1f} KiB a socket (bare {bare.bytes_a_socket / KIB:.1f})")
    row.say(f"click → last socket: {ours}")
    row.say(f"bare fan-out of {size:,} bytes: {least}")
    row.say(
        f"against it: median {ours.median / least.median:.2f} ×, p99 {ours.p99 / least.p99:.2f} ×, "
        f"processor {push_s / bare.processor_s:.2f} × "
        f"({push_s / sockets * 1e6:.1f} against {bare.processor_s / sockets * 1e6:.1f} µs a socket)"
    )
    row.say(f"with one that never reads: {stuck}; memory +{stalled_bytes / KIB:,.0f} KiB")
    missing = alone.missing + beside.missing
    row.aim(missing == 0, f"every call on every socket ({missing} missing)")
    row.aim(a_socket <= BYTES_A_SOCKET_MAX, "≤ 40 KiB a socket")
    row.aim(handshakes >= 0.25 * bare.handshakes_a_second, "handshakes ≥ 0.25 × bare")
    row.aim(ours.median <= 1.25 * least.median, "call → all, median ≤ 1.25 × bare fan-out")
    row.aim(ours.p99 <= 1.5 * ours.median, "p99 ≤ 1.5 × median")
    row.aim(stuck.p99 <= 1.5 * ours.p99, "one that never reads: the others' p99 as before")
    return row
