"""What is asked of a branch and not pushed: its tickets by group or number, and its plan.

Read at one moment of the newest durable day. Must not know who asks, nor how it is shown.
"""

from __future__ import annotations

from queue_server import views, wire
from queue_server.live.hub import Hub
from queue_server.views.found import PAGE_MAX


def tickets(
    hub: Hub, branch: str, asked: wire.TicketsAsked, most: int = PAGE_MAX
) -> wire.TicketPage:
    """One page of at most so many. Raises `KeyError` for a branch or counter there is none of."""
    return views.tickets(hub.scene(branch), asked, most)


def ticket(hub: Hub, branch: str, number: str) -> wire.FoundTicket | None:
    """The ticket of this very number, as today knows it. Raises `KeyError`: no such branch."""
    found = tickets(hub, branch, wire.TicketsAsked(search=number)).tickets
    return next((one for one in found if one.number == number), None)


def plan(hub: Hub, branch: str) -> wire.PlanView:
    """What stays the same all day. Raises `KeyError`: no such branch."""
    return views.plan(hub.scene(branch))
