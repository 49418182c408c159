"""The numbers one phone keeps: which of them still live, and the address of each.

A number's address names it and opens nothing by itself. Must not know what a ticket says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from queue_server import wire
from queue_server.live.topics import TicketTopic
from queue_server.look.words import DEFAULT_LANGUAGE
from queue_server.people.keys import TicketName
from queue_server.web.context import Site

ASKED_AGAIN: Final = "again"
"""Marks the second opening of a link, which tells whether the first one's cookies were kept."""


@dataclass(frozen=True, slots=True)
class Other:
    """A number beside the one a page shows."""

    name: str
    path: str
    view: wire.TicketView


def view_of(site: Site, name: TicketName, language: str = DEFAULT_LANGUAGE) -> wire.TicketView:
    """What its holder may see, said in a language."""
    return site.hub.view(TicketTopic(name.branch, name.date, name.number, language))


def living(site: Site, held: tuple[TicketName, ...]) -> dict[TicketName, wire.TicketView]:
    """Those that are not over, so that no other may be taken for them, and what each shows."""
    shown = {name: view_of(site, name) for name in held}
    return {name: view for name, view in shown.items() if "new" not in view.face.blocks}


def ticket_path(name: TicketName, held: tuple[TicketName, ...]) -> str:
    """The page of one of them: the newest needs no name."""
    if held and held[0] == name:
        return "/ticket"
    return f"/ticket?{urlencode({'of': str(name)})}"


def link_path(secret: str) -> str:
    """Where a browser that keeps no cookies finds its ticket: its link, opened a second time."""
    return f"/t/{secret}?{urlencode({ASKED_AGAIN: 1})}"


def others_than(
    name: TicketName | None, site: Site, held: tuple[TicketName, ...]
) -> tuple[Other, ...]:
    """The living numbers beside `name`."""
    found = living(site, held).items()
    return tuple(
        Other(str(one), ticket_path(one, held), view) for one, view in found if one != name
    )
