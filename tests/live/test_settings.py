"""Every setting has a reason, is documented with its default, and is used."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from queue_server.settings import FILE_NAME, Settings

ROOT = Path(__file__).resolve().parents[2]
SOURCE = (ROOT / "queue_server/settings.py").read_text("utf-8")
DOCUMENT = (ROOT / "docs/settings.md").read_text("utf-8")


def documented() -> dict[str, str]:
    """Name → default, as the document tells it."""
    return dict(re.findall(r"^\| `(\w+)` \| (.+?) \| .+ \|$", DOCUMENT, re.MULTILINE))


def as_told(default: object) -> str:
    if default is None:
        return "none"
    return f"{default:g}" if isinstance(default, float) else str(default)


def test_the_document_names_every_setting_with_its_default() -> None:
    defaults = {name: as_told(field.default) for name, field in Settings.model_fields.items()}
    assert documented() == defaults


def test_every_setting_says_why() -> None:
    (settings,) = [node for node in ast.parse(SOURCE).body if isinstance(node, ast.ClassDef)]
    following = zip(settings.body, settings.body[1:], strict=False)
    silent = [
        ast.unparse(one.target)
        for one, after in following
        if isinstance(one, ast.AnnAssign) and not isinstance(after, ast.Expr)
    ]
    assert silent == []


def test_every_setting_is_used() -> None:
    files = [path for path in (ROOT / "queue_server").rglob("*.py") if path.name != "settings.py"]
    text = "\n".join(path.read_text("utf-8") for path in files)
    assert [name for name in Settings.model_fields if not re.search(rf"\b{name}\b", text)] == []


def test_command_line_before_environment_before_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE_NAME).write_text("port = 1\ntick_s = 1\nbatch_length_max = 1\n")
    monkeypatch.setenv("LAPAK_TICK_S", "2")
    monkeypatch.setenv("LAPAK_PORT", "2")
    settings = Settings(data=tmp_path, port=3)
    assert (settings.port, settings.tick_s, settings.batch_length_max) == (3, 2.0, 1)


def test_an_unknown_setting_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("colour = 'green'\n")
    with pytest.raises(ValidationError, match="colour"):
        Settings(data=tmp_path)
