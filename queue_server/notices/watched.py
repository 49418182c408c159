"""Which tickets have a road at all: known in memory, so that a day without any costs nothing.

Must not know what is told to whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from queue_server.people import People
from queue_server.store.log import Stream


class Watched:
    """By day. Read again whenever somebody came or went."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._numbers: dict[Stream, set[str]] = {}

    async def load(self) -> None:
        """As the store knows them now. Raises `StoreUnavailable`."""
        numbers: defaultdict[Stream, set[str]] = defaultdict(set)
        for branch, day, number in await self._people.push_tickets():
            numbers[Stream(branch, day)].add(number)
        self._numbers = dict(numbers)

    def of(self, stream: Stream) -> Collection[str]:
        """The numbers of a day that somebody is told about."""
        return self._numbers.get(stream, ())
