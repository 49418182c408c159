"""What a day keeps as it is folded, so that nobody need walk over all its tickets and calls.

Nothing here is a truth of its own: all of it follows from the tickets and announcements, and the
tests hold it against the slow way. Only `fold.keeping` changes it. Must not know what a ticket is:
an entry ends with a number, and begins with what it is ordered by.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from queue_server.domain.ordered import Ordered

Rank = tuple[int, int]
"""Where a ticket stands in the line."""
Issued = tuple[int, str]
"""Which of the day's tickets it was, its number."""
Lane = tuple[str | None, str, int]
"""The callable who are alike to the rules: the counter they are tied to, service, weight now."""


@dataclass(frozen=True, slots=True)
class Learning:
    """Whoever left a counter today: how many, and how long they were there together."""

    count: int = 0
    spent: timedelta = timedelta()


@dataclass(slots=True)
class Kept:
    """Groups of tickets and of calls. A group without anybody is none."""

    standing: dict[str, Ordered[Issued]] = field(default_factory=dict)
    """By state, and those whose presence is unproven apart; in order of issue."""
    unseen: dict[str, Ordered[Issued]] = field(default_factory=dict)
    """Whose presence is unproven, by the service they are for; in order of issue."""
    by_rank: dict[Lane, Ordered[tuple[Rank, str]]] = field(default_factory=dict)
    by_since: dict[Lane, Ordered[tuple[datetime, Rank, str]]] = field(default_factory=dict)
    finished: dict[str, Ordered[tuple[datetime, int, str]]] = field(default_factory=dict)
    """By the counter where they were; in order of leaving, of two at once the one issued later."""
    undoable: dict[str, Ordered[tuple[datetime, int, str]]] = field(default_factory=dict)
    """By the counter that did it; in order of doing."""
    tied: dict[str, Ordered[Issued]] = field(default_factory=dict)
    """By counter, in whatever state they are."""
    tied_before: dict[str, Ordered[Issued]] = field(default_factory=dict)
    """By the counter an undo would tie them to again."""
    learned: dict[str, Learning] = field(default_factory=dict)
    """By service."""
    runs: dict[str, Ordered[int]] = field(default_factory=dict)
    """By effect on the run of priority calls: the `seq` of calls from the line that stand."""
    turns: dict[str, Ordered[tuple[int, str]]] = field(default_factory=dict)
    """By counter: `seq` and rule of each `call_next` that stands."""
    overtaken: Counter[str] = field(default_factory=Counter)
    """By number: how often somebody with priority was called before it. Replaced, never changed."""

    def copy(self) -> Kept:
        """A copy to fold on: groups copied, their rows shared."""
        return Kept(
            standing=self.standing.copy(),
            unseen=self.unseen.copy(),
            by_rank=self.by_rank.copy(),
            by_since=self.by_since.copy(),
            finished=self.finished.copy(),
            undoable=self.undoable.copy(),
            tied=self.tied.copy(),
            tied_before=self.tied_before.copy(),
            learned=self.learned.copy(),
            runs=self.runs.copy(),
            turns=self.turns.copy(),
            overtaken=self.overtaken,
        )
