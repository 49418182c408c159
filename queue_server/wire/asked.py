"""What is not pushed but asked for: a page of tickets, and what stays the same all day."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from queue_server.domain.finding import Group
from queue_server.wire.base import CounterName, Request, Shown
from queue_server.wire.staff import LineTicket

__all__ = [
    "CounterPlanned",
    "FoundTicket",
    "Group",
    "PlanView",
    "ServiceNamed",
    "TicketPage",
    "TicketsAsked",
]

PageNumber = Annotated[int, Meta(ge=1, le=100_000)]


class TicketsAsked(Request, frozen=True):
    """The query of a page of tickets: a group, a number one looks for, or the one in the other."""

    group: Group | None = None
    """None: a search in all of them, and without a search nobody."""
    search: Annotated[str, Meta(max_length=20)] = ""
    """`A-012`, `a12`, or `12` of any letter."""
    counter: CounterName | None = None
    """For whose eyes: `line` and `elsewhere` mean this counter's; parked and missed of it first."""
    page: PageNumber = 1


class FoundTicket(LineTicket, frozen=True, kw_only=True):
    """A ticket somebody asked for."""

    issued_at: datetime
    channel: str


class TicketPage(Shown, frozen=True):
    """At most fifty of the tickets asked for. The list may be another one by the next page."""

    tickets: tuple[FoundTicket, ...]
    count: int
    """How many there are in all."""
    page: int
    next: int | None
    """The next page, where there is one."""
    seq: int


class ServiceNamed(Shown, frozen=True):
    letter: str
    name_id: str
    name_en: str


class CounterPlanned(Shown, frozen=True):
    name: str
    kind: str
    capacity: int
    groups: tuple[tuple[str, ...], ...]
    """The services it serves, its own first."""


class PlanView(Shown, frozen=True):
    """What stays the same all day: as long as the plan is not changed."""

    branch: str
    name: str
    zone: str
    plan: str
    """Names this plan, as the views do."""
    services: tuple[ServiceNamed, ...]
    counters: tuple[CounterPlanned, ...]
    outcomes: tuple[str, ...]
    """Codes `finish` may carry; empty: any code. So with the reasons."""
    pause_reasons: tuple[str, ...]
    call_reasons: tuple[str, ...]
