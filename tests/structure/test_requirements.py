"""The locked requirement files: complete, every file hashed, and free of addresses."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = ("requirements.txt", "requirements-dev.txt", "requirements-setup.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def text_of(file: str) -> str:
    return (ROOT / file).read_text("utf-8")


def locked(file: str) -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text_of(file), re.MULTILINE))


def names(requirements: list[str]) -> set[str]:
    found = (re.match(r"[A-Za-z0-9._-]+", one) for one in requirements)
    return {re.sub(r"[._-]+", "-", match.group()).lower() for match in found if match}


@pytest.mark.parametrize("file", FILES)
def test_every_requirement_has_a_hash(file: str) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", text_of(file))
    bare = [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]
    assert [line for line in bare if not line.startswith("#")] == []


@pytest.mark.parametrize("file", FILES)
def test_no_requirement_file_names_an_address_or_a_place(file: str) -> None:
    assert not re.search(r"://|--index|--extra-index|--find-links|@ ?\.|\s/\w", text_of(file))


def test_what_serving_needs_is_locked() -> None:
    assert names(PROJECT["project"]["dependencies"]) <= names(list(locked("requirements.txt")))


def test_what_developing_needs_is_locked() -> None:
    groups = PROJECT["dependency-groups"]
    needed = names(groups["dev"] + groups["build"])
    assert needed <= names(list(locked("requirements-dev.txt")))


def test_tests_run_with_the_very_versions_that_serve() -> None:
    developing = locked("requirements-dev.txt")
    serving = locked("requirements.txt")
    assert {name: developing.get(name) for name in serving} == serving
