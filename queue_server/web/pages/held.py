"""The numbers one phone keeps: which of them still live, and the address of each.

A number's address names it and opens nothing by itself. Must not know what a ticket says.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from queue_server import wire
from queue_server.live.topics import TicketTopic
from queue_server.people.keys import TicketName
from queue_server.web.context import Site
from queue_server.web.pages.ticket_face import can_begin_anew


@dataclass(frozen=True, slots=True)
class Other:
    """A number beside the one a page shows."""

    name: str
    path: str
    view: wire.TicketView


def view_of(site: Site, name: TicketName) -> wire.TicketView:
    """What its holder may see."""
    return site.hub.view(TicketTopic(name.branch, name.date, name.number))


def living(site: Site, held: tuple[TicketName, ...]) -> tuple[TicketName, ...]:
    """Those that are not over."""
    return tuple(name for name in held if not can_begin_anew(view_of(site, name)))


def ticket_path(name: TicketName, held: tuple[TicketName, ...]) -> str:
    """The page of one of them: the newest needs no name."""
    if held and held[0] == name:
        return "/ticket"
    return f"/ticket?{urlencode({'of': str(name)})}"


def others_than(
    name: TicketName | None, site: Site, held: tuple[TicketName, ...]
) -> tuple[Other, ...]:
    """The living numbers beside `name`."""
    rest = (one for one in living(site, held) if one != name)
    return tuple(Other(str(one), ticket_path(one, held), view_of(site, one)) for one in rest)
