"""What a command came to: done, and durable; or one of three ways of not knowing better.

An expected no is a `Refusal` and a value. Must not know how it was decided or stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from queue_server.domain.events import DayEvent, Event
from queue_server.domain.hours import intake_open
from queue_server.domain.model import BranchDay, Counter, Ticket

# Part of what callers say, so `live` hands it on: who asks need not know the log.
from queue_server.store.log import RequestMark as RequestMark


class Why(StrEnum):
    """Why nothing can be promised just now."""

    BUSY = "busy"
    """More is waiting than can be answered in reasonable time."""
    STORE = "store"
    """Nothing can be made durable, or nobody knows whether it was: asking again tells."""
    PAUSED = "paused"
    """The day was stopped: going on would break a promise."""
    STOPPING = "stopping"
    FAULT = "fault"
    """This one command met a fault of ours; it changed nothing."""


class Unavailable(Exception):
    """Not now (503). The same request may be asked again with the same key."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class KeyReused(Exception):
    """The request's key came with another body before (422)."""


@dataclass(frozen=True, slots=True)
class After:
    """What one accepted command left behind, in frozen values small enough to keep for a day."""

    events: tuple[Event, ...]
    seq: int
    number: str | None
    ticket: Ticket | None
    counter: Counter | None
    intake: bool
    """Are numbers given, as a command about the day left it."""


def after(day: BranchDay, events: tuple[Event, ...], number: str | None = None) -> After:
    """Notes what the command that led to `day` left behind; `number` where it made no event."""
    event = events[0] if events else None
    number = getattr(event, "number", number)
    ticket = day.tickets.get(number) if number is not None else None
    name = getattr(event, "counter", None) or (ticket.counter if ticket else None)
    counter = None if name is None else day.counters.get(name, Counter(name))
    intake = isinstance(event, DayEvent) and intake_open(day, event.at)
    return After(events, day.seq, number, ticket, counter, intake)


@dataclass(frozen=True, slots=True)
class Done:
    """An accepted command, durable. Without events: the asker's own live ticket, found again."""

    after: After
    day: BranchDay
    """The day it belongs to: as it was directly after, for a repeat as it is now."""
    repeated: bool = False

    @property
    def events(self) -> tuple[Event, ...]:
        return self.after.events

    @property
    def seq(self) -> int:
        """The day's `seq` directly after the command."""
        return self.after.seq

    @property
    def number(self) -> str | None:
        """The ticket concerned."""
        return self.after.number

    @property
    def ticket(self) -> Ticket | None:
        """That ticket as the command left it."""
        return self.after.ticket

    @property
    def counter(self) -> Counter | None:
        """The counter concerned, as the command left it."""
        return self.after.counter

    @property
    def date(self) -> date:
        return self.day.date
