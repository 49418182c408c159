"""A day whose every ticket is watched, and what its holders were told, in the field's nouns."""

from __future__ import annotations

from typing import Any

from queue_server.domain import events as e
from queue_server.domain.model import BranchDay
from queue_server.notices.telling import folded, standings
from queue_server.people.values.roads import Occasion
from queue_server.store import codec
from tests.domain.day import Day
from tests.notices.outbox import Phones


class Watched:
    """`day` happens; `heard()` is what was told since it was last asked."""

    def __init__(self, **options: Any) -> None:
        self.day = Day(**options)
        self.phones = Phones()
        self._folded = BranchDay(plan=self.day.day.plan, date=self.day.day.date)
        self._taken = 0

    def follow(self, most: int | None = None) -> None:
        """Takes what was committed, at most so many events, as one page."""
        stored = self.day.stored[self._taken :][:most]
        changes = []
        for event in map(codec.decode, stored):
            assert isinstance(event, e.Event)
            changes += folded(self._folded, event, self._folded.tickets)
        self._taken += len(stored)
        changes += standings(self.day.day, self.day.day.tickets, self.day.now)
        self.phones.put(changes)

    @property
    def is_behind(self) -> bool:
        return self._taken < len(self.day.stored)

    def heard(self, *only: Occasion) -> list[str]:
        self.follow()
        told = self.phones.send()
        return [one for one in told if not only or one.split()[1] in only]

    def calls(self) -> list[str]:
        """Without those told to get ready."""
        return self.heard(*(set(Occasion) - {Occasion.READY}))

    def start_again(self, back: int) -> None:
        """After a crash: the last events are heard again, the day refolded from the log."""
        self._taken = max(0, self._taken - back)
        self._folded = BranchDay(plan=self.day.day.plan, date=self.day.day.date)
        for stored in self.day.stored[: self._taken]:
            event = codec.decode(stored)
            assert isinstance(event, e.Event)
            folded(self._folded, event, ())
