"""What the audit of dependencies says; above all, silence is never taken for "all well"."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / "scripts/lib/audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def asked(name: str, *holes: str) -> dict[str, Any]:
    vulns = [{"id": hole, "fix_versions": ["9.9"]} for hole in holes]
    return {"name": name, "version": "1.0", "vulns": vulns}


def unasked(name: str) -> dict[str, Any]:
    return {"name": name, "version": "1.0", "skip_reason": "not found"}


def test_a_known_hole_fails_and_says_what_mends_it(audit: ModuleType) -> None:
    status, said = audit.judge([asked("alpha", "PYSEC-1"), asked("beta")], {"alpha", "beta"})
    assert status == audit.HOLE
    assert "  alpha 1.0: PYSEC-1 (mended in 9.9)" in said


def test_no_hole_in_anything_is_well(audit: ModuleType) -> None:
    status, said = audit.judge([asked("Al_pha"), asked("beta")], {"al-pha", "beta"})
    assert status == audit.WELL
    assert not any("NOT ASKED" in line for line in said)


@pytest.mark.parametrize("found", [[], [asked("alpha")], [asked("alpha"), unasked("beta")]])
def test_a_package_nobody_answered_for_is_said_loudly(
    audit: ModuleType, found: list[dict[str, Any]]
) -> None:
    status, said = audit.judge(found, {"alpha", "beta"})
    assert status == audit.NOT_ASKED
    assert any(line.startswith("NOT ASKED about") and "beta" in line for line in said)
    assert any("No known hole" in line for line in said) == bool(found)


def test_a_hole_fails_also_where_others_could_not_be_asked(audit: ModuleType) -> None:
    status, _ = audit.judge([asked("alpha", "PYSEC-1"), unasked("beta")], {"alpha", "beta"})
    assert status == audit.HOLE


def test_an_answer_that_is_none_is_not_taken_for_one(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever is run instead of the tool says nothing in its language.
    monkeypatch.setattr(sys, "executable", "/bin/echo")
    found, why = audit.ask(ROOT / "requirements.txt")
    assert found == []
    assert why


def test_every_locked_package_is_asked_for(audit: ModuleType) -> None:
    names = audit.locked(ROOT / "requirements.txt")
    assert {"starlette", "argon2-cffi", "webauthn", "cryptography"} <= names


def test_a_vendored_file_that_was_changed_added_or_lost_is_named(
    audit: ModuleType, tmp_path: Path
) -> None:
    assert audit.changed_files() == []
    folder = tmp_path / "vendor"
    shutil.copytree(audit.VENDOR, folder)
    (folder / "font/LICENSE").write_text("changed", encoding="utf-8")
    (folder / "font/more.js").write_text("added", encoding="utf-8")
    (folder / "idiomorph/idiomorph.esm.js").unlink()
    assert audit.changed_files(folder) == [
        "font/LICENSE",
        "font/more.js",
        "idiomorph/idiomorph.esm.js",
    ]
