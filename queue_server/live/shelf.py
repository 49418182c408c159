"""The newest durable state of every branch: what everybody reads, and only `branch` writes.

A day on the shelf is never mutated: a newer one takes its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from queue_server.domain.model import BranchDay


class Alarm(StrEnum):
    """What somebody of the branch must know."""

    OLD_DAY = "old_day"
    """An earlier day goes on giving its numbers: nobody closed it, and no hour opens the next."""
    DAY_AHEAD = "day_ahead"
    """A clock that ran ahead opened a day that has not come yet."""
    PAUSED = "paused"
    """The day was stopped after a fault: nothing can be done until a restart or the next day."""
    DAY_RESTORED = "day_restored"
    """The day was brought back from a backup: somebody must say the last numbers first."""
    STORE = "store"
    """Nothing can be made durable at the moment."""


@dataclass(frozen=True, slots=True)
class OnShelf:
    """One branch: its day, the day before it, and what is wrong."""

    day: BranchDay
    before: BranchDay | None = None
    alarm: Alarm | None = None


@dataclass(slots=True)
class Shelf:
    """By branch."""

    branches: dict[str, OnShelf] = field(default_factory=dict)

    def day(self, branch: str) -> BranchDay:
        """The branch's newest day. Raises `KeyError`."""
        return self.branches[branch].day

    def day_of(self, branch: str, on: date) -> BranchDay | None:
        """The branch's day of a date, while it is the newest or the one before."""
        shown = self.branches.get(branch)
        if shown is None:
            return None
        if shown.day.date == on:
            return shown.day
        return shown.before if shown.before is not None and shown.before.date == on else None

    def alarm(self, branch: str) -> Alarm | None:
        """What is wrong with the branch. Raises `KeyError`."""
        return self.branches[branch].alarm
