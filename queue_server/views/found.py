"""Tickets somebody asked for: a page of a group, or what a typed number means. Never pushed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from queue_server import wire
from queue_server.domain import finding
from queue_server.domain.model import Ticket
from queue_server.views import as_staff
from queue_server.views.scene import Scene

PAGE_MAX = 50


def tickets(scene: Scene, asked: wire.TicketsAsked, most: int = PAGE_MAX) -> wire.TicketPage:
    """One page of at most so many. `KeyError` for a counter the plan does not have."""
    found = _meant(scene, asked)
    begin = (asked.page - 1) * most
    shown = found[begin : begin + most]
    return wire.TicketPage(
        tickets=tuple(ticket(scene, each) for each in shown),
        count=len(found),
        page=asked.page,
        next=asked.page + 1 if begin + most < len(found) else None,
        seq=scene.day.seq,
    )


def _meant(scene: Scene, asked: wire.TicketsAsked) -> Sequence[Ticket]:
    day = scene.day
    if asked.group is None:
        return finding.typed(day, asked.search)
    members = finding.members(day, asked.group, asked.counter)
    if not asked.search:
        return members
    typed = {each.number for each in finding.typed(day, asked.search)}
    return [each for each in members if each.number in typed]


def ticket(scene: Scene, found: Ticket) -> wire.FoundTicket:
    """One ticket as staff see it who asked for it."""
    seen = msgspec.structs.asdict(as_staff.ticket(scene, found))
    return wire.FoundTicket(issued_at=found.issued_at, channel=found.channel.value, **seen)
