"""How long a wait, and where one stands: told as a range and a position, never as a promise.

QLm (Ibrahim & Whitt, "Real-time delay estimation in overloaded multiserver queues with
abandonments"): the sum over i = 0..n of 1 / (s·μ + i·θ), with n ahead, s open seats, 1/μ the mean
time at the counter (no-shows included), θ the leaving rate. Never the last or the longest wait:
with people at the door at opening those err by 18 minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from math import ceil, floor, sqrt

from queue_server.domain.calling import order_key, priority_run
from queue_server.domain.line import callable_line
from queue_server.domain.model import BranchDay, CounterState, Learned, Rule, Ticket, TicketState
from queue_server.domain.plan import CounterPlan, OrderPolicy

ENOUGH_LEARNED = 50
"""Services learned before the typical time is believed no longer."""
STEP_MIN = 5
"""Ends of a told range are multiples of this."""
READY_MIN = 3
"""Get ready when the early end of the wait is this near."""

AT_COUNTER = (TicketState.CALLED, TicketState.SERVING)
LEFT_COUNTER = (TicketState.FINISHED, TicketState.MISSED)


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
    """Where a callable ticket stands in its service, who is `ahead` of it there, and its wait."""

    ahead: tuple[Ticket, ...]
    """In the order they would be called."""
    wait: WaitRange | None

    @property
    def position(self) -> int:
        """1 is next."""
        return len(self.ahead) + 1


class _Order:
    """Tickets in the order they would be called, with the minutes at the counter summed up."""

    def __init__(self, tickets: list[Ticket], means: Mapping[str, Learned]) -> None:
        self.tickets = tickets
        self.index = {ticket.number: index for index, ticket in enumerate(tickets)}
        self.minutes_before = [0.0]
        for ticket in tickets:
            self.minutes_before.append(self.minutes_before[-1] + means[ticket.service].mean_min)


class Outlook:
    """Positions and waits of one moment, computed once for everybody who asks."""

    def __init__(self, day: BranchDay, at: datetime) -> None:
        self._day = day
        self._line = callable_line(day)
        self._overtakers = _overtakers(day)
        self._run = priority_run(day)
        self._at = at
        self._means = learned_means(day)
        self._orders: dict[frozenset[str], _Order] = {}
        self._calling: dict[str, list[CounterPlan]] = {}

    def standing(self, ticket: Ticket) -> Standing:
        """Of a callable ticket."""
        own = self._order(frozenset({ticket.service}))
        together = self._order(self._called_together(ticket.service) | {ticket.service})
        ahead = own.tickets[: own.index[ticket.number]]
        wait = self._wait(ticket.service, together, together.index[ticket.number])
        return Standing(tuple(ahead), wait)

    def wait_for_newcomer(self, service: str) -> WaitRange | None:
        """For somebody who took a number of this service now."""
        together = self._order(self._called_together(service) | {service})
        return self._wait(service, together, len(together.tickets))

    def overtakers(self, number: str) -> int:
        """How many with priority were called before a ticket while it had the lower rank."""
        return self._overtakers[number]

    def waiting(self, service: str) -> int:
        """How many callable tickets wait for a service."""
        return len(self._order(frozenset({service})).tickets)

    def _order(self, services: frozenset[str]) -> _Order:
        if services not in self._orders:
            waiting = [ticket for ticket in self._line if ticket.service in services]
            ordered = list(order_of_calls(self._day, waiting, self._at, self._run))
            self._orders[services] = _Order(ordered, self._means)
        return self._orders[services]

    def _called_together(self, service: str) -> frozenset[str]:
        """The services that are called to the open counters which serve this one."""
        return frozenset(
            letter
            for plan in self._counters_calling(service)
            for group in plan.groups
            for letter in group
        )

    def _counters_calling(self, service: str) -> list[CounterPlan]:
        if service not in self._calling:
            self._calling[service] = self._find_counters_calling(service)
        return self._calling[service]

    def _find_counters_calling(self, service: str) -> list[CounterPlan]:
        counters = self._day.counters
        return [
            plan
            for name, plan in self._day.plan.counters.items()
            if plan.serves(service)
            and name in counters
            and counters[name].state is CounterState.OPEN
        ]

    def counters_open(self, service: str) -> int:
        """Open counters that serve a service."""
        return len(self._counters_calling(service))

    def _wait(self, service: str, together: _Order, ahead: int) -> WaitRange | None:
        seats = sum(plan.capacity for plan in self._counters_calling(service))
        if not seats:
            return None
        own = self._means[service]
        mean_min = together.minutes_before[ahead] / ahead if ahead else own.mean_min
        leaving_per_min = self._day.plan.rules.leaving_rate_per_h / 60
        expected = expected_wait_min(ahead, seats, mean_min, leaving_per_min)
        spread = expected / sqrt(ahead + 1)
        return WaitRange(expected - spread, expected + spread, own.count < ENOUGH_LEARNED)


def _overtakers(day: BranchDay) -> Counter[str]:
    by_priority = (
        call.overtook
        for call in day.announcements
        if call.rule is Rule.PRIORITY and not call.withdrawn
    )
    return Counter(chain.from_iterable(by_priority))


def expected_wait_min(ahead: int, seats: int, mean_min: float, leaving_per_min: float) -> float:
    """QLm, in minutes, for `ahead` people before one and `seats` > 0."""
    if mean_min <= 0:
        return 0.0
    served = seats / mean_min
    if not leaving_per_min:
        return (ahead + 1) / served
    return sum(1 / (served + i * leaving_per_min) for i in range(ahead + 1))


def order_of_calls(
    day: BranchDay, tickets: Iterable[Ticket], at: datetime, run: int
) -> Iterator[Ticket]:
    """In which order the branch's policy would call these tickets, were nobody to come."""
    rules = day.plan.rules
    ordinary = [ticket for ticket in tickets if not ticket.weight_now]
    weighted = [ticket for ticket in tickets if ticket.weight_now]
    if not weighted or not ordinary or rules.order_policy is not OrderPolicy.INTERLEAVE:
        yield from _sorted(rules.order_policy, [*ordinary, *weighted], at)
        return
    weighted = _sorted(OrderPolicy.STRICT, weighted, at)
    ordinary = _sorted(OrderPolicy.FIFO, ordinary, at)
    while ordinary and weighted:
        full = run >= rules.priority_run_max
        run = 0 if full else run + 1
        yield (ordinary if full else weighted).pop(0)
    yield from [*ordinary, *weighted]


