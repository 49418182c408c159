"""The measuring itself: its quantiles, its model of the order, its frames, one row for real."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest
from websockets.frames import Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol

from benchmarks import frames
from benchmarks.figures import Row, Spread
from benchmarks.order import wrong_calls
from benchmarks.rows import growth


def test_quantiles_are_values_that_were_measured() -> None:
    spread = Spread.of_seconds([n / 1000 for n in range(1, 101)])
    assert (spread.median, spread.p95, spread.p99, spread.most) == (50, 95, 99, 100)
    assert Spread.of_seconds([0.001]).p99 == 1


def test_a_row_is_met_when_all_its_targets_are() -> None:
    row = Row("something", ["a figure"])
    row.aim(True, "≤ 1")
    before = row.met
    row.aim(False, "≤ 2")
    assert (before, row.met) == (True, False)
    assert row.text() == "something\n  a figure\n  met     ≤ 1\n  MISSED  ≤ 2\n"


def issued(number: str, weight: int = 0) -> dict[str, Any]:
    return {"event": "ticket_issued", "number": number, "weight": weight}


def called(number: str) -> dict[str, Any]:
    return {"event": "ticket_called", "number": number}


LINE = [issued("A-001"), issued("A-002"), *(issued(f"B-00{n}", 1) for n in range(1, 4))]


def test_the_model_accepts_the_interleaved_order() -> None:
    order = ("B-001", "B-002", "A-001", "B-003", "A-002")
    assert wrong_calls([*LINE, *map(called, order)]) == []


def test_the_model_names_whoever_was_called_out_of_turn() -> None:
    order = ("B-001", "B-002", "B-003", "A-001", "A-002")
    assert wrong_calls([*LINE, *map(called, order)]) == ["B-003 was called, A-001 was next"]


@pytest.mark.parametrize("length", [0, 125, 126, 65_535, 65_536])
def test_frames_come_out_as_they_went_in(length: int) -> None:
    payload = bytes(index % 251 for index in range(length))
    buffer = bytearray(frames.frame(frames.TEXT, payload) * 2)
    rest = buffer[-1:]
    del buffer[-1:]
    assert list(frames.taken(buffer)) == [(frames.TEXT, payload)]
    buffer += rest
    assert list(frames.taken(buffer)) == [(frames.TEXT, payload)]
    assert not buffer


def test_a_masked_frame_is_understood_by_a_server() -> None:
    server = ServerProtocol(state=State.OPEN)
    server.receive_data(frames.masked(frames.TEXT, b'{"hello": {}}'))
    [read] = server.events_received()
    assert (getattr(read, "opcode", None), getattr(read, "data", b"")) == (
        Opcode.TEXT,
        b'{"hello": {}}',
    )


async def test_growth_measures_every_command_and_view_in_every_day() -> None:
    small = growth.Growth(served=(1, 2), waiting=(3, 4), rounds=1, at_once=1)
    row = await growth.run(small)
    for name in (*growth.COMMANDS, *growth.VIEWS):
        assert len([line for line in row.lines if line.startswith(f"  {name} ")]) == 2
    for view in growth.VIEWS:
        assert any(line.startswith(f"bytes of {view}: ") for line in row.lines)


@pytest.mark.slow
def test_a_row_is_measured_on_a_real_server() -> None:
    command = [sys.executable, "-P", "-m", "benchmarks", "numbers", "--quick", "--seed", "1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert "0 duplicates, 0 gaps" in done.stdout, done.stderr
    assert re.search(r"^machine  .+\nfsync    .+\nseed     1$", done.stdout, re.MULTILINE)
    assert re.search(r"^\d of 2 targets met, in \d+ s$", done.stdout, re.MULTILINE)
