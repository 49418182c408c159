"""The front end in small files: a file a component, and modules that find each other anywhere."""

import re
from itertools import combinations
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (
    "queue_server/look/static",
    "queue_server/web/static",
    "display_board/static",
    "kiosk/static",
)
LINES_MAX = 250
MEDIAN_MAX = 120
SAME_LINES_MAX = 7
IMPORT = re.compile(r"""\b(?:import|from)\s*\(?\s*["']([^"']+)["']""")


def ours(suffix: str) -> list[Path]:
    files = [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob(f"*{suffix}"))]
    return [file for file in files if "vendor" not in file.parts]


def lines_of(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("suffix", [".css", ".js"])
def test_files_of_the_front_end_are_short(suffix: str) -> None:
    lengths = {named(file): len(lines_of(file)) for file in ours(suffix)}
    assert {name: length for name, length in lengths.items() if length > LINES_MAX} == {}
    assert median(lengths.values()) < MEDIAN_MAX


@pytest.mark.parametrize("file", ours(".css") + ours(".js"), ids=named)
def test_each_file_says_first_what_it_is(file: Path) -> None:
    assert lines_of(file)[0].startswith(("/* ", "// ")), named(file)


@pytest.mark.parametrize("file", ours(".js"), ids=named)
def test_modules_find_each_other_wherever_they_are_served(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    targets = IMPORT.findall(text)
    assert [target for target in targets if not target.startswith(("./", "../"))] == []
    assert "/static/" not in text


def runs(file: Path) -> set[tuple[str, ...]]:
    """Every run of lines that say something, as long as none may stand twice."""
    said = [line.strip() for line in lines_of(file)]
    said = [line for line in said if len(line) > 2 and not line.startswith("//")]
    return set(zip(*(said[i:] for i in range(SAME_LINES_MAX + 1)), strict=False))


def test_no_two_modules_say_the_same() -> None:
    said = {file: runs(file) for file in ours(".js")}
    twice = [
        f"{named(one)} and {named(other)}: {min(same)[0]}"
        for one, other in combinations(said, 2)
        if (same := said[one] & said[other])
    ]
    assert twice == []
