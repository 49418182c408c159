"""The ledger of OWASP ASVS: whole, and naming only tests and places that are there."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def asvs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("asvs", ROOT / "scripts/lib/asvs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["asvs"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_nothing_is_wrong_with_the_ledger(asvs: ModuleType) -> None:
    assert asvs.problems(asvs.ledger(), asvs.chapters()) == []


def test_the_standard_is_there_as_a_whole(asvs: ModuleType) -> None:
    levels = [level for chapter in asvs.chapters() for level in chapter.levels.values()]
    assert [len(asvs.chapters()), levels.count(1), levels.count(2)] == [17, 70, 183]


def test_the_page_is_what_the_ledger_says(asvs: ModuleType) -> None:
    assert asvs.PAGE.read_text("utf-8") == asvs.page(asvs.ledger(), asvs.chapters()), (
        "run scripts/asvs"
    )


class TestTheCheckItself:
    def test_notices_a_requirement_left_out_or_twice(self, asvs: ModuleType) -> None:
        first, *others = asvs.ledger()
        assert f"{first.id} is missing" in asvs.problems(others, asvs.chapters())
        twice = asvs.problems([first, first, *others], asvs.chapters())
        assert f"{first.id} stands there 2 times" in twice

    def test_notices_a_requirement_the_standard_does_not_have(self, asvs: ModuleType) -> None:
        first, *others = asvs.ledger()
        made_up = replace(first, id="V1.9.9")
        said = asvs.problems([first, made_up, *others], asvs.chapters())
        assert said == ["V1.9.9 is no requirement of level 2"]

    def test_notices_what_is_claimed_without_ground(self, asvs: ModuleType) -> None:
        first, *others = asvs.ledger()
        for bent, said in (
            (replace(first, where=()), "is passed by nothing"),
            (replace(first, status="open", note=""), "is open and does not say why"),
            (replace(first, status="perhaps", note="so"), "has no such status: perhaps"),
        ):
            assert asvs.problems([bent, *others], asvs.chapters()) == [f"{first.id} {said}"]

    @pytest.mark.parametrize(
        "place",
        [
            "tests/structure/test_asvs.py::test_that_nobody_wrote",
            "tests/structure/test_asvs.py::test_notices_a_requirement_left_out_or_twice",
            "tests/structure/test_asvs.py",
            "docs/security",
            "docs/nothing.md",
        ],
    )
    def test_notices_a_place_that_is_not_there(self, asvs: ModuleType, place: str) -> None:
        first, *others = asvs.ledger()
        bent = replace(first, where=(place,))
        said = asvs.problems([bent, *others], asvs.chapters())
        assert said == [f"{first.id} names {place}, which is not there"]

    def test_says_where_a_test_went(self, asvs: ModuleType) -> None:
        first, *others = asvs.ledger()
        name = "test_nothing_is_wrong_with_the_ledger"
        bent = replace(first, where=(f"tests/structure/test_nothing.py::{name}",))
        said = asvs.problems([bent, *others], asvs.chapters())
        assert said == [
            f"{first.id} names tests/structure/test_nothing.py::{name}, which is not there"
            f" (but tests/structure/test_asvs.py::{name} is)"
        ]

    def test_finds_tests_in_files_and_in_classes(self, asvs: ModuleType) -> None:
        here = "tests/structure/test_asvs.py::"
        assert asvs.exists(f"{here}test_nothing_is_wrong_with_the_ledger")
        assert asvs.exists(f"{here}TestTheCheckItself::test_finds_tests_in_files_and_in_classes")
        assert asvs.exists("docs/security/asvs.toml")
