"""Both languages say the same things, and everything a page asks for is there."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from queue_server.look import pages
from queue_server.look.words import CATALOGUES, LANGUAGES

SURFACES = sorted({file.stem for file in CATALOGUES.glob("*/*.ftl")})
# `t("id"` in templates and modules, words("id" in Python
ASKED = re.compile(r"""\b(?:t|words|_words)\(\s*["']([a-z][a-z0-9-]*)["']\s*[,)]""")


class Variables(Visitor):
    """The variables one message uses."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - fluent's
        self.names.add(node.id.name)


def messages(language: str, surface: str) -> dict[str, frozenset[str]]:
    path = CATALOGUES / language / f"{surface}.ftl"
    assert path.exists(), f"{path} is missing"
    found: dict[str, frozenset[str]] = {}
    for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
        assert not isinstance(entry, ast.Junk), f"{path.name} ({language}): {entry.content!r}"
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found, f"{entry.id.name} is there twice"
            variables = Variables()
            variables.visit(entry)
            found[entry.id.name] = frozenset(variables.names)
    return found


def sources() -> list[Path]:
    root = Path(pages.__file__).parents[2]
    folders = [root / "queue_server", root / "display_board", root / "kiosk"]
    kinds = ("*.html", "*.js", "*.py")
    files = [file for folder in folders for kind in kinds for file in folder.rglob(kind)]
    return [file for file in files if "vendor" not in file.parts]


@pytest.mark.parametrize("surface", SURFACES)
def test_both_languages_have_the_same_messages_with_the_same_variables(surface: str) -> None:
    indonesian, english = (messages(language, surface) for language in LANGUAGES)
    assert indonesian == english


def test_no_message_stands_in_two_files() -> None:
    ids = [name for surface in SURFACES for name in messages("id", surface)]
    assert sorted(ids) == sorted(set(ids))


def test_every_message_a_page_asks_for_exists() -> None:
    known = {name for surface in SURFACES for name in messages("id", surface)}
    missing = {
        f"{file.name}: {name}"
        for file in sources()
        for name in ASKED.findall(file.read_text(encoding="utf-8"))
        if name not in known
    }
    assert not missing


def test_every_message_is_said_somewhere() -> None:
    """By its whole name, or by how a name begins that is put together: `t("stage-" ~ stage)`."""
    code = "\n".join(file.read_text(encoding="utf-8") for file in sources())
    begun = tuple(re.findall(r"""["'`]([a-z]+-(?:[a-z]+-)*)(?:\{|\$\{|["'`])""", code))
    ends = re.findall(r"""\{\w+\}(-[a-z-]+)["'`]""", code)
    named = set(re.findall(r"(?<![\w-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?![\w-])", code))
    asked = named | {name + end for name in named for end in ends}
    ids = {name for surface in SURFACES for name in messages("id", surface)}
    assert sorted(one for one in ids - asked if not one.startswith(begun)) == []
