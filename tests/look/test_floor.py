"""Every script parses in the oldest browser we stand by; what would not is caught here."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from queue_server.look.files import static_folders

PLAIN = {"alive.js"}
"""Runs where modules do not: older still."""
SCRIPTS = sorted(path for folder in static_folders().values() for path in folder.rglob("*.js"))

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="no node here: not parsed")


def would_not_parse(*files: str) -> list[str]:
    command = ["node", str(Path(__file__).with_name("floor.mjs")), *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    wrong: list[str] = json.loads(done.stdout)
    return wrong


def test_every_script_parses_at_the_floor() -> None:
    kinds = ((("script" if one.name in PLAIN else "module"), one) for one in SCRIPTS)
    assert would_not_parse(*(f"{kind}:{path}" for kind, path in kinds)) == []
    assert len(SCRIPTS) > 40


@pytest.mark.parametrize(
    "newer", ["a?.b;", "a ?? b;", "a ||= b;", "1_000;", "try {} catch {}", "class A { #b = 1 }"]
)
def test_what_is_newer_than_the_floor_is_found(newer: str, tmp_path: Path) -> None:
    file = tmp_path / "newer.js"
    file.write_text(newer)
    assert would_not_parse(f"module:{file}")


def test_what_helps_without_modules_uses_nothing_newer_than_es5(tmp_path: Path) -> None:
    file = tmp_path / "newer.js"
    file.write_text("let a = () => 1;")
    assert would_not_parse(f"script:{file}")
