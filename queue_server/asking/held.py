"""The ticket an asker holds, of today or of the day before. Must not know what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.asking.around import Around
from queue_server.asking.ask import Ask
from queue_server.asking.declined import Declined
from queue_server.web.keys import TicketName


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of it."""

    name: TicketName
    ticket_id: str
    service: str
    state: str
    counter: str | None
    seq: int
    """Its day's."""


def held_ticket(around: Around, ask: Ask) -> Held:
    """Raises `Declined` for whoever holds none, or one that is no more."""
    name = ask.caller.ticket
    if name is None:
        raise Declined("sign_in_needed")
    day = around.days.day_of(name.branch, name.date)
    found = day.tickets.get(name.number) if day is not None else None
    if day is None or found is None:
        raise Declined("unknown_ticket", number=name.number)
    return Held(name, found.ticket_id, found.service, found.state.value, found.counter, day.seq)
