"""Static files: where they live, what they hold, and the addresses pages name them by.

An address carries a hash, so that a browser may keep what it got for ever. Modules have it in the
path: what one imports from another then carries it too, and no module is ever loaded twice.
"""

import re
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from queue_server.look.sheets import SHEETS, without_comments

# prefix under /static/ -> package that has a `static` and a `templates` folder
SURFACES: Final = {
    "look": "queue_server.look",
    "web": "queue_server.web",
    "board": "display_board",
    "kiosk": "kiosk",
}
ROOT: Final = "/static/"
HASH_LETTERS: Final = 12  # 48 bits: enough to tell one version of a file from another

# `import … from "x"`, `export … from "x"`, `import "x"`, over several lines too.
_IMPORT: Final = re.compile(
    rb"""^(?:import|export)\s(?:[\w$*{}\s,]*\sfrom\s+)?["']([^"']+)["']""", re.MULTILINE
)

# What a style sheet names, from where it stands: `url("../vendor/font/x.woff2")`.
_NAMED: Final = re.compile(rb"""url\("([^":]+)"\)""")


def package_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"package {package} is not installed")
    return Path(next(iter(spec.submodule_search_locations)))


@cache
def static_folders() -> dict[str, Path]:
    """URL prefix under `/static/` -> folder; a surface without a folder is left out."""
    folders = {name: package_folder(package) / "static" for name, package in SURFACES.items()}
    return {name: folder for name, folder in folders.items() if folder.is_dir()}


@cache
def static_bytes(name: str) -> bytes:
    """The content of `look/socket.js`, or of a sheet's parts; LookupError when there is none."""
    if name in SHEETS:
        return b"".join(_part(part) for part in SHEETS[name])
    prefix, _, rest = name.partition("/")
    folder = static_folders().get(prefix)
    if folder is None:
        raise LookupError(f"no static folder {prefix!r}")
    if {"", ".", ".."} & set(rest.split("/")):
        # Beside what it might reach: a file with endless names would be kept under each of them.
        raise LookupError(f"no plain name {name!r}")
    path = (folder / rest).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise LookupError(f"no static file {name!r}")
    return path.read_bytes()


def _part(name: str) -> bytes:
    """A sheet stands elsewhere than its parts: what they name is named from the root."""

    def named(found: re.Match[bytes]) -> bytes:
        return f'url("{asset(_resolved(found[1].decode(), name))}")'.encode()

    return _NAMED.sub(named, without_comments(static_bytes(name)))


def hash_of(content: bytes) -> str:
    return sha256(content).hexdigest()[:HASH_LETTERS]


@cache
def modules_root() -> str:
    """`/static/v-<hash of everything>/`: where modules, and what they name, are found."""
    files = [file for folder in static_folders().values() for file in sorted(folder.rglob("*"))]
    whole = b"".join(file.read_bytes() for file in files if file.is_file())
    return f"{ROOT}v-{hash_of(whole)}/"


@cache
def asset(name: str) -> str:
    """`look/icons.svg` -> `/static/look/icons.svg?v=<its hash>`; a module has it in the path."""
    content = static_bytes(name)
    if name.endswith(".js"):
        return modules_root() + name
    return f"{ROOT}{name}?v={hash_of(content)}"


def folder(name: str) -> str:
    """`look/clips` -> where a script finds what is in there, kept for ever too."""
    return f"{modules_root()}{name}/"


@cache
def imported_by(name: str) -> tuple[str, ...]:
    """Every module `name` needs, itself not among them: fetched at once, not one after another."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        module = waiting.pop()
        for target in _IMPORT.findall(static_bytes(module)):
            needed = _resolved(target.decode(), module)
            if needed not in found and needed != name:
                found[needed] = None
                waiting.append(needed)
    return tuple(found)


def _resolved(target: str, importer: str) -> str:
    parts = importer.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
