"""How old a browser may be: modules are read by Chrome 63 (ES2018, of the end of 2017), what
stands in the page itself by any (ES5). A page whose modules are not understood loads itself again.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from queue_server.look import again
from queue_server.look.files import static_folders

HERE = Path(__file__).parent
MODULES = sorted(
    file
    for folder in static_folders().values()
    for file in folder.rglob("*.js")
    if file.name != "again.js"
)
TOO_NEW = [
    "export const far = 20_000;",
    "export const maybe = (a) => a?.b;",
    "export const or = (a) => a ?? 1;",
    "export function f(a) { a ||= 1; return a; }",
    "try { f(); } catch { g(); }",
    "export const here = import.meta.url;",
    'export const later = () => import("./x.js");',
    "export const all = (lists) => lists.flat();",
    "export const last = (list) => list.at(-1);",
    'export const plain = (text) => text.replaceAll("a", "b");',
    "export const year = /(?<year>[0-9]+)/;",
]

needs_node = pytest.mark.skipif(
    shutil.which("node") is None, reason="no node here: scripts were not read"
)


def newer_than(year: int, kind: str, *files: Path) -> list[str]:
    command = ["node", str(HERE / "floor.cjs"), str(year), kind, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.splitlines()


@needs_node
def test_every_module_is_read_by_a_browser_of_2017() -> None:
    assert len(MODULES) > 20
    assert newer_than(2018, "module", *MODULES) == []


@needs_node
@pytest.mark.parametrize("line", TOO_NEW)
def test_what_came_later_is_found(tmp_path: Path, line: str) -> None:
    file = tmp_path / "new.js"
    file.write_text(line)
    assert len(newer_than(2018, "module", file)) == 1


@needs_node
def test_what_stands_in_the_page_is_read_by_any_browser(tmp_path: Path) -> None:
    file = tmp_path / "again.js"
    file.write_text(again.source())
    assert newer_than(5, "script", file) == []
    assert "//" not in again.source(), "comments stay here"
