"""Judges what pip-audit found out, and compares the vendored files with their checksums.

Not being able to ask is told apart from having asked: many mirrors of the package index hand
packages on, but not what is known about their holes.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
VENDOR: Final = ROOT / "queue_server/look/static/vendor"

WELL: Final = 0
HOLE: Final = 1
NOT_ASKED: Final = 3

_RULE: Final = "!" * 78
_TIMEOUT_S: Final = 300
_NAMED_MAX: Final = 8


def ask(requirements: Path) -> tuple[list[dict[str, Any]], str]:
    """What is known of each locked package; nothing, and why, when there was no answer at all."""
    command = [sys.executable, "-m", "pip_audit", "--progress-spinner", "off", "--format", "json"]
    command += ["--disable-pip", "--require-hashes", "--requirement", str(requirements)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S)
        return json.loads(done.stdout)["dependencies"], ""
    except subprocess.TimeoutExpired:
        return [], f"no answer within {_TIMEOUT_S} s"
    except (ValueError, KeyError, TypeError):
        last = done.stderr.strip().splitlines()[-1:] or ["nothing was said"]
        return [], last[0]


def locked(requirements: Path) -> set[str]:
    """Every package that has to be asked for, as the index spells names."""
    text = requirements.read_text("utf-8")
    return {spelled(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)}


def spelled(name: str) -> str:
    return re.sub(r"[._-]+", "-", name).lower()


def judge(
    found: Sequence[dict[str, Any]], needed: set[str], why: str = ""
) -> tuple[int, list[str]]:
    """The exit status, and what to say."""
    holes = [
        f"{one['name']} {one['version']}: {hole['id']}"
        f" (mended in {', '.join(hole['fix_versions']) or 'no version yet'})"
        for one in found
        for hole in one.get("vulns", ())
    ]
    asked = {spelled(one["name"]) for one in found if "skip_reason" not in one}
    unasked = sorted(needed - asked)
    said = [f"· {len(needed & asked)} of {len(needed)} locked packages asked about"]
    if unasked:
        said += _loudly(unasked, why)
    if holes:
        return HOLE, [*said, "KNOWN HOLES:", *(f"  {one}" for one in holes)]
    if asked:
        said.append("No known hole in what was asked about.")
    return (NOT_ASKED if unasked else WELL), said


def _loudly(unasked: list[str], why: str) -> list[str]:
    """On a machine that runs other systems' packages some are never asked; none at all is usual
    behind a mirror.
    """
    named = ", ".join(unasked[:_NAMED_MAX]) + (", …" if len(unasked) > _NAMED_MAX else "")
    return [
        _RULE,
        f"NOT ASKED about {len(unasked)} packages: {named}",
        f"  {why or 'this package index tells nothing about known holes'}",
        "  Run scripts/audit on a machine that reaches pypi.org before a release.",
        _RULE,
    ]


def changed_files(folder: Path = VENDOR) -> list[str]:
    """Vendored files that are not what their list of checksums says, or stand in none."""
    packages = json.loads((folder / "vendor.json").read_text("utf-8"))
    named = {
        f"{one['folder']}/{name}": sha for one in packages for name, sha in one["files"].items()
    }
    there = {
        f"{path.parent.name}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("*/*")
    }
    return sorted(
        name for name in named.keys() | there.keys() if named.get(name) != there.get(name)
    )


def main(requirements: Path) -> int:
    print(f"· known holes in {requirements.name}", flush=True)
    found, why = ask(requirements)
    status, said = judge(found, locked(requirements), why)
    wrong = changed_files()
    said += [f"CHANGED: {name} is not the file that was vendored" for name in wrong]
    print(*said, sep="\n", flush=True)
    return HOLE if wrong else status


if __name__ == "__main__":
    sys.exit(main(ROOT / sys.argv[1]))
