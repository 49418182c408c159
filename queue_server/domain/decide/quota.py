"""Decisions about a service's quota: how many numbers today still gives, and to whom.

Whoever stands in the hall is never refused because of numbers whose holders nobody has seen: those
take no place, but they do bound how many more are given from afar.
"""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.decide import require
from queue_server.domain.hours import next_opening_after
from queue_server.domain.model import BranchDay
from queue_server.domain.refusals import Code
from queue_server.domain.tally import count_unproven


def quota_left(day: BranchDay, service: str) -> int | None:
    """How many numbers of a service today still gives to those who are here; None without a quota,
    never below 0.
    """
    quota = day.plan.quota_on(service, day.date)
    return None if quota is None else max(0, quota - day.quota_used.get(service, 0))


def quota_left_afar(day: BranchDay, service: str) -> int | None:
    """How many it gives to phones without the hall's code: one for each place that neither
    somebody here nor another number from afar may still need.
    """
    left = quota_left(day, service)
    return None if left is None else max(0, left - count_unproven(day, service))


def for_a_number(day: BranchDay, service: str, proven: bool, at: datetime) -> None:
    """There is a place, or (from afar) the hope of one."""
    left = quota_left(day, service) if proven else quota_left_afar(day, service)
    _some(left, day, service, at)


def for_a_proof(day: BranchDay, service: str, at: datetime) -> None:
    """There is a place for somebody whose number waited for it."""
    _some(quota_left(day, service), day, service, at)


def _some(left: int | None, day: BranchDay, service: str, at: datetime) -> None:
    if left == 0:
        raise require.no(
            Code.QUOTA_FULL,
            service=service,
            quota=day.plan.quota_on(service, day.date),
            left=quota_left(day, service),
            opens_at=next_opening_after(day.plan, day.date, at, service),
        )
