"""What an event means to the holders it concerns: `docs/notices.md` in code.

Pure: the event, the ticket before it and after it. Every occurrence is named by the event it
follows from, so that whoever works it out again names it alike. Must not know who has a road.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from queue_server.domain import events as e
from queue_server.domain.model import BranchDay, Ticket, TicketState
from queue_server.notices import lasting
from queue_server.people.values.roads import Change, Occasion, Said, Sense

CALLS: Final = frozenset({Occasion.CALLED, Occasion.RECALLED})
_TRUE: Final[Mapping[Occasion, Callable[[Ticket], bool]]] = {
    Occasion.READY: lambda ticket: ticket.callable,
    Occasion.CALLED: lambda ticket: ticket.state is TicketState.CALLED,
    Occasion.RECALLED: lambda ticket: ticket.state is TicketState.CALLED,
    Occasion.MISSED: lambda ticket: ticket.state is TicketState.MISSED,
    Occasion.WITHDRAWN: lambda ticket: ticket.state is not TicketState.CALLED,
    Occasion.UNSERVED: lambda ticket: ticket.state is TicketState.UNSERVED,
    Occasion.UNPROVEN: lambda ticket: ticket.state is TicketState.WAITING and not ticket.place,
}
_ENDS: Final = {
    TicketState.SERVING: Sense.ANSWERED,
    TicketState.FINISHED: Sense.ANSWERED,
    TicketState.WAITING: Sense.NOT_YET,
    TicketState.PARKED: Sense.NOT_YET,
    TicketState.CANCELLED: Sense.ENDED,
    TicketState.FORGOTTEN: Sense.ENDED,
}
"""What the end of a call means; a missed and an unserved one have occasions of their own."""


def concerned(day: BranchDay, event: e.Event) -> tuple[str, ...]:
    """The numbers an event changes; `day` as it is before it."""
    match event:
        case e.DayClosed(unserved=numbers) | e.CounterClosed(returned=numbers):
            return numbers
        case e.DayReopened():
            return tuple(n for n, one in day.tickets.items() if one.unserved_from is not None)
        case _:
            number = getattr(event, "number", None)
            return (number,) if isinstance(number, str) else ()


def change(before: Ticket, after: Ticket, event: e.Event, day: BranchDay) -> Change:
    """What is told of an event to the holder of one ticket; `day` as it is after it."""
    deferred = {Occasion.READY} if isinstance(event, e.TicketDeferred) else set()
    untrue = {occasion for occasion, still in _TRUE.items() if not still(after)}
    happening = _Happening(before, after, event, day)
    said = tuple(happening.said())
    return Change(after.ticket_id, day.seq, frozenset(untrue | deferred), said)


@dataclass(frozen=True, slots=True)
class _Happening:
    """One event and the ticket around it."""

    before: Ticket
    after: Ticket
    event: e.Event
    day: BranchDay

    def said(self) -> Iterator[Said]:
        match self.event:
            case e.TicketCalled() | e.TicketUnparked():
                yield self._call(Occasion.CALLED)
            case e.TicketRecalled():
                yield self._call(Occasion.RECALLED)
            case e.TicketSkipped():
                yield self._missed()
            case e.DayClosed():
                yield self._say(Occasion.UNSERVED, lasting.UNSERVED)
            case e.DayReopened():
                yield self._no_more(Sense.REOPENED, {Occasion.UNSERVED})
            case e.ActionUndone() if self.after.state is TicketState.CALLED:
                yield self._stands_again()
            case _ if self.before.state is TicketState.CALLED and self.after.state in _ENDS:
                yield self._no_more(_ENDS[self.after.state], CALLS)

    def _call(self, occasion: Occasion) -> Said:
        return self._say(occasion, lasting.called(self.day.plan.rules))

    def _missed(self) -> Said:
        left = self.after.rejoins < self.day.plan.rules.rejoins_max
        return self._say(Occasion.MISSED, lasting.MISSED, Sense.USUAL if left else Sense.OVER)

    def _stands_again(self) -> Said:
        """Who was told that a call is over, or missed, has it again."""
        lasts = lasting.called(self.day.plan.rules)
        return self._say(Occasion.RECALLED, lasts, corrects={Occasion.MISSED, Occasion.WITHDRAWN})

    def _no_more(self, sense: Sense, corrects: frozenset[Occasion] | set[Occasion]) -> Said:
        return self._say(Occasion.WITHDRAWN, lasting.WITHDRAWN, sense, corrects)

    def _say(
        self,
        occasion: Occasion,
        lasts: timedelta,
        sense: Sense = Sense.USUAL,
        corrects: frozenset[Occasion] | set[Occasion] = frozenset(),
    ) -> Said:
        return Said(
            number=self.after.number,
            ticket_id=self.after.ticket_id,
            occasion=occasion,
            occurrence=str(self.day.seq),
            seq=self.day.seq,
            at=self.event.at,
            true_until=self.event.at + lasts,
            counter=self.after.counter if occasion in CALLS else None,
            sense=sense,
            corrects=frozenset(corrects),
        )
