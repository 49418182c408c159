"""`scripts/bench`: measures, prints figures and verdicts, and ends by itself.

The exit status is 0 when every target was met here, else 1; 2 when it could not measure.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import secrets
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import uvloop

from benchmarks import machine
from benchmarks.figures import Row, Spread
from benchmarks.rows import calls, commands, crowd, growth, numbers, push, start
from benchmarks.server import Server

LIMIT_S = 300
FILES_BESIDE_SOCKETS = 200
FSYNCS = 500


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything."""

    tickets: int = 400
    people: int = 200
    calls: int = 50
    crowd: int = 5_000
    crowd_calls: int = 25
    commands_s: float = 4.0
    day: int = 1_500
    growth: growth.Growth = field(default_factory=growth.Growth)


WHOLE = Size()
QUICK = Size(
    calls=25,
    crowd=1_000,
    crowd_calls=10,
    commands_s=2.0,
    growth=growth.Growth(served=(50, 500), waiting=(30, 150), rounds=10),
)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of some rows."""

    folder: Path
    size: Size
    chance: random.Random
    fsync: Spread

    def fresh(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir()
        return folder

    async def numbers(self) -> Row:
        async with Server(self.fresh("numbers")) as server:
            return await numbers.run(server, self.size.tickets)

    async def calls(self) -> Row:
        async with Server(self.fresh("calls")) as server:
            return await calls.run(server, self.size.people, self.chance)

    async def boards(self) -> Row:
        return await self._push("boards", push.Crowd(200, 0))

    async def hall(self) -> Row:
        return await self._push("hall", push.Crowd(100, 100))

    async def phones(self) -> Row:
        return await self._push("phones", push.Crowd(1, 300))

    async def _push(self, name: str, watchers: push.Crowd) -> Row:
        async with Server(self.fresh(name)) as server:
            return await push.run(server, watchers, self.size.calls, self.fsync, self.chance)

    async def crowd(self) -> Row:
        async with Server(self.fresh("crowd")) as server:
            return await crowd.run(server, self.size.crowd, self.size.crowd_calls, self.chance)

    async def commands(self) -> Row:
        folder = self.fresh("commands")
        async with Server(folder) as server:
            return await commands.run(server, folder, self.size.commands_s)

    async def start(self) -> Row:
        return await start.run(self.fresh("start"), self.size.day)

    async def growth(self) -> Row:
        return await growth.run(self.size.growth)


ROWS: dict[str, Callable[[Run], Awaitable[Row]]] = {
    "numbers": Run.numbers,
    "calls": Run.calls,
    "boards": Run.boards,
    "hall": Run.hall,
    "phones": Run.phones,
    "crowd": Run.crowd,
    "commands": Run.commands,
    "start": Run.start,
    "growth": Run.growth,
}


async def measured(run: Run, names: list[str]) -> AsyncIterator[Row]:
    for name in names:
        before = machine.worked()
        row = await ROWS[name](run)
        row.say(f"meanwhile other programs took {machine.others(before):.0%} of the machine")
        yield row


async def main(names: list[str], size: Size, seed: int) -> int:
    began = time.monotonic()
    files = machine.allow_files(size.crowd + FILES_BESIDE_SOCKETS)
    if "crowd" in names and files < size.crowd + FILES_BESIDE_SOCKETS:
        print(f"Only {files} open files are allowed here: ulimit -n", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="lapak-bench-") as folder:
        fsync = machine.fsync(Path(folder), FSYNCS)
        print(f"machine  {machine.describe()}\nfsync    {fsync}\nseed     {seed}\n", flush=True)
        run = Run(Path(folder), size, random.Random(seed), fsync)
        rows = []
        try:
            async with asyncio.timeout(LIMIT_S):
                async for row in measured(run, names):
                    print(row.text(), flush=True)
                    rows.append(row)
        except TimeoutError:
            print(f"Not done within {LIMIT_S} s: this machine has too much else to do.")
            return 2
    missed = sum(not met for row in rows for met, _ in row.verdicts)
    aims = sum(len(row.verdicts) for row in rows)
    print(f"{aims - missed} of {aims} targets met, in {time.monotonic() - began:.0f} s")
    return 1 if missed else 0


def asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)}; else all")
    parser.add_argument("--quick", action="store_true", help="less of everything: a minute")
    parser.add_argument("--seed", type=int, default=None, help="to play the same again")
    given = parser.parse_args(words)
    if unknown := [row for row in given.rows if row not in ROWS]:
        parser.error(f"no such row: {', '.join(unknown)}")
    return given


if __name__ == "__main__":
    machine.need_linux()
    given = asked(sys.argv[1:])
    seed = secrets.randbelow(10_000) if given.seed is None else given.seed
    sys.exit(uvloop.run(main(given.rows or list(ROWS), QUICK if given.quick else WHOLE, seed)))
