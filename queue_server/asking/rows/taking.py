"""What anybody can ask: a number."""

from __future__ import annotations

from typing import Final

from queue_server import wire
from queue_server.asking.before import spend_a_number
from queue_server.asking.taking import take
from queue_server.asking.verb import About, VerbRow
from queue_server.domain import commands as c
from queue_server.domain.refusals import Code

ISSUE: Final = VerbRow(
    name="issue",
    says="Gives the next number of a service. Guard, kiosk or a fresh `join` code prove presence.",
    body=wire.IssueRequest,
    example={"service": "A", "join": "1.1bq7k2f.kX0dJ2mWq3ZpTa91hB5c_E", "priority": False},
    about=About.BRANCH,
    path="tickets",
    pages=("guard",),
    rights=(),
    spend=spend_a_number,
    deed=take,
    makes=c.IssueTicket,
    answer=wire.IssueAnswer,
    is_new=True,
    refusals=(
        Code.UNKNOWN_SERVICE,
        Code.INTAKE_CLOSED,
        Code.QUOTA_FULL,
        Code.WAIT_TOO_LONG,
        Code.ALREADY_HAS_TICKET,
        Code.TOO_MANY_TICKETS,
        Code.PRESENCE_NEEDED,
        Code.DAY_RESTORED,
    ),
    codes=("too_many_unproven",),
)
