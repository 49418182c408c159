"""A process killed while its follower takes records: all come, none out of order, some twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from queue_server.store.folder import open_stores
from tests.store.examples import BONTANG, batch, issued

RECORDS = 300

FOLLOWS = """
import asyncio, sys
from pathlib import Path
from queue_server.live.following import Following
from queue_server.settings import Settings
from queue_server.store.folder import open_stores
from queue_server.store.log import SERVICE_DAY

class Prints:
    name, kinds, from_now = "prints", (SERVICE_DAY,), False

    def hurries(self, stream):
        return True

    async def handle(self, stream, records):
        for record in records:
            sys.stdout.write(f"{record.seq}\\n")
            sys.stdout.flush()

async def main():
    async with await open_stores(Path(sys.argv[1])) as stores:
        settings = Settings(follow_page_records_max=3, cursors_every_s=0.001)
        following = Following(stores.log, stores.log.cursors, [Prints()], settings)
        await following.start()
        await asyncio.Event().wait()

asyncio.run(main())
"""


def taken_until_killed(folder: Path, target: int) -> list[int]:
    """What it took until it had come as far as this, and what it took before the signal came."""
    process = subprocess.Popen(
        [sys.executable, "-c", FOLLOWS, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    heard: list[int] = []
    while not heard or heard[-1] < target:
        heard.append(int(process.stdout.readline()))
    process.kill()
    heard += [int(line) for line in process.stdout.readlines() if line.endswith("\n")]
    process.wait()
    return heard


@pytest.mark.slow
async def test_what_was_taken_is_never_passed_over(tmp_path: Path) -> None:
    """Each time it is let come further, for how far its cursor was written is a matter of luck."""
    async with await open_stores(tmp_path) as stores:
        await stores.log.append(batch(0, *(issued(n) for n in range(1, RECORDS + 1))))
    reached = 0
    for target in range(40, RECORDS + 1, 40):
        seqs = taken_until_killed(tmp_path, target)
        assert seqs == list(range(seqs[0], seqs[-1] + 1)), "a gap, or out of order"
        assert seqs[0] <= reached + 1, "passed over what nobody had taken"
        reached = max(reached, seqs[-1])
        if reached == RECORDS:
            break
    async with await open_stores(tmp_path) as stores:
        assert await stores.log.cursors.cursor("prints", BONTANG) <= RECORDS
