"""What pages and the API ask of days, each question by its name, and the door for commands.

Answers are plain values: who asks never sees a day, nor learns how one is built. Must not know who
may ask what.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from queue_server.domain import tally
from queue_server.domain.commands import Command
from queue_server.domain.decide.counters import to_give_up
from queue_server.domain.model import Ticket, TicketState
from queue_server.domain.plan import BranchPlan
from queue_server.domain.refusals import Refusal
from queue_server.live.day import Done
from queue_server.live.days import Days
from queue_server.live.outcome import RequestMark


@dataclass(frozen=True, slots=True)
class TicketKnown:
    """A number of a day that is still shown."""

    ticket_id: str
    service: str
    state: str
    counter: str | None
    seq: int
    """Of its day."""
    today: bool
    """Is its day the branch's newest?"""


class DaysFace:
    """All branches, as those see them who only ask. Raises `KeyError` for an unknown branch, unless
    it says otherwise.
    """

    def __init__(self, days: Days) -> None:
        self._days = days

    async def do(
        self, branch: str, command: Command, mark: RequestMark | None = None
    ) -> Done | Refusal:
        """As `Days.do`."""
        return await self._days.do(branch, command, mark)

    # Branches

    def branches(self) -> Mapping[str, BranchPlan]:
        """All branches with their present plans."""
        return self._days.branches()

    def exists(self, branch: str) -> bool:
        """Is there a branch of this name?"""
        return branch in self._days.branches()

    def plan(self, branch: str) -> BranchPlan:
        """The branch's present plan."""
        return self._days.branches()[branch]

    def name(self, branch: str | None) -> str:
        """What people call it; empty for none, and for one there is not."""
        plan = self._days.branches().get(branch or "")
        return plan.name if plan else ""

    def alarm(self, branch: str) -> str | None:
        """What is wrong with it."""
        return self._days.alarm(branch)

    # The newest day of a branch

    def date(self, branch: str) -> datetime.date:
        """Whose numbers are given and called."""
        return self._days.day(branch).date

    def last_happened(self, branch: str) -> datetime.datetime | None:
        """When something happened there last; None before its day was ever opened."""
        return self._days.day(branch).last_at

    def zone(self, branch: str) -> str:
        """The clock its times are told by."""
        return self._days.day(branch).plan.zone

    def identity_asked(self, branch: str) -> bool:
        """Must whoever takes a number by phone say who they are?"""
        return self._days.day(branch).plan.identity_asked

    def may_hand_to_front(self, branch: str) -> bool:
        """Does the branch let its officers hand a ticket on to the very front?"""
        return self._days.day(branch).plan.transfer_next_by_officers

    def has_counter(self, branch: str, counter: str) -> bool:
        """Is there such a counter today?"""
        return counter in self._days.day(branch).plan.counters

    def holder(self, branch: str, counter: str) -> str | None:
        """Who holds a counter; None where nobody does, or there is none."""
        known = self._days.day(branch).counters.get(counter)
        return known.holder if known else None

    def counters_held(self, branch: str, by: str) -> Collection[str]:
        """The counters somebody holds, in the order in which they were first opened."""
        return [one.name for one in tally.held_by(self._days.day(branch), by)]

    def gives_up(self, branch: str, by: str) -> Collection[str]:
        """The counters an officer would give up by opening another."""
        return [one.name for one in to_give_up(self._days.day(branch), by)]

    def unproven_reach(self, branch: str, most: int) -> bool:
        """Do so many numbers wait whose holders nobody has seen?"""
        day = self._days.day(branch)
        return len(day.tickets) >= most and len(tally.unproven(day)) >= most

    # Numbers

    def ticket(self, branch: str, on: datetime.date, number: str) -> TicketKnown | None:
        """A number of the newest day or the one before; None where there is none such."""
        day = self._days.day_of(branch, on)
        ticket = day.tickets.get(number) if day is not None else None
        if day is None or ticket is None:
            return None
        return _known(ticket, day.seq, on == self.date(branch))

    def was_seen(self, branch: str, on: datetime.date, number: str) -> bool:
        """Was it ever proven that a number's holder is there?"""
        day = self._days.day_of(branch, on)
        ticket = day.tickets.get(number) if day is not None else None
        return ticket is not None and ticket.place is not None

    def ticket_today(self, branch: str, number: str) -> TicketKnown | None:
        """A number of the newest day; None where there is none such."""
        return self.ticket(branch, self.date(branch), number)

    def forgotten_on(self, branch: str, number: str) -> datetime.date | None:
        """The day before, where that number was forgotten on it."""
        day = self._days.day_before(branch)
        ticket = day.tickets.get(number) if day is not None else None
        forgotten = ticket is not None and ticket.state is TicketState.FORGOTTEN
        return day.date if day is not None and forgotten else None

    def numbers_of_browser(self, branch: str, browser: str) -> Collection[str]:
        """The numbers of the newest day that its browser, as the log knows it, would be given again
        while they live; none where the branch gives a new one each time.
        """
        day = self._days.day(branch)
        return day.by_browser.get(browser, ()) if day.plan.rules.one_live_ticket else ()


def _known(ticket: Ticket, seq: int, today: bool) -> TicketKnown:
    return TicketKnown(
        ticket_id=ticket.ticket_id,
        service=ticket.service,
        state=ticket.state.value,
        counter=ticket.counter,
        seq=seq,
        today=today,
    )
