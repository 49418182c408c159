"""Ways of writing code that open holes, looked for in every source file: none is in use."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("queue_server", "display_board", "kiosk")
SERVING = (
    "asking",
    "domain",
    "live",
    "look",
    "notices",
    "people",
    "serving",
    "store",
    "views",
    "web",
)
"""What runs inside the server; `manage` and `rehearse` are programs beside it."""

_NEVER_CALLED = {"eval", "exec", "compile", "__import__"}
_NEVER_IMPORTED = {"pickle", "marshal", "shelve", "yaml", "xml", "lxml", "telnetlib", "ftplib"}
_CLIENTS = {"httpx", "requests", "urllib.request", "http.client", "aiohttp", "smtplib", "ldap3"}
_WEAK = {"md5", "sha1", "new"}


def python_files(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield file, ast.parse(file.read_text("utf-8"))


def own_modules() -> list[Path]:
    files = [file for room in ROOMS for file in (ROOT / room).rglob("static/**/*.js")]
    return [file for file in files if "vendor" not in file.parts]


def imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{one.name}" for one in node.names}
    return names


def called(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_nothing_is_made_into_code_or_objects_from_text() -> None:
    for file, tree in python_files(*ROOMS):
        assert not {name.split(".")[0] for name in imported(tree)} & _NEVER_IMPORTED, file
        assert not {name for name, _ in called(tree)} & _NEVER_CALLED, file


def test_no_command_goes_through_a_shell() -> None:
    for file, tree in python_files(*ROOMS):
        for name, call in called(tree):
            assert name not in {"os.system", "os.popen", "subprocess.getoutput"}, file
            assert not any(one.arg == "shell" for one in call.keywords), file


def test_sql_is_never_put_together_from_text() -> None:
    for file, tree in python_files(*ROOMS):
        for name, call in called(tree):
            if name in {"sa.text", "sqlalchemy.text"} or name.endswith("exec_driver_sql"):
                assert isinstance(call.args[0], ast.Constant), (file, ast.unparse(call))


def test_the_server_asks_no_other_server() -> None:
    """But push services, from one file, which looks at each address first."""
    files = python_files(*(f"queue_server/{room}" for room in SERVING))
    asking = {str(file.relative_to(ROOT)) for file, tree in files if imported(tree) & _CLIENTS}
    assert asking == {"queue_server/notices/push/road.py"}


def test_hashes_are_of_the_strong_kind_and_secrets_of_the_system() -> None:
    for file, tree in python_files(*(f"queue_server/{room}" for room in SERVING)):
        hashes = {name.split(".")[-1] for name, _ in called(tree) if name.startswith("hashlib.")}
        assert not hashes & _WEAK, file
        if "access" in file.parts or "joining" in file.parts or file.name == "keys.py":
            assert "random" not in imported(tree), file


@pytest.mark.parametrize("file", own_modules(), ids=lambda file: file.name)
def test_scripts_of_pages_make_no_markup_from_text(file: Path) -> None:
    text = file.read_text("utf-8")
    for wrong in (r"\beval\(", r"new Function", r"document\.write", r"insertAdjacentHTML"):
        assert not re.search(wrong, text), wrong
    assert not re.search(r"postMessage|window\.addEventListener\(.message.", text)
    # What is put in as markup comes whole from a page of this server, parsed by the browser.
    for line in text.splitlines():
        if re.search(r"(inner|outer)HTML\s*=", line):
            assert re.search(r"=\s*page\.querySelector\([^)]*\)\.innerHTML;$", line.strip()), line


@pytest.mark.parametrize("file", own_modules(), ids=lambda file: file.name)
def test_scripts_of_pages_merge_no_objects_from_outside(file: Path) -> None:
    """What came as JSON is read by fixed names; a key of its own choosing never names a place."""
    text = file.read_text("utf-8")
    merging = (
        r"Object\.(assign|setPrototypeOf|defineProperty)|__proto__|\.prototype\b|structuredClone"
    )
    assert not re.search(merging, text)
    assert not re.search(r"for\s*\(\s*(const|let|var)\s+\w+\s+in\b", text)


@pytest.mark.parametrize("file", own_modules(), ids=lambda file: file.name)
def test_browsers_keep_no_names_and_no_secrets(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not re.search(r"document\.cookie|indexedDB", text)
    # The phone's worker keeps a ticket's page, without what opens it: tests/e2e/test_installed.py.
    assert file.name == "worker.js" or "caches" not in text
    for stored in re.findall(r"(?:local|session)Storage\.setItem\(([^)]*)", text):
        assert not re.search(r"token|secret|password|code|nik|phone", stored, re.IGNORECASE), stored


def test_files_are_looked_at_at_all() -> None:
    assert len(list(python_files(*ROOMS))) > 100
    assert len(own_modules()) > 15
