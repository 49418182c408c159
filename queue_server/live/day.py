"""A branch day as a kind of stream: its rules for the runner, its log, and what commands came to.

Must not know when anything is decided, nor how it is made durable.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from queue_server.domain.commands import Command
from queue_server.domain.decide import AlreadyYours, decide, settle
from queue_server.domain.events import DayEvent, DayOpened, Event
from queue_server.domain.fold import BrokenInvariant, apply, keeping_later
from queue_server.domain.hours import intake_open
from queue_server.domain.model import BranchDay, Counter, Ticket
from queue_server.domain.refusals import Refusal
from queue_server.live.kinds import AlreadyThere, Noted, StreamRules
from queue_server.live.outcome import Accepted
from queue_server.store.log import Batch, Log, NewEvent, Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Accepted):
    """An accepted command, durable. Without events: the asker's own live ticket, found again."""

    branch: str
    date: date
    """The day it belongs to."""
    events: tuple[Event, ...]
    number: str | None
    """The ticket concerned; it, and the counter concerned, as the command left them."""
    ticket: Ticket | None
    counter: Counter | None
    intake: bool
    """Are numbers given, as a command about the day left it."""


def done(day: BranchDay, events: Sequence[Event], number: str | None) -> Done:
    """Notes what the command that led to `day` left behind; `number` where it made no event.

    Its last event is what was asked for.
    """
    event = events[-1] if events else None
    number = getattr(event, "number", number)
    ticket = day.tickets.get(number) if number is not None else None
    name = getattr(event, "counter", None) or (ticket.counter if ticket else None)
    return Done(
        seq=day.seq,
        branch=day.branch,
        date=day.date,
        events=tuple(events),
        number=number,
        ticket=ticket,
        counter=None if name is None else day.counters.get(name, Counter(name)),
        intake=isinstance(event, DayEvent) and intake_open(day, event.at),
    )


def _decide(
    day: BranchDay, command: Command, at: datetime
) -> Sequence[Event] | AlreadyThere | Refusal:
    decision = decide(day, command, at)
    return AlreadyThere(decision.number) if isinstance(decision, AlreadyYours) else decision


def _fold(day: BranchDay, event: Event) -> None:
    """A log that could not be refolded never comes to be."""
    if day.seq == 0 and not isinstance(event, DayOpened):
        raise BrokenInvariant("a day's log begins with DayOpened")
    apply(day, event)


def _folding_many(day: BranchDay) -> AbstractContextManager[None]:
    """From the beginning; what is missing at the end of a day is a few events."""
    return nullcontext() if day.seq else keeping_later(day)


DayRules = StreamRules[BranchDay, Command, Event, Done]

DAY: Final[DayRules] = StreamRules(
    scratch=BranchDay.scratch,
    settle=settle,
    decide=_decide,
    fold=_fold,
    # The rules of lapsing come with the day's settings.
    unsettles=lambda event: isinstance(event, DayEvent),
    folding_many=_folding_many,
    outcome=done,
)


@dataclass(frozen=True, slots=True)
class DayLedger:
    """The log of one branch day."""

    log: Log
    stream: Stream

    async def append(self, expected_seq: int, events: Sequence[Noted[Event]]) -> None:
        """As `Ledger.append`."""
        new = tuple(NewEvent(one.event, one.mark) for one in events)
        await self.log.append(Batch(self.stream, expected_seq, new))

    async def read(self, after: int = 0) -> Sequence[Noted[Event]]:
        """As `Ledger.read`."""
        records = await self.log.read(self.stream, after)
        return [Noted(record.event, record.mark) for record in records]
