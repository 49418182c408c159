"""Decisions about a wait that has grown too long for one more number.

What decides is what newcomers are told, so that nobody is refused against what they read. A guard
may still give a number: somebody looked at the person.
"""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.decide import require
from queue_server.domain.estimates import Outlook, WaitRange
from queue_server.domain.model import BranchDay, Channel
from queue_server.domain.refusals import Code


def too_long(day: BranchDay, told: WaitRange | None) -> bool:
    """Is even the early end of what newcomers are told at the branch's limit, or beyond it?

    Never without a limit, nor while no counter is open: then no wait is told.
    """
    limit_min = day.plan.rules.wait_stop_min
    return limit_min > 0 and told is not None and told.told[0] >= limit_min


def for_a_number(day: BranchDay, service: str, channel: Channel, at: datetime) -> None:
    """The wait allows one more."""
    limit_min = day.plan.rules.wait_stop_min
    if not limit_min or channel is Channel.GUARD:
        return
    told = Outlook(day, at).wait_for_newcomer(service)
    if told is not None and too_long(day, told):
        raise require.no(
            Code.WAIT_TOO_LONG, service=service, wait_min=told.told[0], limit_min=limit_min
        )
