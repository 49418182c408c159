"""Reads who imports whom from the source text, and says in sentences what the house forbids.

Knows nothing of the table itself (that is in `test_imports.py`) and never runs what it reads.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

# Standard, but I/O, a clock, chance, or waiting: what the domain is kept free of.
IMPURE = frozenset(
    "asyncio io logging multiprocessing os pathlib random secrets shutil signal socket sqlite3 "
    "subprocess sys tempfile threading time urllib uuid".split()
)
CLOCK_READERS = frozenset({"now", "utcnow", "today"})


@dataclass(frozen=True)
class Module:
    """One source file: its dotted name, its room, and every module it imports with the line."""

    path: str
    name: str
    room: str
    tree: ast.Module
    imports: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class House:
    """All modules below a root, for the rooms of one table."""

    modules: tuple[Module, ...]
    packages: tuple[str, ...]

    def room_of(self, name: str) -> str:
        return room_of(name, self.packages)


def room_of(name: str, packages: tuple[str, ...]) -> str:
    """The room of a dotted name: `queue_server.store.sql` → `store`, `kiosk.agent` → `kiosk`."""
    first, _, rest = name.partition(".")
    if first != packages[0]:
        return first
    return rest.partition(".")[0] or "__init__"


def read_house(root: Path, packages: tuple[str, ...]) -> House:
    """Parses every Python file of the packages; the first package is the one with rooms."""
    files = {
        _dotted(path.relative_to(root)): path
        for package in packages
        for path in sorted((root / package).rglob("*.py"))
    }
    return House(
        tuple(_read(name, path, root, files, packages) for name, path in files.items()), packages
    )


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _read(
    name: str, path: Path, root: Path, files: Mapping[str, Path], packages: tuple[str, ...]
) -> Module:
    tree = ast.parse(path.read_text("utf-8"), filename=str(path))
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    imports = tuple(
        (target, node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt | ast.expr)
        for target in _targets(node, package, files)
    )
    where = path.relative_to(root).as_posix()
    return Module(where, name, room_of(name, packages), tree, imports)


def _targets(node: ast.stmt | ast.expr, package: str, files: Mapping[str, Path]) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            above = package.split(".")
            start = ".".join(above[: len(above) - level + 1]) if level else ""
            base = ".".join(part for part in (start, module) if part)
            for alias in names:
                # `from a.b import c` means the module a.b.c where there is one.
                whole = f"{base}.{alias.name}"
                yield whole if whole in files else base
        case ast.Call(
            func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
            args=[ast.Constant(value=str(target)), *_],
        ):
            yield target


def wrong_imports(house: House, table: Mapping[str, frozenset[str]]) -> list[str]:
    """A sentence for each import that the table does not allow, and for each room not in it."""
    wrong = [
        f"{module.path} is in no room of the house: give `{module.room}` a line in the table."
        for module in house.modules
        if module.room not in table
    ]
    for module in house.modules:
        for target, line in module.imports:
            if not _is_allowed(module.room, target, house, table):
                wrong.append(_sentence(module, target, line, house, table))
    return wrong


def _is_allowed(room: str, target: str, house: House, table: Mapping[str, frozenset[str]]) -> bool:
    first = target.partition(".")[0]
    if first not in house.packages:
        return first != "tests"
    into = house.room_of(target)
    allowed = table.get(room, frozenset())
    # The bare package holds nothing but its docstring; `import queue_server.x` is seen as x.
    if into in {room, "__init__"} or into in allowed or "*" in allowed:
        return True
    inside = target.removeprefix(f"{house.packages[0]}.")
    return any(inside == one or inside.startswith(f"{one}.") for one in allowed)


def _sentence(
    module: Module, target: str, line: int, house: House, table: Mapping[str, frozenset[str]]
) -> str:
    inside = target.removeprefix(f"{house.packages[0]}.")
    allowed = ", ".join(f"`{one}`" for one in sorted(table.get(module.room, ()))) or "nothing"
    return (
        f"{module.path}:{line} imports `{inside}`, "
        f"but `{module.room}` may import {allowed} of the project."
    )


def impurities(house: House, room: str) -> list[str]:
    """A sentence for whatever in this room is not pure: libraries, I/O, clocks, coroutines."""
    found = []
    for module in house.modules:
        if module.room != room:
            continue
        for target, line in module.imports:
            first = target.partition(".")[0]
            if first in house.packages:
                continue
            if first not in sys.stdlib_module_names:
                found.append(f"{module.path}:{line} imports `{first}`, no standard library.")
            elif first in IMPURE:
                found.append(f"{module.path}:{line} imports `{first}`: the rules do no I/O.")
        found += _impure_code(module)
    return found


def _impure_code(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        match node:
            case ast.AsyncFunctionDef(name=name, lineno=line):
                yield f"{module.path}:{line} `{name}` is a coroutine: the rules never wait."
            case ast.Call(func=ast.Attribute(attr=attr), lineno=line) if attr in CLOCK_READERS:
                yield f"{module.path}:{line} asks the clock: time is an argument here."
            case ast.Call(func=ast.Name(id="print" | "open" | "input"), lineno=line):
                yield f"{module.path}:{line} reads or writes: the rules do no I/O."


def cycle_between_rooms(house: House) -> str | None:
    """The first ring of rooms that import one another, as a sentence; or None."""
    edges: dict[str, set[str]] = {}
    for module in house.modules:
        for target, _ in module.imports:
            into = house.room_of(target)
            ours = target.partition(".")[0] in house.packages
            if ours and into not in {module.room, "__init__"}:
                edges.setdefault(module.room, set()).add(into)
    return _said("Rooms import in a ring", _ring(edges))


def cycle_inside_a_room(house: House) -> str | None:
    """The first ring of files that import one another within a room, as a sentence; or None.

    Imports for types alone count: two files that cannot be understood apart are one file.
    """
    room = {module.name: module.room for module in house.modules}
    # A package's face gathers what is behind it: who imports the face means one of its files.
    edges = {
        module.name: {target for target, _ in module.imports if room.get(target) == module.room}
        - {module.name}
        for module in house.modules
    }
    return _said("Files import in a ring", _ring(edges))


def names_used_twice(house: House) -> list[str]:
    """A sentence for each public class name that stands in two files of the house."""
    places: dict[str, list[str]] = {}
    for module in house.modules:
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(f"{module.path}:{node.lineno}")
    return [
        f"`{name}` means one thing, but is a class in {' and '.join(found)}."
        for name, found in sorted(places.items())
        if len(found) > 1
    ]


def _said(what: str, ring: tuple[str, ...] | None) -> str | None:
    return None if ring is None else f"{what}: {' → '.join(ring)}."


def _ring(edges: Mapping[str, set[str]]) -> tuple[str, ...] | None:
    done: set[str] = set()

    def walk(one: str, path: tuple[str, ...]) -> tuple[str, ...] | None:
        if one in path:
            return (*path[path.index(one) :], one)
        if one in done:
            return None
        for into in sorted(edges.get(one, ())):
            if ring := walk(into, (*path, one)):
                return ring
        done.add(one)
        return None

    for start in sorted(edges):
        if ring := walk(start, ()):
            return ring
    return None
