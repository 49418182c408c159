"""Reads a table somebody wrote by hand, key by key; collects every problem, in words.

Knows nothing of branches: `branch_file` says which keys there are.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TypeVar

from queue_server.people.text import clean_line

_JOINERS = re.compile("[\u200c\u200d]")
"""Unseen like control characters, but words of some scripts and many emoji need them."""
WHOLE_MAX = 1_000_000
"""No setting means anything beyond it, and minutes of it still fit a `timedelta`."""

Choice = TypeVar("Choice", bound=StrEnum)


class NotAPlan(Exception):
    """What was written cannot be a branch: `problems` says, thing by thing, what to put right."""

    def __init__(self, problems: Collection[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def kind_of(value: object) -> str:
    """What a value is, in the words of somebody who writes TOML or JSON."""
    if value is None:
        return "nothing (null)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f'the text "{value[:40]}"'
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return f"{value} (a {type(value).__name__})"


class Table:
    """One table of the file: take every key it may have, then `finish` complains about the rest."""

    def __init__(self, given: object, path: str, problems: list[str]) -> None:
        self.path = path
        self.problems = problems
        self.values: dict[str, object] = {}
        self.taken: set[str] = set()
        if isinstance(given, Mapping):
            self.values = {str(key): value for key, value in given.items() if value is not None}
        elif given is not None:
            problems.append(f"{path or 'the file'} must be a table, not {kind_of(given)}")

    def at(self, key: str) -> str:
        """The path of a key, as one would write it in the file."""
        return f"{self.path}.{key}" if self.path else key

    def complain(self, key: str, what: str) -> None:
        self.problems.append(f"{self.at(key)} {what}")

    def has(self, key: str) -> bool:
        return key in self.values

    def take(self, key: str) -> object:
        """The value as it stands; None where it is absent."""
        self.taken.add(key)
        return self.values.get(key)

    def text(self, key: str, default: str, *, length_max: int = 200) -> str:
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, str):
            self.complain(key, f"must be a text, not {kind_of(value)}")
            return default
        if len(value) > length_max or not _JOINERS.sub("", value).isprintable():
            self.complain(key, f"must be one line of at most {length_max} characters")
            return default
        if value and not clean_line(value):
            self.complain(key, "must have a letter, a digit or a sign to be read")
            return default
        return clean_line(value)

    def flag(self, key: str, default: bool) -> bool:
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.complain(key, f"must be true or false, not {kind_of(value)}")
            return default
        return value

    def whole(self, key: str, default: int, *, low: int = 0) -> int:
        value = self.take(key)
        return default if value is None else self.as_whole(key, value, default, low)

    def as_whole(self, key: str, value: object, default: int, low: int = 0) -> int:
        """A whole number from `low` on, else a complaint and the default."""
        if isinstance(value, bool) or not isinstance(value, int):
            self.complain(key, f"must be a whole number, not {kind_of(value)}")
        elif not low <= value <= WHOLE_MAX:
            self.complain(key, f"must be between {low} and {WHOLE_MAX}, not {value}")
        else:
            return value
        return default

    def number(self, key: str, default: float, *, above: float | None = None) -> float:
        """A number that is not negative, or greater than `above`."""
        value = self.take(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.complain(key, f"must be a number, not {kind_of(value)}")
            return default
        if not 0 <= value <= WHOLE_MAX or (above is not None and value <= above):
            least = f"more than {above:g}" if above is not None else "at least 0"
            self.complain(key, f"must be {least} and at most {WHOLE_MAX}, not {value}")
            return default
        return float(value)

    def choice(self, key: str, default: Choice) -> Choice:
        value = self.take(key)
        if value is None:
            return default
        kind = type(default)
        if isinstance(value, str) and value in {member.value for member in kind}:
            return kind(value)
        names = ", ".join(member.value for member in kind)
        self.complain(key, f"must be one of {names}, not {kind_of(value)}")
        return default

    def listing(self, key: str) -> list[object]:
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            self.complain(key, f"must be a list, not {kind_of(value)}")
            return []
        return list(value)

    def table(self, key: str) -> Table:
        return Table(self.take(key), self.at(key), self.problems)

    def finish(self) -> None:
        """Complains about every key nobody took, with the nearest name there is."""
        for key in self.values:
            if key in self.taken:
                continue
            near = difflib.get_close_matches(key, sorted(self.taken), n=1)
            hint = f"; did you mean {self.at(near[0])}?" if near else ""
            self.complain(key, f"is not a setting{hint}")
