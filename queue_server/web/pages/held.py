"""The numbers one phone keeps: which of them still live, and the address of each.

A number's address names it and opens nothing by itself. Must not know what a ticket says.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from queue_server import wire
from queue_server.live.topics import TicketTopic
from queue_server.look.words import DEFAULT_LANGUAGE
from queue_server.people.keys import TicketName
from queue_server.web.context import Site


@dataclass(frozen=True, slots=True)
class Other:
    """A number beside the one a page shows."""

    name: str
    path: str
    view: wire.TicketView


def view_of(site: Site, name: TicketName, language: str = DEFAULT_LANGUAGE) -> wire.TicketView:
    """What its holder may see, said in a language."""
    return site.hub.view(TicketTopic(name.branch, name.date, name.number, language))


def living(site: Site, held: tuple[TicketName, ...]) -> tuple[TicketName, ...]:
    """Those that are not over, so that no other may be taken in their place."""
    return tuple(name for name in held if "new" not in view_of(site, name).face.blocks)


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
