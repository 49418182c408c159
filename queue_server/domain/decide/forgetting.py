"""Decisions about whoever was forgotten at a counter: nobody said how it ended, so it just ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide import require
from queue_server.domain.forgetting import long_unheard_of
from queue_server.domain.model import BranchDay, Ticket
from queue_server.domain.refusals import Code
from queue_server.domain.transitions import Verb


def forgotten_at(
    command: c.Command, at: datetime, tickets: Iterable[Ticket]
) -> tuple[e.TicketForgotten, ...]:
    """They end, one after another."""
    return tuple(e.TicketForgotten(at=at, by=command.by, number=one.number) for one in tickets)


def leave(day: BranchDay, command: c.Leave, at: datetime) -> tuple[e.Event, ...]:
    """The holder says so, once the officer has had time enough to."""
    ticket = require.ticket(day, command, command.number, Verb.FORGET)
    if not long_unheard_of(day, ticket, at):
        after_min = day.plan.rules.forgotten_after_min
        raise require.no(Code.STILL_AT_COUNTER, number=ticket.number, after_min=after_min)
    return forgotten_at(command, at, (ticket,))
