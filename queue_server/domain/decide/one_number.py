"""One live number a person, on every road by which a ticket comes to be live (`one_live_ticket`).

Who a person is: a browser, and where the branch asks for one an identity.
"""

from __future__ import annotations

from collections.abc import Iterable

from queue_server.domain.decide import require
from queue_server.domain.model import LIVE, BranchDay, Ticket, TicketState
from queue_server.domain.refusals import Code


def is_live(day: BranchDay, ticket: Ticket) -> bool:
    """Waiting, called, serving, parked or rejoinable: the one ticket a person may have."""
    rejoinable = ticket.state is TicketState.MISSED and ticket.rejoins < day.plan.rules.rejoins_max
    return ticket.state in LIVE or rejoinable


def live_among(day: BranchDay, numbers: tuple[str, ...]) -> Iterable[Ticket]:
    """Those of them that are live, newest first."""
    tickets = (day.tickets[number] for number in reversed(numbers))
    return (ticket for ticket in tickets if is_live(day, ticket))


def need_no_other(day: BranchDay, ticket: Ticket) -> None:
    """A ticket that was over, or is in no line, may come back only to somebody without another."""
    if not day.plan.rules.one_live_ticket or ticket.state in LIVE:
        return
    missed = ticket.state is TicketState.MISSED and is_live(day, ticket)
    for other in _of_its_holder(day, ticket):
        # Two missed ones may both be live after a new plan: the first to come back comes back.
        if other.number != ticket.number and not (missed and other.state not in LIVE):
            raise require.no(Code.HAS_ANOTHER, number=ticket.number, other=other.number)


def _of_its_holder(day: BranchDay, ticket: Ticket) -> Iterable[Ticket]:
    keys = ((day.by_browser, ticket.browser), (day.by_identity, ticket.identity))
    for index, key in keys:
        if key is not None:
            yield from live_among(day, index.get(key, ()))
