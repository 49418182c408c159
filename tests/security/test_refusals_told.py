"""Whoever is known and tries what is not theirs leaves a line in the server's log."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import structlog
from websockets.exceptions import ConnectionClosed

from queue_server.web.ends import End
from tests.web.harness import API, BRANCH, Live, World, hello


async def test_a_refused_command_names_who_and_what(world: World) -> None:
    with structlog.testing.capture_logs() as lines:
        assert (await world.post(f"{API}/day/close", "officer1")).status_code == 403
    told = [line for line in lines if line["event"] == "not_allowed"]
    account = await world.site.people.account_named(world.credentials["officer1"]["username"])
    assert account is not None
    assert told == [
        {
            "event": "not_allowed",
            "log_level": "warning",
            "by": account.id,
            "role": "officer",
            "action": "close_day",
            "branch": BRANCH,
        }
    ]


async def test_what_is_allowed_and_what_strangers_try_is_not_told(world: World) -> None:
    """Strangers are counted only: a line each would let anybody fill the disk."""
    with structlog.testing.capture_logs() as lines:
        assert (await world.post(f"{API}/day/close")).status_code == 401
        assert (await world.post(f"{API}/counters/1/open", "officer1")).status_code == 200
    assert not [line for line in lines if line["event"] == "not_allowed"]


async def test_a_refused_socket_is_told_too(folder: Path) -> None:
    server = Live(folder)
    server.log = folder / "said.log"
    with server:
        async with server.socket(f"/ws/branches/{BRANCH}/guard") as socket:
            await socket.send(hello(server.token("display")))
            with pytest.raises(ConnectionClosed) as closed:
                await socket.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == End.NOT_ALLOWED
    told = server.log.read_text("utf-8")
    lines = [json.loads(line) for line in told.splitlines() if '"not_allowed"' in line]
    assert [(line["role"], line["action"]) for line in lines] == [("display", "see_guard")]
