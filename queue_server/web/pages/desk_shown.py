"""What the desk page says of a `DeskView`: seats, the next one and why, what can be undone.

Pure. Must not know requests; rights come in as plain answers (`mine`, `may_next`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar

from queue_server.look.words import Words
from queue_server.web.pages.looking import Looking
from queue_server.web.pages.shown import CALL_REASONS, PAUSE_REASONS, PlanWords, RefusalShown
from queue_server.wire import DeskView, LineTicket, PlanView

PLACES_OF_PAGE = ("call", "bar")
LISTS = ("line", "elsewhere", "parked", "missed")
"""The lists beside the work whose pages can be turned."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One rendering of the desk page."""

    RULES_ON_CHIPS: ClassVar = ("priority", "overdue", "tied")
    """Reasons a row's chips say already."""

    view: DeskView
    plan: PlanView
    now: datetime
    mine: bool
    """May the person looking act at this counter?"""
    may_next: bool = False
    """May they hand a ticket on to the very front?"""
    may_work: bool = False
    """May they work at counters of this branch at all?"""
    gives_up: tuple[str, ...] = ()
    """The counters they would give up by opening this one."""
    looking: Looking = field(default_factory=Looking)
    picked: LineTicket | None = None
    """The ticket of a list whose actions are open."""

    @property
    def may_take_over(self) -> bool:
        """Has its holder gone without closing it?"""
        return self.may_work and not self.mine and self.view.left

    @property
    def opening(self) -> dict[str, str]:
        """What the button that opens this counter says besides."""
        return {"move": "true"} if self.gives_up else {}

    def opening_words(self, words: Words, names: PlanWords) -> str:
        """What opening it comes to."""
        if self.gives_up:
            held = ", ".join(map(names.counter, self.gives_up))
            return words("desk-move-hint", held=held)
        if self.may_take_over:
            return words("desk-take-over-hint", holder=self.view.holder)
        return words("desk-open-hint")

    @property
    def seats(self) -> tuple[LineTicket | None, ...]:
        """Every seat, taken ones first; more than the capacity while reduced seats drain."""
        taken = self.view.open_tickets
        return (*taken, *(None for _ in range(self.view.capacity - len(taken))))

    @property
    def full(self) -> bool:
        return len(self.view.open_tickets) >= self.view.capacity

    @property
    def active(self) -> str | None:
        """The open ticket that keys mean while no seat has the focus: the one touched last."""
        newest = max(self.view.open_tickets, key=lambda one: one.since, default=None)
        return newest.number if newest else None

    @property
    def open_numbers(self) -> str:
        return ", ".join(ticket.number for ticket in self.view.open_tickets)

    @property
    def line(self) -> tuple[LineTicket, ...]:
        """The next few or the page that is looked at, and whoever is picked of those further on."""
        rows = self.looking.rows("line", self.view.line)
        if self.picked and self._waits_here(self.picked) and not self._is_found(self.picked):
            known = {ticket.number for ticket in rows}
            return rows if self.picked.number in known else (*rows, self.picked)
        return rows

    def _waits_here(self, ticket: LineTicket) -> bool:
        if ticket.state != "waiting" or not ticket.presence:
            return False
        return ticket.tied == self.view.counter or (not ticket.tied and self._serves(ticket))

    def _serves(self, ticket: LineTicket) -> bool:
        own = next(one for one in self.plan.counters if one.name == self.view.counter)
        return any(ticket.waits_for in group for group in own.groups)

    def _is_found(self, ticket: LineTicket) -> bool:
        return any(one.number == ticket.number for one in self.looking.found)

    def opens(self, ticket: LineTicket, place: str) -> bool:
        """Are its actions open in this list? One that was found is opened there, not twice."""
        return self.means_here(ticket, place) and self.is_picked(ticket)

    def means_here(self, ticket: LineTicket, place: str) -> bool:
        """Is this the row that speaks of it, where it may stand in two lists?"""
        return (place == "found") == self._is_found(ticket)

    def is_picked(self, ticket: LineTicket) -> bool:
        return self.picked is not None and ticket.number == self.picked.number

    @property
    def pause_reasons(self) -> tuple[str, ...]:
        return self.plan.pause_reasons or PAUSE_REASONS

    @property
    def call_reasons(self) -> tuple[str, ...]:
        return self.plan.call_reasons or CALL_REASONS

    def too_soon(self, ticket: LineTicket, now: datetime) -> bool:
        """Must a recall still wait?"""
        return ticket.recall_at is not None and now < ticket.recall_at

    @property
    def can_undo(self) -> bool:
        """Is there an action of this counter that may be taken back now?"""
        undo = self.view.undo
        return self.mine and undo is not None and self.now <= undo.until

    def _everyone(self) -> tuple[LineTicket, ...]:
        """Every ticket this page shows."""
        view, rows = self.view, self.looking.rows
        beside = (*rows("parked", view.parked), *rows("missed", view.missed))
        looked_at = self.looking.page.tickets if self.looking.page else ()
        return (*view.open_tickets, *self.line, *beside, *looked_at)

    def placed(self, refusal: RefusalShown) -> RefusalShown:
        """The refusal where this page has such a place; else on top, where it is seen."""
        shown_numbers = {ticket.number for ticket in self._everyone()}
        if refusal.place in {*PLACES_OF_PAGE, *shown_numbers}:
            return refusal
        return replace(refusal, place="call")

    # Sentences

    def undo_words(self, words: Words) -> str:
        undo = self.view.undo
        assert undo is not None, "asked only where something can be undone"
        return words(f"desk-undo-{undo.verb.replace('_', '-')}", number=undo.number)

    def full_words(self, words: Words) -> str:
        """What has to happen before the next call."""
        if self.view.capacity == 1 and len(self.view.open_tickets) == 1:
            return words("desk-next-full-desk", number=self.view.open_tickets[0].number)
        return words("desk-next-full-booth")

    def why_words(self, words: Words, now: datetime) -> str:
        """Why the next one is next: the rule, the wait, and whom the call overtakes."""
        if not self.view.line.first:
            return ""
        ticket = self.view.line.first[0]
        waited, rule = words.elapsed(ticket.since, now), ticket.rule or "rank"
        if rule == "overdue":
            parts = [words("desk-why-overdue", time=waited)]
        else:
            parts = [
                words(f"desk-why-{rule.replace('_', '-')}"),
                words("staff-waited", time=waited),
            ]
        return " · ".join([*parts, *self._overtakes(words)])

    def _overtakes(self, words: Words) -> list[str]:
        named, count = self.view.overtakes, self.view.overtakes_count
        if not named:
            return []
        numbers, more = ", ".join(named), count - len(named)
        if more > 0:
            return [words("desk-overtakes-many", numbers=numbers, n=more)]
        return [words("desk-overtakes", numbers=numbers)]

    @property
    def next(self) -> str | None:
        """Whom the next call would call."""
        return self.view.line.first[0].number if self.view.line.first else None

    def say(self, words: Words) -> str:
        """For a screen reader: who is open here and who would be next."""
        said = [
            words("staff-done", number=ticket.number, done=words(f"stage-{ticket.state}"))
            for ticket in self.view.open_tickets
        ]
        if self.next:
            said.append(words("staff-done", number=self.next, done=words("stage-next")))
        return ". ".join(said)
