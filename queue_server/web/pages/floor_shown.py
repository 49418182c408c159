"""What guard and supervisor pages say of a `GuardView`: the day, who needs a hand, a search.

Pure. Must not know requests or rights.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from queue_server.look.words import Words
from queue_server.web.pages.shown import Refused
from queue_server.wire import GuardView, LineTicket, ServiceShown

FOUND_SHOWN_MAX = 8  # one for each letter of a branch with many services
QUERY_LETTERS_MAX = 10
PLACES_OF_PAGE = ("top", "issue", "notice", "restored")

_QUERY = re.compile(r"([A-Z]?)\s*-?\s*0*([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service, and since when its longest waiting person waits."""

    service: ServiceShown
    longest_since: datetime | None


@dataclass(frozen=True, slots=True)
class Floor:
    """One rendering of a branch day for those who look after all of it."""

    view: GuardView
    now: datetime
    query: str = ""

    @property
    def everyone(self) -> tuple[LineTicket, ...]:
        """Every ticket of the day; those still alive first."""
        view = self.view
        return (
            *view.open_tickets,
            *view.line,
            *view.unproven,
            *view.parked,
            *view.missed,
            *view.ended,
        )

    @property
    def found(self) -> tuple[LineTicket, ...]:
        """What the typed text may mean: `A-012`, `a12`, or `12` of any letter."""
        match = _QUERY.fullmatch(self.query.strip().upper())
        if match is None:
            return ()
        letter, digits = match.groups()
        hits = [one for one in self.everyone if _is(one.number, letter, int(digits))]
        return tuple(hits[:FOUND_SHOWN_MAX])

    @property
    def wishes(self) -> tuple[LineTicket, ...]:
        """Who asks for priority and has none yet, in the order of the line."""
        waiting = (*self.view.line, *self.view.unproven)
        return tuple(one for one in waiting if one.wishes_priority and one.weight == 0)

    @property
    def services(self) -> tuple[ServiceRow, ...]:
        return tuple(
            ServiceRow(
                service,
                _oldest(one for one in self.view.line if one.service == service.letter),
            )
            for service in self.view.services
        )

    @property
    def longest(self) -> LineTicket | None:
        """Who has waited longest."""
        waiting = [one for one in self.view.line if one.since is not None]
        return min(waiting, key=lambda one: one.since or self.now, default=None)

    @property
    def finished(self) -> int:
        return sum(1 for one in self.view.ended if one.state == "finished")

    @property
    def open_counters(self) -> int:
        return sum(1 for counter in self.view.counters if counter.state == "open")

    @property
    def open_numbers(self) -> str:
        return ", ".join(one.number for one in self.view.open_tickets)

    @staticmethod
    def can(ticket: LineTicket, verb: str) -> bool:
        return verb in ticket.can

    @staticmethod
    def stage(ticket: LineTicket) -> str:
        """The stage chip of a ticket in any state."""
        return "unproven" if ticket.state == "waiting" and not ticket.presence else ticket.state

    def placed(self, refusal: Refused) -> Refused:
        """The refusal where this page has such a place; else on top, where it is seen."""
        rows = self.found if self.query else (*self.wishes, *self.view.unproven, *self.view.missed)
        if refusal.place in {*PLACES_OF_PAGE, *(one.number for one in rows)}:
            return refusal
        return replace(refusal, place="top")

    @property
    def restored(self) -> bool:
        """Do numbers and calls wait until somebody has said the last numbers?"""
        return self.view.alarm == "day_restored"

    @property
    def gives_numbers(self) -> bool:
        return self.view.day == "open" and self.view.intake and not self.restored

    def day_words(self, words: Words) -> str:
        """Are numbers given, and until or from when?"""
        view = self.view
        if self.restored:
            return words("staff-restored-title")
        if view.day == "open" and view.intake:
            return self._sentence(words, "guard-open", view.closes_at)
        if view.day == "open":
            return self._sentence(words, "guard-closed", view.opens_at)
        return self._sentence(words, "guard-day-closed", view.opens_at)

    def _sentence(self, words: Words, words_id: str, at: datetime | None) -> str:
        if at is None:
            return words(words_id)
        return words(f"{words_id}-until", time=words.when(at, self.now, self.view.zone))


def _is(number: str, letter: str, digits: int) -> bool:
    own_letter, _, own_digits = number.partition("-")
    return letter in ("", own_letter) and int(own_digits) == digits


def _oldest(tickets: Iterable[LineTicket]) -> datetime | None:
    return min((one.since for one in tickets if one.since is not None), default=None)
