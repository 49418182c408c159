"""When numbers are given: the hours of the plan and the hand
that overrides them. All in the branch's own zone.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from queue_server.domain.model import BranchDay, DayState
from queue_server.domain.plan import BranchPlan, Hours

LOOK_AHEAD_DAYS = 400


def moment(day: BranchDay, at: datetime) -> datetime:
    """The time a command happens at: a clock stepping back counts as standing still."""
    return at if day.last_at is None else max(at, day.last_at)


def is_behind(day: BranchDay, at: datetime) -> bool:
    """Does time stand still, because the clock stepped back?"""
    return day.last_at is not None and at < day.last_at


def intake_open(day: BranchDay, at: datetime) -> bool:
    """Are numbers given at this moment? The last of: a hand,
    an hour of the plan, the opening of the day.
    """
    if day.state is not DayState.OPEN:
        return False
    planned_since, planned = _planned(day, moment(day, at))
    hand = day.intake_hand
    if hand is not None and (planned_since is None or hand.at >= planned_since):
        return hand.open
    return planned


def _planned(day: BranchDay, at: datetime) -> tuple[datetime | None, bool]:
    """The plan's last hour that has come, and whether it opened the intake.

    Numbers are opened by plan on the day's own date only: a day that goes on past midnight stays
    closed.
    """
    if day.plan.by_hand_only():
        return None, True
    local = at.astimezone(day.plan.timezone())
    last: tuple[datetime | None, bool] = None, False
    for on in _dates(day.date, local.date()):
        hours = day.plan.hours_on(on)
        if hours is None:
            continue
        for hour, opens in ((hours.opens, on == day.date), (hours.closes, False)):
            moment = at_hour(day.plan, on, hour)
            if moment <= at:
                last = moment, opens
    return last


def _dates(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(max(0, (last - first).days) + 1)]


def at_hour(plan: BranchPlan, on: date, hour: time) -> datetime:
    """A branch hour of a date as a moment in time."""
    return datetime.combine(on, hour, plan.timezone())


def next_opening(plan: BranchPlan, at: datetime, service: str | None = None) -> datetime | None:
    """The next moment after `at` when the plan opens the intake (for a service: with a quota above
    0).

    None where only a hand opens it.
    """
    today = at.astimezone(plan.timezone()).date()
    for ahead in range(LOOK_AHEAD_DAYS):
        on = today + timedelta(days=ahead)
        hours = plan.hours_on(on)
        if hours is None or (service is not None and plan.quota_on(service, on) == 0):
            continue
        moment = at_hour(plan, on, hours.opens)
        if moment > at:
            return moment
    return None


def next_opening_after(plan: BranchPlan, day: date, at: datetime, service: str) -> datetime | None:
    """The next opening on a date later than `day` and after `at`: for a quota that is used up."""
    return next_opening(plan, max(at, at_hour(plan, day, time.max)), service)


def hours_now(plan: BranchPlan, at: datetime) -> Hours | None:
    """Today's hours by the plan, on the branch's calendar."""
    return plan.hours_on(at.astimezone(plan.timezone()).date())