def _sorted(policy: OrderPolicy, tickets: list[Ticket], at: datetime) -> list[Ticket]:
    return sorted(tickets, key=order_key(policy, at))


def learned_means(day: BranchDay) -> dict[str, Learned]:
    """By service: how many were learned, and their mean minutes at the counter, no-shows included.

    Until enough are learned the branch's typical time stands in.
    """
    return {
        letter: taught if taught.count >= ENOUGH_LEARNED else Learned(taught.count, typical_min)
        for letter, taught in taught_by(day).items()
        for typical_min in (day.plan.services[letter].typical_min,)
    }


def taught_by(day: BranchDay) -> dict[str, Learned]:
    """What this day and those before it taught about each service: what the next day is handed."""
    today: dict[str, list[float]] = {letter: [] for letter in day.plan.services}
    for ticket in day.tickets.values():
        if ticket.state in LEFT_COUNTER and ticket.service in today:
            today[ticket.service].append(minutes_at_counter(ticket))
    return {
        letter: _merged(day.learned.get(letter, Learned(0, 0.0)), minutes)
        for letter, minutes in today.items()
    }


def _merged(earlier: Learned, minutes: list[float]) -> Learned:
    count = earlier.count + len(minutes)
    if not count:
        return earlier
    return Learned(count, (earlier.count * earlier.mean_min + sum(minutes)) / count)


def minutes_at_counter(ticket: Ticket) -> float:
    """Minutes called or being served, over all its visits."""
    total = timedelta()
    for period in ticket.periods:
        if period.kind in AT_COUNTER and period.end is not None:
            total += period.end - period.start
    return total / timedelta(minutes=1)
