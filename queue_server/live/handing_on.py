"""What one day hands to the next, and whether a closed day can be shown under a newer plan."""

from __future__ import annotations

from queue_server.domain.model import BranchDay, Learned
from queue_server.domain.plan import BranchPlan
from queue_server.domain.tally import taught_by


def handed_on(day: BranchDay, count_max: int) -> tuple[tuple[str, Learned], ...]:
    """What was learned about each service so far; a capped count lets newer days weigh more."""
    return tuple(
        (letter, Learned(min(taught.count, count_max), taught.mean_min))
        for letter, taught in sorted(taught_by(day).items())
        if taught.count
    )


def fits(plan: BranchPlan, day: BranchDay) -> bool:
    """Does the plan know every service and counter the day speaks of?"""
    letters = {letter for one in day.tickets.values() for letter in (one.letter, one.service)}
    return letters <= plan.services.keys() and day.counters.keys() <= plan.counters.keys()
