"""A participant's own erasure, at once: what is known of them beside the number itself.

The number, its service and its times stay in the log, which nobody can change; there is no person
in them. Must not know requests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from queue_server.people.callers import Caller
from queue_server.people.keys import TicketName
from queue_server.web.context import Site
from queue_server.web.errors import Problem
from queue_server.web.policy import need
from queue_server.web.trail import record

_OVER: Final = ("finished", "cancelled", "unserved")
_MINUTE_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class ErasedOwn:
    """What came of it. `live`: the number goes on, so its phone must still find it."""

    name: TicketName
    rows: int
    live: bool


async def erase_own(site: Site, caller: Caller) -> ErasedOwn:
    """Erases what is kept of the caller's ticket beside the log; asking twice does no harm.

    Raises `Problem` 401, 404, 429, `StoreUnavailable`. Cancelling leaves open whether it was done.
    """
    need(caller, "erase_own")
    name = caller.ticket
    if name is None:
        raise Problem(401, "sign_in_needed")
    per_min = site.settings.commands_per_ticket_per_min
    site.limits.spend(f"ticket:{name}", per_min, _MINUTE_S)
    day = site.days.day_of(name.branch, name.date)
    ticket = day.tickets.get(name.number) if day is not None else None
    if day is None or ticket is None:
        raise Problem(404, "unknown_ticket", number=name.number)
    rows = await site.people.erase_ticket(ticket.ticket_id)
    await record(site, caller, "erased_own", branch=name.branch, about=name.number)
    live = ticket.state.value not in _OVER and name.date == site.days.day(name.branch).date
    return ErasedOwn(name, rows, live)
