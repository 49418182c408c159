"""How long a wait, and where one stands: told as a range and a position, never as a promise.

QLm (Ibrahim & Whitt, "Real-time delay estimation in overloaded multiserver queues with
abandonments"): the sum over i = 0..n of 1 / (s·μ + i·θ), with n ahead, s open seats, 1/μ the mean
time at the counter (no-shows included), θ the leaving rate. Never the last or the longest wait:
with people at the door at opening those err by 18 minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """Where a callable ticket stands in its service, and its wait."""

    before: int
    """How many of its service would be called before it."""
    line: tuple[int, ...]
    """The weights of everybody in its service's line, in the order they would be called."""
    wait: WaitRange | None

    @property
    def position(self) -> int:
        """1 is next."""
        return self.before + 1


class _Order:
    """Tickets in the order they would be called, with the minutes at the counter summed up."""

    def __init__(self, tickets: list[Ticket], means: Mapping[str, Learned]) -> None:
        self.weights = tuple(ticket.weight_now for ticket in tickets)
        self.index = {ticket.number: index for index, ticket in enumerate(tickets)}
        self.minutes_before = [0.0]
        for ticket in tickets:
            self.minutes_before.append(self.minutes_before[-1] + means[ticket.service].mean_min)


@dataclass(frozen=True, slots=True)
class _Service:
    """What everybody who waits for one service shares."""

    own: _Order
    together: _Order
    """With the other services that are called to the open counters which serve this one."""
    counters: int
    """Open ones that serve it."""
    seats: int
    learned: Learned


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
        self._services: dict[str, _Service] = {}

    def standing(self, ticket: Ticket) -> Standing:
        """Of a callable ticket."""
        service = self._service(ticket.service)
        before = service.own.index[ticket.number]
        wait = self._wait(service, service.together.index[ticket.number])
        return Standing(before, service.own.weights, wait)

    def wait_for_newcomer(self, service: str) -> WaitRange | None:
        """For somebody who took a number of this service now."""
        found = self._service(service)
        return self._wait(found, len(found.together.weights))

    def overtakers(self, number: str) -> int:
        """How many with priority were called before a ticket while it had the lower rank."""
        return self._overtakers[number]

    def waiting(self, service: str) -> int:
        """How many callable tickets wait for a service."""
        return len(self._service(service).own.weights)

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
            own=self._order(frozenset({letter})),
            together=self._order(frozenset({letter, *together})),
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

    def _order(self, services: frozenset[str]) -> _Order:
        if services not in self._orders:
            waiting = [ticket for ticket in self._line if ticket.service in services]
            ordered = list(order_of_calls(self._day, waiting, self._at, self._run))
            self._orders[services] = _Order(ordered, self._means)
        return self._orders[services]

    def _wait(self, service: _Service, ahead: int) -> WaitRange | None:
        if not service.seats:
            return None
        own = service.learned
        mean_min = service.together.minutes_before[ahead] / ahead if ahead else own.mean_min
        leaving_per_min = self._day.plan.rules.leaving_rate_per_h / 60
        expected = expected_wait_min(ahead, service.seats, mean_min, leaving_per_min)
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
    day: BranchDay, tickets: Sequence[Ticket], at: datetime, run: int
) -> Iterable[Ticket]:
    """In which order the branch's policy would call these tickets, were nobody to come.

    `tickets` come in rank order: most lines are in the order of calls already.
    """
    rules = day.plan.rules
    if rules.order_policy is OrderPolicy.AGEING:
        return sorted(tickets, key=order_key(rules.order_policy, at))
    weighted = [ticket for ticket in tickets if ticket.weight_now]
    if not weighted or rules.order_policy is OrderPolicy.FIFO:
        return tickets
    weighted.sort(key=order_key(OrderPolicy.STRICT, at))
    ordinary = [ticket for ticket in tickets if not ticket.weight_now]
    if rules.order_policy is OrderPolicy.STRICT:
        return [*weighted, *ordinary]
    return _interleaved(weighted, ordinary, run, rules.priority_run_max)


def _interleaved(
    weighted: list[Ticket], ordinary: list[Ticket], run: int, run_max: int
) -> Iterator[Ticket]:
    """After so many priority calls in a row past a waiting ordinary ticket, that one."""
    while ordinary and weighted:
        full = run >= run_max
        run = 0 if full else run + 1
        yield (ordinary if full else weighted).pop(0)
    yield from [*ordinary, *weighted]


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
