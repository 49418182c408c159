"""One moment of a day, as every view looks at it: the day,
the time, and what is known beside the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from queue_server import wire
from queue_server.domain.estimates import Outlook
from queue_server.domain.hours import intake_open
from queue_server.domain.model import BranchDay, DayState


@dataclass(frozen=True)
class Scene:
    """A day at a time. What is computed for one view of the moment serves all of them."""

    day: BranchDay
    at: datetime
    notices: Mapping[str, str] = field(default_factory=dict)
    """Note id → text."""
    join: wire.JoinShown | None = None
    alarm: str | None = None
    holders: Mapping[str, str] = field(default_factory=dict)
    """Who may hold a counter → the name staff see."""
    stars: Mapping[str, int] = field(default_factory=dict)
    """Ticket id → the holder's rating."""
    forgotten_before: int = 0
    """How many were forgotten on the day before."""
    hurried: tuple[str, ...] = ()
    """Who gave numbers faster than anybody presses, lately."""

    @cached_property
    def outlook(self) -> Outlook:
        """Positions and waits."""
        return Outlook(self.day, self.at)

    @cached_property
    def staff_tickets(self) -> dict[str, wire.LineTicket]:
        """By number, as they are first asked for: a ticket looks the same at every desk."""
        return {}

    @cached_property
    def day_open(self) -> bool:
        """Is the day open?"""
        return self.day.state is DayState.OPEN

    @cached_property
    def intake_open(self) -> bool:
        """Are numbers given?"""
        return intake_open(self.day, self.at)

    @property
    def notice(self) -> wire.NoticeShown | None:
        """The notice to everyone, while its text is known."""
        note = self.day.notice
        text = self.notices.get(note) if note else None
        return wire.NoticeShown(note, text) if note and text else None

    def holder(self, who: str | None) -> str | None:
        """The name staff see of a counter's holder."""
        return None if who is None else self.holders.get(who, who)
