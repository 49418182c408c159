"""`apply(day, event)`: the only thing that changes a day. It checks the day's invariants.

The fold is dumb on purpose: events carry what was decided, it only writes it down. A broken
invariant here is a bug, found before anything is durable, or a log that was tampered with.
"""

from __future__ import annotations

from collections.abc import Iterable

from queue_server.domain import events as e
from queue_server.domain.fold.counters import apply_to_counter
from queue_server.domain.fold.invariants import BrokenInvariant, must
from queue_server.domain.fold.keeping import keeping_later
from queue_server.domain.fold.service_day import apply_to_day
from queue_server.domain.fold.tickets import apply_to_ticket
from queue_server.domain.model import BranchDay


def refold(events: Iterable[e.Event]) -> BranchDay:
    """The day that a whole log tells. The first event must be `DayOpened`."""
    iterator = iter(events)
    first = next(iterator, None)
    if not isinstance(first, e.DayOpened):
        raise BrokenInvariant("a day's log begins with DayOpened")
    day = BranchDay(plan=first.plan, date=first.date)
    with keeping_later(day):
        apply(day, first)
        for event in iterator:
            apply(day, event)
    return day


def apply(day: BranchDay, event: e.Event) -> None:
    """Changes the day by one event."""
    must(day.last_at is None or event.at >= day.last_at, "time went back")
    day.seq += 1
    day.last_at = event.at
    if isinstance(event, e.DayEvent):
        apply_to_day(day, event)
    elif isinstance(event, e.CounterEvent):
        apply_to_counter(day, event)
    else:
        apply_to_ticket(day, event)


__all__ = ["BrokenInvariant", "apply", "keeping_later", "refold"]
