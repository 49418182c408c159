"""What the page says on which somebody chooses their counter.

Pure. Must not know requests or rights.
"""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.web.pages.shown import PlanWords
from queue_server.wire import CounterPlanned, CounterStaffShown, GuardView, PlanView


@dataclass(frozen=True, slots=True)
class DeskChoice:
    """The counters of one branch, for somebody who has to choose one."""

    view: GuardView
    plan: PlanView
    shown: PlanWords
    own: frozenset[str]
    """The counters this person holds."""

    def whose(self, counter: CounterStaffShown) -> str:
        """free, yours, held"""
        if counter.name in self.own:
            return "yours"
        return "free" if counter.holder is None else "held"

    @property
    def has_own(self) -> bool:
        return bool(self.own)

    @property
    def counters(self) -> tuple[tuple[CounterPlanned, CounterStaffShown], ...]:
        """Each counter as planned, and as it stands."""
        return tuple(zip(self.plan.counters, self.view.counters, strict=True))

    @staticmethod
    def letters(counter: CounterPlanned) -> str:
        """The services it serves, first groups first."""
        return ", ".join(dict.fromkeys(letter for group in counter.groups for letter in group))
