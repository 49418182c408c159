"""`lapak` as somebody runs it, in an empty folder."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from queue_server.__main__ import app

ROOT = Path(__file__).resolve().parents[2]


class Said(NamedTuple):
    """What a command printed."""

    stdout: str
    stderr: str


Lapak = Callable[..., Said]

NEW_BRANCH = (
    *("init", "--branch", "bontang", "--zone", "Asia/Makassar", "--service", "A=JHT:40"),
    *("--counters", "2", "--booth", "9:4", "--hours", "07:30-15:00", "--yes"),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder commands use unless told another."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAPAK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "data"


@pytest.fixture
def lapak(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Lapak:
    """Runs a command to its end within this process: quick, and otherwise the real thing.

    Only its logging is left as it is: it would go on writing to the command's closed stderr when
    other tests of this process log something.
    """
    monkeypatch.setattr("queue_server.serving.logs.begin", lambda: None)
    runner = CliRunner()

    def run(*words: str, typed: str = "", status: int = 0) -> Said:
        done = runner.invoke(app, words, input=typed, prog_name="lapak")
        assert done.exit_code == status, f"{done.output}\n{done.exception!r}"
        return Said(done.stdout, done.stderr)

    return run


@pytest.fixture
def lapak_process(folder: Path) -> Lapak:
    """Runs a command as a process of its own."""

    def run(*words: str, typed: str = "", status: int = 0) -> Said:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "queue_server", *words],
            input=typed,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            timeout=60,
        )
        assert done.returncode == status, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return Said(done.stdout, done.stderr)

    return run


@pytest.fixture
def bontang(lapak: Lapak) -> Lapak:
    """A folder with the branch `bontang`."""
    lapak(*NEW_BRANCH)
    return lapak
