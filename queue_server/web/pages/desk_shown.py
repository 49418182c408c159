"""What the desk page says of a `DeskView`: seats, the next one and why, what can be undone.

Pure. Must not know requests; rights come in as plain answers (`mine`, `may_next`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from queue_server.look.words import Words
from queue_server.web.pages.shown import CALL_REASONS, PAUSE_REASONS, Refused, Shown
from queue_server.wire import CounterStaffShown, DeskView, GuardView, LineTicket

# An officer looks at the next few; the rest is a press away and costs nothing until then.
LINE_SHOWN_MAX = 20
OVERTAKEN_NAMED_MAX = 3
PLACES_OF_PAGE = ("call", "bar")


@dataclass(frozen=True, slots=True)
class Desk:
    """One rendering of the desk page."""

    view: DeskView
    now: datetime
    mine: bool
    """May the person looking act at this counter?"""
    may_next: bool = False
    """May they hand a ticket on to the very front?"""
    picked: str | None = None
    """The ticket of a list whose actions are open."""
    show_all: bool = False

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
        newest = max(self.view.open_tickets, key=lambda one: one.state_since, default=None)
        return newest.number if newest else None

    @property
    def open_numbers(self) -> str:
        return ", ".join(ticket.number for ticket in self.view.open_tickets)

    @property
    def line(self) -> tuple[LineTicket, ...]:
        return self._cut(self.view.line)

    @property
    def others(self) -> tuple[LineTicket, ...]:
        return self._cut(self.view.others)

    @property
    def line_cut(self) -> bool:
        return len(self.line) < len(self.view.line)

    def _cut(self, tickets: tuple[LineTicket, ...]) -> tuple[LineTicket, ...]:
        """The first few, and whoever is next or picked wherever they stand."""
        if self.show_all:
            return tickets
        kept = (self.view.next, self.picked)
        return tuple(
            ticket
            for place, ticket in enumerate(tickets)
            if place < LINE_SHOWN_MAX or ticket.number in kept
        )

    def picked_in(self, tickets: Iterable[LineTicket]) -> bool:
        return any(ticket.number == self.picked for ticket in tickets)

    @property
    def list_query(self) -> str:
        """What the address must keep when a row is opened or closed."""
        return "all=1&" if self.show_all else ""

    @property
    def pause_reasons(self) -> tuple[str, ...]:
        return self.view.pause_reasons or PAUSE_REASONS

    @property
    def call_reasons(self) -> tuple[str, ...]:
        return self.view.call_reasons or CALL_REASONS

    def too_soon(self, ticket: LineTicket, now: datetime) -> bool:
        """Must a recall still wait?"""
        return ticket.recall_at is not None and now < ticket.recall_at

    @property
    def undo(self) -> LineTicket | None:
        """The ticket whose last action this counter may take back now: the newest such."""
        offers = [ticket for ticket in self._everyone() if self._undoable(ticket)]
        return max(offers, key=_undo_until, default=None) if self.mine else None

    def _undoable(self, ticket: LineTicket) -> bool:
        return (
            ticket.undo_until is not None
            and self.now <= ticket.undo_until
            and ticket.undo_counter == self.view.counter
        )

    def _everyone(self) -> tuple[LineTicket, ...]:
        view = self.view
        return (
            *view.open_tickets,
            *view.recent,
            *view.parked,
            *view.missed,
            *view.line,
            *view.others,
        )

    def placed(self, refusal: Refused) -> Refused:
        """The refusal where this page has such a place; else on top, where it is seen."""
        shown_numbers = {ticket.number for ticket in self._everyone()}
        if refusal.place in {*PLACES_OF_PAGE, *shown_numbers}:
            return refusal
        return replace(refusal, place="call")

    # Sentences

    def undo_words(self, words: Words) -> str:
        ticket = self.undo
        assert ticket is not None, "asked only where something can be undone"
        verb = (ticket.undo_verb or "call").replace("_", "-")
        return words(f"desk-undo-{verb}", number=ticket.number)

    def full_words(self, words: Words) -> str:
        """What has to happen before the next call."""
        if self.view.capacity == 1 and len(self.view.open_tickets) == 1:
            return words("desk-next-full-desk", number=self.view.open_tickets[0].number)
        return words("desk-next-full-booth")

    def why_words(self, words: Words, now: datetime) -> str:
        """Why the next one is next: the rule, the wait, and whom the call overtakes."""
        ticket = next((one for one in self.view.line if one.number == self.view.next), None)
        if ticket is None:
            return ""
        waited = words.elapsed(ticket.since or ticket.issued_at, now)
        rule = (self.view.next_rule or "rank").replace("_", "-")
        if rule == "overdue":
            parts = [words("desk-why-overdue", time=waited)]
        else:
            parts = [words(f"desk-why-{rule}"), words("staff-waited", time=waited)]
        return " · ".join([*parts, *self._overtakes(words)])

    def _overtakes(self, words: Words) -> list[str]:
        before: list[str] = []
        for ticket in self.view.line:  # in rank order
            if ticket.number == self.view.next:
                break
            before.append(ticket.number)
        if not before:
            return []
        named = ", ".join(before[:OVERTAKEN_NAMED_MAX])
        more = len(before) - OVERTAKEN_NAMED_MAX
        if more > 0:
            return [words("desk-overtakes-many", numbers=named, n=more)]
        return [words("desk-overtakes", numbers=named)]

    def say(self, words: Words) -> str:
        """For a screen reader: who is open here and who would be next."""
        said = [
            words("staff-done", number=ticket.number, done=words(f"stage-{ticket.state}"))
            for ticket in self.view.open_tickets
        ]
        if self.view.next:
            said.append(words("staff-done", number=self.view.next, done=words("stage-next")))
        return ". ".join(said)


def _undo_until(ticket: LineTicket) -> datetime:
    assert ticket.undo_until is not None, "only offers are compared"
    return ticket.undo_until


@dataclass(frozen=True, slots=True)
class Choice:
    """The counters of one branch, for somebody who has to choose one."""

    view: GuardView
    shown: Shown
    own: frozenset[str]
    """The counters this person holds."""

    def whose(self, counter: CounterStaffShown) -> str:
        """free, yours, held"""
        if counter.name in self.own:
            return "yours"
        return "free" if counter.holder is None else "held"

    @property
    def has_own(self) -> bool:
        return bool(self.own)

    @staticmethod
    def letters(counter: CounterStaffShown) -> str:
        """The services it serves, first groups first."""
        return ", ".join(dict.fromkeys(letter for group in counter.groups for letter in group))
