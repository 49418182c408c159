"""How long a wait, and where one stands: told as a range and a position, never as a promise.

QLm (Ibrahim & Whitt, "Real-time delay estimation in overloaded multiserver queues with
abandonments"): the sum over i = 0..n of 1 / (s·μ + i·θ), with n ahead, s open seats, 1/μ the mean
time at the counter (no-shows included), θ the leaving rate. Never the last or the longest wait:
with people at the door at opening those err by 18 minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor, sqrt

from queue_server.domain.model import BranchDay, CounterState, Learned, Ticket
from queue_server.domain.plan import CounterPlan
from queue_server.domain.positions import POLICIES, Before, Positions
from queue_server.domain.tally import overtakers, taught_by

ENOUGH_LEARNED = 50
"""Services learned before the typical time is believed no longer."""
STEP_MIN = 5
"""Ends of a told range are multiples of this."""
READY_MIN = 3
"""Get ready when the early end of the wait is this near."""


@dataclass(frozen=True, slots=True)
class WaitRange:
    """Minutes, before rounding. `rough` while the typical time stands in for a learned one."""

    low: float
    high: float
    rough: bool

    @property
    def told(self) -> tuple[int, int]:
        """The low end floored and the high end raised to five; (0, 5) means "very soon"."""
        low = floor(self.low / STEP_MIN) * STEP_MIN
        return low, max(STEP_MIN, ceil(self.high / STEP_MIN) * STEP_MIN)

    @property
    def nearly_there(self) -> bool:
        """Time to get ready."""
        return self.low <= READY_MIN


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a callable ticket stands in its service, and its wait."""

    before: int
    """How many of its service would be called before it."""
    ahead: tuple[int, ...]
    """The weights of the first of them, in the order they would be called."""
    wait: WaitRange | None

    @property
    def position(self) -> int:
        """1 is next."""
        return self.before + 1


@dataclass(frozen=True, slots=True)
class _Service:
    """What everybody who waits for one service shares."""

    own: Positions
    together: Positions
    """With the other services that are called to the open counters which serve this one."""
    counters: int
    """Open ones that serve it."""
    seats: int
    learned: Learned


class Outlook:
    """Positions and waits of one moment, computed once for everybody who asks."""

    def __init__(self, day: BranchDay, at: datetime) -> None:
        self._day = day
        self._at = at
        self._means = learned_means(day)
        self._positions: dict[frozenset[str], Positions] = {}
        self._services: dict[str, _Service] = {}

    def standing(self, ticket: Ticket) -> Standing:
        """Of a callable ticket."""
        service = self._service(ticket.service)
        before = service.own.before(ticket)
        together = before
        if service.together is not service.own:
            together = service.together.before(ticket)
        ahead = service.own.first_weights[: before.count]
        return Standing(before.count, ahead, self._wait(service, together))

    def wait_for_newcomer(self, service: str) -> WaitRange | None:
        """For somebody who took a number of this service now, without priority."""
        found = self._service(service)
        return self._wait(found, found.together.newcomer)

    def overtakers(self, number: str) -> int:
        """How many with priority were called before a ticket while it had the lower rank."""
        return overtakers(self._day, number)

    def waiting(self, service: str) -> int:
        """How many callable tickets wait for a service."""
        return self._service(service).own.all.count

    def counters_open(self, service: str) -> int:
        """Open counters that serve a service."""
        return self._service(service).counters

    def _service(self, letter: str) -> _Service:
        found = self._services.get(letter)
        if found is None:
            found = self._services[letter] = self._look_at(letter)
        return found

    def _look_at(self, letter: str) -> _Service:
        calling = self._counters_calling(letter)
        together = {other for plan in calling for group in plan.groups for other in group}
        return _Service(
            own=self._positions_in(frozenset({letter})),
            together=self._positions_in(frozenset({letter, *together})),
            counters=len(calling),
            seats=sum(plan.capacity for plan in calling),
            learned=self._means[letter],
        )

    def _counters_calling(self, service: str) -> list[CounterPlan]:
        """The open counters which serve it."""
        counters = self._day.counters
        return [
            plan
            for name, plan in self._day.plan.counters.items()
            if plan.serves(service)
            and name in counters
            and counters[name].state is CounterState.OPEN
        ]

    def _positions_in(self, services: frozenset[str]) -> Positions:
        if services not in self._positions:
            policy = POLICIES[self._day.plan.rules.order_policy]
            self._positions[services] = policy(self._day, services, self._means, self._at)
        return self._positions[services]

    def _wait(self, service: _Service, before: Before) -> WaitRange | None:
        if not service.seats:
            return None
        own = service.learned
        mean_min = before.minutes / before.count if before.count else own.mean_min
        leaving_per_min = self._day.plan.rules.leaving_rate_per_h / 60
        expected = expected_wait_min(before.count, service.seats, mean_min, leaving_per_min)
        spread = expected / sqrt(before.count + 1)
        return WaitRange(expected - spread, expected + spread, own.count < ENOUGH_LEARNED)


def expected_wait_min(ahead: int, seats: int, mean_min: float, leaving_per_min: float) -> float:
    """QLm, in minutes, for `ahead` people before one and `seats` > 0."""
    if mean_min <= 0:
        return 0.0
    served = seats / mean_min
    if not leaving_per_min:
        return (ahead + 1) / served
    return sum(1 / (served + i * leaving_per_min) for i in range(ahead + 1))


def learned_means(day: BranchDay) -> dict[str, Learned]:
    """By service: how many were learned, and their mean minutes at the counter, no-shows included.

    Until enough are learned the branch's typical time stands in.
    """
    return {
        letter: taught if taught.count >= ENOUGH_LEARNED else Learned(taught.count, typical_min)
        for letter, taught in taught_by(day).items()
        for typical_min in (day.plan.services[letter].typical_min,)
    }
