"""In which order the branch's policy would call whoever waits for some services, were nobody to
come; and how many, with how many minutes at the counter, would be called before somebody.

Nobody is counted one by one: what is before a ticket follows from its index in the rows it is in.
Ageing alone depends on everybody's time, and is put in order once a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import accumulate, chain, islice, repeat
from typing import Any

from queue_server.domain.line import callable_line
from queue_server.domain.model import BranchDay, Learned, Ticket
from queue_server.domain.order import order_key
from queue_server.domain.ordered import Ordered
from queue_server.domain.plan import OrderPolicy
from queue_server.domain.tally import priority_run

FIRST_MOST = 12
"""Of the first so many the weights are told."""


@dataclass(frozen=True, slots=True)
class Before:
    """How many are called before one, and the minutes they take."""

    count: int = 0
    minutes: float = 0.0

    def __add__(self, other: Before) -> Before:
        return Before(self.count + other.count, self.minutes + other.minutes)


@dataclass(frozen=True, slots=True)
class _Row:
    """Those of one service and weight, by rank."""

    weight: int
    mean_min: float
    row: Ordered[tuple[tuple[int, int], str]]

    def all(self) -> Before:
        return Before(len(self.row), len(self.row) * self.mean_min)

    def before(self, ticket: Ticket) -> Before:
        """Those with a lower rank than a ticket."""
        count = self.row.before((ticket.rank,))
        return Before(count, count * self.mean_min)


class Positions:
    """Of whoever waits for some services, at one moment: in order of rank, whatever their weight
    (`fifo`).
    """

    def __init__(
        self,
        day: BranchDay,
        services: frozenset[str],
        means: Mapping[str, Learned],
        at: datetime,
    ) -> None:
        self._day, self._services, self._means, self._at = day, services, means, at
        self._rows = [
            _Row(lane[2], means[lane[1]].mean_min, row)
            for lane, row in day.kept.by_rank.items()
            if lane[1] in services
        ]

    @cached_property
    def all(self) -> Before:
        """All of them."""
        return _sum(row.all() for row in self._rows)

    @property
    def newcomer(self) -> Before:
        """Before somebody who came now, without priority."""
        return self.all

    def before(self, ticket: Ticket) -> Before:
        """Before one of them."""
        return _sum(row.before(ticket) for row in self._rows)

    @cached_property
    def first_weights(self) -> tuple[int, ...]:
        """Of the first `FIRST_MOST`."""
        return self._weights(FIRST_MOST)

    def _weights(self, most: int) -> tuple[int, ...]:
        firsts = ((entry, row.weight) for row in self._rows for entry in islice(row.row, most))
        return tuple(weight for _, weight in sorted(firsts)[:most])


class _ByWeight(Positions):
    """Higher weights first (`strict`)."""

    def before(self, ticket: Ticket) -> Before:
        mine = ticket.weight_now
        return _sum(
            row.all() if row.weight > mine else row.before(ticket)
            for row in self._rows
            if row.weight >= mine
        )

    def _weights(self, most: int) -> tuple[int, ...]:
        return tuple(islice(_heaviest_first(self._rows), most))


class _Interleaved(_ByWeight):
    """After so many priority calls in a row past a waiting ordinary ticket, that one."""

    def before(self, ticket: Ticket) -> Before:
        if ticket.weight_now:
            weighted = super().before(ticket)
            return weighted + self._ordinary.first(self._let_in(weighted.count))
        return self._with_passing(_sum(row.before(ticket) for row in self._ordinary.rows))

    @cached_property
    def newcomer(self) -> Before:
        return self._with_passing(_sum(row.all() for row in self._ordinary.rows))

    def _with_passing(self, ordinary: Before) -> Before:
        """Before an ordinary ticket with so many ordinary ones before it: those of priority too."""
        return ordinary + self._weighted.first(self._passing(ordinary.count))

    def _weights(self, most: int) -> tuple[int, ...]:
        weighted = list(islice(_heaviest_first(self._weighted.rows), most))
        ordinary = list(islice(_heaviest_first(self._ordinary.rows), most))
        found: list[int] = []
        while len(found) < most and (weighted or ordinary):
            lets_in = ordinary and self._passing(found.count(0)) <= len(found) - found.count(0)
            found.append((ordinary if lets_in or not weighted else weighted).pop(0))
        return tuple(found)

    @cached_property
    def _weighted(self) -> _Merged:
        return _Merged([row for row in self._rows if row.weight], _by_weight)

    @cached_property
    def _ordinary(self) -> _Merged:
        return _Merged([row for row in self._rows if not row.weight], _by_rank)

    @cached_property
    def _run_left(self) -> int:
        """Priority calls before the first ordinary one is let in."""
        return max(0, self._day.plan.rules.priority_run_max - priority_run(self._day))

    def _passing(self, ordinary: int) -> int:
        """Priority calls before the ordinary ticket with so many ordinary ones before it."""
        return self._run_left + ordinary * self._day.plan.rules.priority_run_max

    def _let_in(self, weighted: int) -> int:
        """Ordinary calls before the weighted ticket with so many weighted ones before it."""
        run_max = self._day.plan.rules.priority_run_max
        if weighted < self._run_left:
            return 0
        return (weighted - self._run_left) // run_max + 1 if run_max else len(self._ordinary)


class _ByAge(Positions):
    """Whoever's age weighs most first (`ageing`): changes with every second."""

    def before(self, ticket: Ticket) -> Before:
        index = self._index[ticket.number]
        return Before(index, self._minutes[index])

    def _weights(self, most: int) -> tuple[int, ...]:
        return tuple(ticket.weight_now for ticket in self._tickets[:most])

    @cached_property
    def _tickets(self) -> list[Ticket]:
        waiting = (one for one in callable_line(self._day) if one.service in self._services)
        return sorted(waiting, key=order_key(OrderPolicy.AGEING, self._at))

    @cached_property
    def _index(self) -> dict[str, int]:
        return {ticket.number: index for index, ticket in enumerate(self._tickets)}

    @cached_property
    def _minutes(self) -> list[float]:
        """At the counter, of all before each."""
        means = (self._means[ticket.service].mean_min for ticket in self._tickets)
        return list(accumulate(means, initial=0.0))


