"""A write-ahead log that is lost after a kill: the day waits, and no number comes twice."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import httpx
import pytest

from tests.faults.server import Server

BASE = "/api/v1/branches/bontang"
BEFORE, AFTER = 7, 29


async def give(server: Server, count: int) -> list[str]:
    """Numbers, one after another, without a pause in which they would be moved to the database."""
    async with httpx.AsyncClient(base_url=server.url, timeout=10) as client:
        answers = [
            await client.post(f"{BASE}/tickets", json={"service": "A"}, headers=guard(server))
            for _ in range(count)
        ]
    return [answer.json()["number"] for answer in answers]


def guard(server: Server) -> dict[str, str]:
    return server.bearer("guard")


def remove(log: Path) -> None:
    log.unlink()


def cut(log: Path) -> None:
    os.truncate(log, log.stat().st_size // 2)


async def verify(server: Server) -> tuple[int | None, str]:
    command = ("-P", "-m", "queue_server", "verify", "--data", str(server.data))
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stderr=PIPE)
    _, said = await process.communicate()
    return process.returncode, said.decode()


@pytest.mark.parametrize("lose", [remove, cut])
async def test_a_lost_write_ahead_log(server: Server, lose: object) -> None:
    assert callable(lose)
    await server.start()
    await give(server, BEFORE)
    await server.stop()
    await server.start()
    assert (await give(server, AFTER))[-1] == "A-036"
    await server.kill()
    lose(server.data / "queue.db-wal")
    (server.data / "queue.db-shm").unlink()

    status, said = await verify(server)
    assert status == 1
    assert "DAMAGED  bontang/" in said
    assert "its end was lost" in said

    await server.start()
    assert "its end was lost" in server.log.read_text()
    async with httpx.AsyncClient(base_url=server.url, timeout=10) as client:

        async def number(**body: str) -> httpx.Response:
            return await client.post(f"{BASE}/tickets", json=body, headers=guard(server))

        refused = await number(service="A")
        assert (refused.status_code, refused.json()["code"]) == (409, "day_restored")
        last = {"last": {letter: 36 if letter == "A" else 0 for letter in "ABCDE"}}
        said_last = await client.post(f"{BASE}/day/continue", json=last, headers=guard(server))
        assert said_last.is_success, said_last.text
        assert (await number(service="A")).json()["number"] == "A-037"
    await server.stop()
    assert (await verify(server))[0] == 0


async def test_a_plain_kill_loses_nothing_and_pauses_nobody(server: Server) -> None:
    await server.start()
    await give(server, AFTER)
    await server.kill()
    assert (await verify(server))[0] == 0
    await server.start()
    assert (await give(server, 1)) == [f"A-{AFTER + 1:03d}"]
