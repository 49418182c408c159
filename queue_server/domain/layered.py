"""A mapping that is cheap to copy: copies share what is older than their last few changes.

Keys come in the order in which they were first set, and none is ever taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

RECENT_MAX = 64
"""Changes before they are laid down among the older ones, which takes what the mapping is long."""


class Layered(Mapping[Key, Value]):
    """Like a dict; `copy` takes what lately changed, however much it holds."""

    __slots__ = ("_length", "_older", "_recent")

    def __init__(self) -> None:
        self._older: dict[Key, Value] = {}
        self._recent: dict[Key, Value] = {}
        self._length = 0

    def copy(self) -> Layered[Key, Value]:
        """Another with the same in it; neither sees what is set in the other."""
        other: Layered[Key, Value] = object.__new__(Layered)
        other._older, other._recent = self._older, self._recent.copy()
        other._length = self._length
        return other

    def __setitem__(self, key: Key, value: Value) -> None:
        if key not in self._recent:
            if len(self._recent) >= RECENT_MAX:
                self._older, self._recent = self._older | self._recent, {}
            self._length += key not in self._older
        self._recent[key] = value

    def __getitem__(self, key: Key) -> Value:
        return self._recent[key] if key in self._recent else self._older[key]

    def __contains__(self, key: object) -> bool:
        return key in self._recent or key in self._older

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Key]:
        older = self._older
        return chain(older, (key for key in self._recent if key not in older))

    def __reversed__(self) -> Iterator[Key]:
        older = self._older
        return chain((key for key in reversed(self._recent) if key not in older), reversed(older))

    def __repr__(self) -> str:
        return f"Layered({dict(self)})"
