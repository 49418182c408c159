"""A start does not wait for what only pushing needs."""

from __future__ import annotations

import subprocess
import sys

from tests.web.harness import World

HEAVY = ("httpx", "cryptography")
ASK = f"import sys, queue_server.app; print([one for one in {HEAVY} if one in sys.modules])"


def test_the_application_loads_no_client_and_no_curves() -> None:
    command = [sys.executable, "-P", "-c", ASK]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


async def test_a_key_that_is_turned_is_another_one(world: World) -> None:
    reaching = world.site.reaching
    before = await reaching.push_key()
    assert await reaching.push_key() == before
    await reaching.turned(b"\x09" * 32)
    assert await reaching.push_key() != before
