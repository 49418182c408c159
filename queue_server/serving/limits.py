"""How often somebody may ask. In memory: a restart forgives.

Owns counting in fixed windows. Never counts by address alone, except as a high ceiling. Must not
know what is asked.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

# Bounds the memory; whoever is pushed out starts a new window.
_COUNTED_MAX: Final = 50_000


class Limits:
    """Counts by key."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._windows: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def wait_s(self, key: str, count_max: int, window_s: float) -> int:
        """Counts one more of this key: 0; or the seconds to wait once the window's count is used
        up.
        """
        return self._count(key, count_max, window_s)

    def wait_once_s(self, key: str, what: str, count_max: int, window_s: float) -> int:
        """As `wait_s`; but what was let through is not counted again when it is repeated."""
        once = f"{key}\x1f{what}"
        if self._windows.get(once, (0.0, 0))[0] > self._monotonic():
            return 0
        wait_s = self._count(key, count_max, window_s)
        if not wait_s:
            self._count(once, 1, window_s)
        return wait_s

    def _count(self, key: str, count_max: int, window_s: float) -> int:
        now = self._monotonic()
        ends, count = self._windows.get(key, (0.0, 0))
        if now >= ends:
            ends, count = now + window_s, 0
        self._windows[key] = (ends, min(count + 1, count_max))
        # Who still tries is not forgotten, however many others come.
        self._windows.move_to_end(key)
        while len(self._windows) > _COUNTED_MAX:
            self._windows.popitem(last=False)
        return 0 if count < count_max else max(1, math.ceil(ends - now))
