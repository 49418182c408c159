"""Decisions about giving out numbers: who gets one, who has one already, when there are none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from queue_server.domain import events as e
from queue_server.domain.commands import IssueTicket
from queue_server.domain.decide import brake, quota, require
from queue_server.domain.decide.forgetting import forgotten_at
from queue_server.domain.decide.one_number import live_among
from queue_server.domain.forgetting import long_unheard_of
from queue_server.domain.hours import intake_open, next_opening
from queue_server.domain.line import last_place
from queue_server.domain.model import BranchDay, DayState, Ticket
from queue_server.domain.refusals import Code


def number_text(letter: str, n: int) -> str:
    """A letter and three digits, more past 999: `A-012`, `A-1000`."""
    return f"{letter}-{n:03d}"


def own_ticket(day: BranchDay, command: IssueTicket, at: datetime) -> str | None:
    """The live ticket this browser already has today, intake open or not."""
    if day.state is not DayState.OPEN:
        return None
    require.service(day, command.service)
    own = _live_of_browser(day, command)
    return next((one.number for one in own if not _is_over(day, one, command, at)), None)


def _over(day: BranchDay, command: IssueTicket, at: datetime) -> tuple[Ticket, ...]:
    """The browser's tickets that its next one ends."""
    own = _live_of_browser(day, command)
    return tuple(one for one in own if _is_over(day, one, command, at))


def _live_of_browser(day: BranchDay, command: IssueTicket) -> Iterable[Ticket]:
    """None where each of a browser's numbers is for somebody else."""
    if command.browser is None or not day.plan.rules.one_live_ticket:
        return ()
    return live_among(day, day.by_browser.get(command.browser, ()))


def _is_over(day: BranchDay, own: Ticket, command: IssueTicket, at: datetime) -> bool:
    """Does its holder go on to another service while the officer forgot to say it is over?"""
    return own.service != command.service and long_unheard_of(day, own, at)


def issue(day: BranchDay, command: IssueTicket, at: datetime) -> tuple[e.Event, ...]:
    """The next number of a service. A refused issue uses none.

    Checked in this order: service, another's identity, intake, presence, numbers per browser,
    quota, wait.
    """
    require.service(day, command.service)
    over = _over(day, command, at)
    _identity_is_free(day, command, over)
    _intake_is_open(day, command, at)
    if not command.proven and not day.plan.unproven_allowed:
        raise require.no(Code.PRESENCE_NEEDED)
    _browser_may_take_more(day, command)
    quota.for_a_number(day, command.service, command.proven, at)
    brake.for_a_number(day, command.service, command.channel, at)
    issued = e.TicketIssued(
        at=at,
        by=command.by,
        number=number_text(command.service, day.issued.get(command.service, 0) + 1),
        ticket_id=command.ticket_id,
        service=command.service,
        channel=command.channel,
        place=last_place(day, at) if command.proven else None,
        browser=command.browser,
        identity=command.identity,
        weight=command.weight,
        wishes_priority=command.wishes_priority,
    )
    return (*forgotten_at(command, at, over), issued)


def _identity_is_free(day: BranchDay, command: IssueTicket, over: tuple[Ticket, ...]) -> None:
    if command.identity is None or not day.plan.rules.one_live_ticket:
        return
    live = live_among(day, day.by_identity.get(command.identity, ()))
    if any(one not in over for one in live):
        raise require.no(Code.ALREADY_HAS_TICKET)


def _intake_is_open(day: BranchDay, command: IssueTicket, at: datetime) -> None:
    if not intake_open(day, at):
        opens_at = next_opening(day.plan, at, command.service)
        raise require.no(Code.INTAKE_CLOSED, opens_at=opens_at)


def _browser_may_take_more(day: BranchDay, command: IssueTicket) -> None:
    limit = day.plan.rules.tickets_per_browser_max
    if command.browser is not None and len(day.by_browser.get(command.browser, ())) >= limit:
        raise require.no(Code.TOO_MANY_TICKETS, limit=limit)
