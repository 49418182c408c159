"""One at a time for one name: a hundred guesses at once would all be the first."""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary


class Lanes:
    """Each name has a lane of its own, as long as somebody is in it."""

    def __init__(self) -> None:
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, name: str) -> asyncio.Lock:
        lane = self._lanes.get(name)
        if lane is None:
            lane = self._lanes[name] = asyncio.Lock()
        return lane
