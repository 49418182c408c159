"""The ticket an asker holds, of today or of the day before. Must not know what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.asking.around import Around
from queue_server.asking.ask import Ask
from queue_server.asking.declined import Declined
from queue_server.live.face import TicketKnown
from queue_server.people.keys import TicketName


@dataclass(frozen=True, slots=True)
class Held:
    """Which it is, and what is known of it."""

    name: TicketName
    known: TicketKnown


def held_ticket(around: Around, ask: Ask) -> Held:
    """Raises `Declined` for whoever holds none, or one that is no more."""
    name = ask.caller.ticket
    if name is None:
        raise Declined("sign_in_needed")
    known = around.days.ticket(name.branch, name.date, name.number)
    if known is None:
        raise Declined("unknown_ticket", number=name.number)
    return Held(name, known)