class _Merged:
    """Some rows in one order: what the first of it take is summed up as far as it is asked for."""

    def __init__(self, rows: Sequence[_Row], key: Callable[[Any], Any]) -> None:
        self.rows = rows
        self._key = key
        self._summed: list[float] = []

    def __len__(self) -> int:
        return sum(len(row.row) for row in self.rows)

    def first(self, most: int) -> Before:
        """The first so many, or all."""
        count = min(most, len(self))
        if count == len(self):
            return _sum(row.all() for row in self.rows)
        if len(self._summed) <= count:
            self._summed = list(accumulate(self._means(2 * count), initial=0.0))
        return Before(count, self._summed[count])

    def _means(self, most: int) -> Iterator[float]:
        """Minutes at the counter of the first so many, one by one."""
        entries = ((row, entry) for row in self.rows for entry in islice(row.row, most))
        return (row.mean_min for row, _ in sorted(entries, key=self._key)[:most])


def _by_rank(entry: tuple[_Row, Any]) -> Any:
    return entry[1]


def _by_weight(entry: tuple[_Row, Any]) -> Any:
    return -entry[0].weight, entry[1]


def _heaviest_first(rows: Iterable[_Row]) -> Iterator[int]:
    """The weight of each."""
    ordered = sorted(rows, key=lambda row: row.weight, reverse=True)
    return chain.from_iterable(repeat(row.weight, len(row.row)) for row in ordered)


def _sum(parts: Iterable[Before]) -> Before:
    return sum(parts, Before())


POLICIES: Mapping[OrderPolicy, type[Positions]] = {
    OrderPolicy.FIFO: Positions,
    OrderPolicy.STRICT: _ByWeight,
    OrderPolicy.INTERLEAVE: _Interleaved,
    OrderPolicy.AGEING: _ByAge,
}
