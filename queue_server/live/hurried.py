"""Who gave numbers faster than anybody presses, and was held back: told to the guard for a while.

In memory, a few a branch: a restart forgives. Must not know the limits.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

_TOLD: Final = timedelta(minutes=5)
"""Until somebody has looked up."""
_NAMES_MAX: Final = 3
"""A branch's few machines; the newest are told."""


class Hurried:
    """By branch, a name and when it was held back last."""

    def __init__(self) -> None:
        self._last: dict[str, dict[str, datetime]] = {}

    def add(self, branch: str, name: str, at: datetime) -> bool:
        """Held back once more; is it news to whoever looks?"""
        is_news = name not in self.names(branch, at)
        names = self._last.setdefault(branch, {})
        names.pop(name, None)
        names[name] = at
        for oldest in list(names)[:-_NAMES_MAX]:
            del names[oldest]
        return is_news

    def names(self, branch: str, at: datetime) -> tuple[str, ...]:
        """Who was held back lately, the newest last."""
        known = self._last.get(branch, {})
        return tuple(name for name, last in known.items() if at - last <= _TOLD)
