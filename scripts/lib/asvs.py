"""The ledger of OWASP ASVS: reads it, says what is wrong with it, and writes its page.

Knows the files in docs/security and the tree's tests by name; runs none of them.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = ROOT / "docs/security"
PAGE: Final = FOLDER / "asvs.md"

PASSED: Final = "passed"
OPEN: Final = "open"
NOT: Final = "not applicable"
_BARS: Final = {PASSED: "█", OPEN: "▒", NOT: "·"}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of the ledger."""

    id: str
    level: int
    asks: str
    status: str
    where: tuple[str, ...] = ()
    note: str = ""

    @property
    def chapter(self) -> str:
        return self.id.split(".")[0]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the standard: its name, and the numbers that must be there."""

    id: str
    name: str
    count: int
    levels: dict[str, int]
    """Every requirement's level, in the standard's order."""


def chapters() -> list[Chapter]:
    read = tomllib.loads((FOLDER / "asvs-ids.toml").read_text("utf-8"))
    return [
        Chapter(
            chapter,
            said["name"],
            said["count"],
            {f"{chapter}.{one}": level for level in (1, 2) for one in said[f"level_{level}"]},
        )
        for chapter, said in read.items()
    ]


def ledger() -> list[Requirement]:
    read = tomllib.loads((FOLDER / "asvs.toml").read_text("utf-8"))["requirement"]
    return [Requirement(**{**one, "where": tuple(one.get("where", ()))}) for one in read]


def problems(found: Sequence[Requirement], standard: Sequence[Chapter]) -> list[str]:
    """What is wrong with the ledger, a sentence each."""
    return [*_incomplete(found, standard), *(said for one in found for said in _wrong(one))]


def _incomplete(found: Sequence[Requirement], standard: Sequence[Chapter]) -> Iterator[str]:
    wanted = {id_: level for chapter in standard for id_, level in chapter.levels.items()}
    for chapter in standard:
        if len(chapter.levels) != chapter.count:
            yield f"{chapter.id} has {chapter.count} requirements, {len(chapter.levels)} are listed"
    for id_, times in Counter(one.id for one in found).items():
        if times > 1:
            yield f"{id_} stands there {times} times"
    for id_ in wanted.keys() - {one.id for one in found}:
        yield f"{id_} is missing"
    for one in found:
        if wanted.get(one.id) != one.level:
            yield f"{one.id} is no requirement of level {one.level}"


def _wrong(one: Requirement) -> Iterator[str]:
    if one.status not in _BARS:
        yield f"{one.id} has no such status: {one.status}"
    if one.status == PASSED and not one.where:
        yield f"{one.id} is passed by nothing"
    if one.status != PASSED and not one.note:
        yield f"{one.id} is {one.status} and does not say why"
    for place in one.where:
        if not exists(place):
            yield f"{one.id} names {place}, which is not there{_moved_to(place)}"


def _moved_to(place: str) -> str:
    """Where a test of this name stands now."""
    name = place.partition("::")[2]
    files = sorted((ROOT / "tests").rglob("test_*.py")) if name else []
    found = [f"{file.relative_to(ROOT)}::{name}" for file in files if name in _tests(file)]
    return f" (but {', '.join(found)} is)" if found else ""


def exists(place: str) -> bool:
    """Is it a test of the tree (`file::name`), or a file in it?"""
    path, _, name = place.partition("::")
    file = ROOT / path
    if not file.is_file():
        return False
    return name in _tests(file) if name else not path.startswith("tests/")


@cache
def _tests(file: Path) -> frozenset[str]:
    """The tests of a file, those in classes as `Class::name`."""
    tree = ast.parse(file.read_text("utf-8"))
    inside = [(tree, ""), *((n, f"{n.name}::") for n in tree.body if isinstance(n, ast.ClassDef))]
    return frozenset(
        prefix + node.name
        for holder, prefix in inside
        for node in holder.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    )


def page(found: Sequence[Requirement], standard: Sequence[Chapter]) -> str:
    """The ledger as people read it."""
    return "\n".join([*_top(found, standard), *_still_open(found), *_tables(found, standard)])


def _top(found: Sequence[Requirement], standard: Sequence[Chapter]) -> Iterator[str]:
    counts = Counter(one.status for one in found)
    applies = len(found) - counts[NOT]
    tests = {place for one in found for place in one.where if "::" in place}
    yield from (
        "# Where we stand against OWASP ASVS 5.0, level 2",
        "",
        "Written by `scripts/asvs` from [asvs.toml](asvs.toml). A test holds it to that, and every",
        "test and place named there to being there. What each requirement asks is said in our own",
        "words; the standard's are at [OWASP](https://github.com/OWASP/ASVS) (CC BY-SA 4.0). It is",
        "our own judgement: nobody from outside has checked it.",
        "",
        f"**{len(found)} requirements** of levels 1 and 2. {applies} apply here: "
        f"**{counts[PASSED]} passed, {counts[OPEN]} open.** {counts[NOT]} do not apply. "
        f"{len(tests)} tests hold them.",
        "",
        "| chapter | passed | open | not applicable | █ passed, ▒ open, · not applicable |",
        "|---|--:|--:|--:|---|",
    )
    for chapter in standard:
        of = Counter(one.status for one in found if one.chapter == chapter.id)
        bar = "".join(sign * of[status] for status, sign in _BARS.items())
        yield (
            f"| [{chapter.id} {chapter.name}](#{_anchor(chapter)}) | {of[PASSED]} | {of[OPEN]} "
            f"| {of[NOT]} | `{bar}` |"
        )


def _still_open(found: Sequence[Requirement]) -> Iterator[str]:
    yield from (
        "",
        "## What is open",
        "",
        "| | level | asks for | what is missing |",
        "|---|--:|---|---|",
    )
    for one in found:
        if one.status == OPEN:
            yield f"| {one.id} | {one.level} | {one.asks} | {one.note} |"


def _tables(found: Sequence[Requirement], standard: Sequence[Chapter]) -> Iterator[str]:
    by_id = {one.id: one for one in found}
    for chapter in standard:
        yield from ("", f"## {chapter.id} {chapter.name}", "")
        yield from ("| | level | asks for | status | where, or why |", "|---|--:|---|---|---|")
        for id_ in sorted(chapter.levels, key=lambda id_: [int(n) for n in id_[1:].split(".")]):
            one = by_id[id_]
            said = [*(_link(place) for place in one.where), *([one.note] if one.note else [])]
            yield f"| {one.id} | {one.level} | {one.asks} | {one.status} | {'<br>'.join(said)} |"
    yield ""


def _link(place: str) -> str:
    path, _, name = place.partition("::")
    shown = name.split("::")[-1].removeprefix("test_").replace("_", " ") if name else f"`{path}`"
    return f"[{shown}](../../{path})"


def _anchor(chapter: Chapter) -> str:
    return f"{chapter.id} {chapter.name}".lower().replace(" ", "-")


def main(only_check: bool) -> int:
    found, standard = ledger(), chapters()
    wrong = problems(found, standard)
    print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    if wrong:
        return 1
    text = page(found, standard)
    if only_check:
        return 0 if PAGE.is_file() and PAGE.read_text("utf-8") == text else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
