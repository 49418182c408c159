"""What guard and supervisor pages say of a `GuardView`: the day, who needs a hand, what was found.

Pure. Must not know requests or rights.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from queue_server.look.words import Words
from queue_server.web.pages.looking import Looking
from queue_server.web.pages.shown import RefusalShown
from queue_server.wire import Few, GuardView, LineTicket, Wait

PLACES_OF_PAGE = ("top", "issue", "notice", "restored")
HANDS = ("wishes", "unproven", "absent", "missed", "parked")
"""The lists of those who need a hand, as they stand on the guard's page."""


@dataclass(frozen=True, slots=True)
class Floor:
    """One rendering of a branch day for those who look after all of it."""

    view: GuardView
    now: datetime
    looking: Looking = field(default_factory=Looking)

    @property
    def calm(self) -> bool:
        """Is there nobody to look after?"""
        return not any(self._few(group).count for group in HANDS)

    def _few(self, group: str) -> Few:
        few: Few = getattr(self.view, group)
        return few

    @property
    def open_counters(self) -> int:
        return sum(1 for counter in self.view.counters if counter.state == "open")

    @property
    def open_numbers(self) -> tuple[str, ...]:
        """Who is called or being served, counter by counter."""
        return tuple(number for counter in self.view.counters for number in counter.numbers)

    @property
    def one_wait(self) -> Wait | None:
        """What all services wait alike, where counters serve all of them: said once."""
        waits = {service.wait for service in self.view.services}
        return waits.pop() if len(waits) == 1 and len(self.view.services) > 1 else None

    def date_words(self, words: Words) -> str:
        """The service day whose figures these are."""
        noon = datetime.fromisoformat(f"{self.view.date}T12:00").replace(
            tzinfo=ZoneInfo(self.view.zone)
        )
        return words.day(noon, self.view.zone)

    @staticmethod
    def stage(ticket: LineTicket) -> str:
        """The stage chip of a ticket in any state."""
        return "unproven" if ticket.state == "waiting" and not ticket.presence else ticket.state

    def placed(self, refusal: RefusalShown) -> RefusalShown:
        """The refusal where this page has such a place; else on top, where it is seen."""
        shown = self.looking.found if self.looking.query else self._rows()
        if refusal.place in {*PLACES_OF_PAGE, *(one.number for one in shown)}:
            return refusal
        return replace(refusal, place="top")

    def _rows(self) -> tuple[LineTicket, ...]:
        lists = (self.looking.rows(group, self._few(group)) for group in HANDS)
        return tuple(ticket for rows in lists for ticket in rows)

    @property
    def restored(self) -> bool:
        """Do numbers and calls wait until somebody has said the last numbers?"""
        return self.view.alarm == "day_restored"

    @property
    def out_of_step(self) -> bool:
        """Is the day that goes on another one than today's?"""
        return self.view.alarm in ("old_day", "day_ahead")

    def out_of_step_words(self, words: Words) -> str:
        """What goes on, and which day it should be."""
        alarm = str(self.view.alarm).replace("_", "-")
        noon = datetime.combine(date.fromisoformat(self.view.date), time(12), UTC)
        return words(f"staff-{alarm}", date=words.day(noon, "UTC"))

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
        closed = "guard-day-over" if view.over else "guard-day-closed"
        return self._sentence(words, closed, view.opens_at)

    def _sentence(self, words: Words, words_id: str, at: datetime | None) -> str:
        if at is None:
            return words(words_id)
        return words(f"{words_id}-until", time=words.when(at, self.now, self.view.zone))
