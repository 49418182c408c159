"""What somebody at a staff page looks for beyond what it shows by itself: a number, or a list.

Owns how the page's address says so (`?q=12`, `?list=missed&page=2`), which its links and forms
keep, so that a page refreshed under somebody's eyes goes on showing it. Must not know rights.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from queue_server.live import finding
from queue_server.live.hub import Hub
from queue_server.wire import Few, FoundTicket, Group, LineTicket, TicketPage, TicketsAsked

ROWS: Final = 20
QUERY_LETTERS_MAX: Final = 10

_PAGE: Final = re.compile(r"[1-9][0-9]{0,4}")


@dataclass(frozen=True, slots=True)
class Looking:
    """A search, one list's page, or nothing of both."""

    query: str = ""
    group: str = ""
    page: TicketPage | None = None

    @property
    def address(self) -> str:
        """The query string that says this; empty where nothing is looked for."""
        if self.query:
            return f"?{urlencode({'q': self.query})}"
        if self.page is not None:
            return self.turned_to(self.page.page)
        return ""

    def with_ticket(self, number: str) -> str:
        """The same with a ticket's actions open."""
        return f"{self.address}{'&' if self.address else '?'}ticket={number}"

    def turned_to(self, page: int) -> str:
        """Another page of the list."""
        return self.beginning(self.group) + (f"&page={page}" if page > 1 else "")

    @staticmethod
    def beginning(group: str) -> str:
        """A list from its first page on."""
        return f"?list={group}"

    @property
    def found(self) -> tuple[FoundTicket, ...]:
        """What the typed number may mean."""
        return self.page.tickets if self.query and self.page else ()

    def shows(self, group: str) -> bool:
        """Is this the list that is looked through?"""
        return not self.query and self.group == group and self.page is not None

    def rows(self, group: str, few: Few) -> tuple[LineTicket, ...]:
        """Of a list its page, where it is looked through; else its first few."""
        return self.page.tickets if self.page and self.shows(group) else few.first

    @property
    def first_row(self) -> int:
        """The place in the list of the page's first ticket, from 1."""
        return (self.page.page - 1) * ROWS + 1 if self.page else 0

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.page.tickets) - 1 if self.page else 0


def look(
    hub: Hub,
    branch: str,
    query: Mapping[str, str],
    groups: tuple[str, ...],
    counter: str | None = None,
) -> Looking:
    """What an address asks for; what it may not or cannot mean is left out.

    Raises `KeyError` for a branch or counter there is none of.
    """
    text = query.get("q", "").strip()[:QUERY_LETTERS_MAX]
    if text:
        return Looking(text, page=finding.tickets(hub, branch, TicketsAsked(search=text), ROWS))
    group = query.get("list", "")
    if group not in groups:
        return Looking()
    wanted = query.get("page", "1")
    number = int(wanted) if _PAGE.fullmatch(wanted) else 1
    page = _page(hub, branch, group, counter, number)
    return Looking(group=group, page=page) if page.count else Looking()


def _page(hub: Hub, branch: str, group: str, counter: str | None, number: int) -> TicketPage:
    """The page asked for; the last one where the list has become shorter."""

    def turned(to: int) -> TicketPage:
        asked = TicketsAsked(group=Group(group), counter=counter, page=to)
        return finding.tickets(hub, branch, asked, ROWS)

    page = turned(number)
    last = max(1, -(-page.count // ROWS))
    return page if number <= last else turned(last)
