"""A participant's own erasure, at once: what is known of them beside the number itself.

The number, its service and its times stay in the log, which nobody can change; there is no person
in them. Must not know requests.
"""

from __future__ import annotations

from queue_server import wire
from queue_server.asking.around import Around
from queue_server.asking.ask import Ask
from queue_server.asking.held import held_ticket
from queue_server.asking.verb import Answered, VerbRow


async def erase(around: Around, ask: Ask, row: VerbRow) -> Answered:
    """Erases what is kept of the caller's ticket beside the log; asking twice does no harm.

    Raises `Declined`, `StoreUnavailable`. Cancelling leaves open whether it was done.
    """
    held = held_ticket(around, ask)
    name = held.name
    rows = await around.people.erase_ticket(held.known.ticket_id)
    await around.access.trail(ask.caller, "erased_own", branch=name.branch, about=name.number)
    live = held.known.today and held.known.state not in wire.OVER
    return Answered(wire.ErasedAnswer(name.number, rows, live))
