"""A process killed in the middle of appending: whatever it had acknowledged is there."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from queue_server.store.folder import open_stores
from queue_server.store.log import Stream
from tests.store.examples import DAY

KILLS = 6

APPENDS = """
import asyncio, sys
from pathlib import Path
from queue_server.store.folder import open_stores
from queue_server.store.log import Stream
from tests.store.examples import DAY, batch, issued

async def one_branch(log, stream):
    seq = len(await log.read(stream))
    while True:
        await log.append(batch(seq, issued(seq + 1, f"request-{seq}"), stream=stream))
        seq += 1
        sys.stdout.write(f"{stream.branch} {seq}\\n")
        sys.stdout.flush()

async def main():
    async with await open_stores(Path(sys.argv[1])) as stores:
        await asyncio.gather(*(one_branch(stores.log, Stream(f"b{n}", DAY)) for n in range(8)))

asyncio.run(main())
"""


def appends_until_killed(folder: Path, after_answers: int) -> Counter[str]:
    """By branch, the last number that the killed process had acknowledged."""
    process = subprocess.Popen(
        [sys.executable, "-c", APPENDS, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    heard = [process.stdout.readline() for _ in range(after_answers)]
    process.kill()
    heard += process.stdout.readlines()
    process.wait()
    last: Counter[str] = Counter()
    for line in heard:
        branch, _, seq = line.partition(" ")
        if line.endswith("\n"):
            last[branch] = max(last[branch], int(seq))
    return last


@pytest.mark.slow
async def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    seed = random.randrange(2**32)
    rng = random.Random(seed)
    for _ in range(KILLS):
        acknowledged = appends_until_killed(tmp_path, rng.randrange(1, 400))
        assert acknowledged, f"nothing was appended (seed {seed})"
        async with await open_stores(tmp_path) as stores:
            for branch, last in acknowledged.items():
                records = await stores.log.read(Stream(branch, DAY))  # Checks order and chain.
                assert last <= len(records) <= last + 1, f"{branch}, seed {seed}"
