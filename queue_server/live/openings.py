"""When a branch's day opens by itself: pure questions about a plan, a day and a moment.

All in the branch's own zone: UTC midnight is 07:00 to 09:00 there, in the middle of the rush.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from queue_server.domain.hours import at_hour, intake_open
from queue_server.domain.model import BranchDay, DayState
from queue_server.domain.plan import BranchPlan


def local_date(plan: BranchPlan, at: datetime) -> date:
    """The date on the branch's calendar."""
    return at.astimezone(plan.timezone()).date()


def opening_due(plan: BranchPlan, day: BranchDay, at: datetime, *, around_the_clock: bool) -> bool:
    """Should the day of `at` open by itself now?

    Once a date, and only while the hours of the plan run: a day closed by hand stays so, a server
    started at night does not open the day that is over. After a power cut at noon it opens.
    """
    today = local_date(plan, at)
    if day.date > today or (day.date == today and day.opened_at is not None):
        return False
    return around_the_clock or within_hours(plan, at)


def within_hours(plan: BranchPlan, at: datetime) -> bool:
    """Do the hours of the plan run at a moment?"""
    today = local_date(plan, at)
    hours = plan.hours_on(today)
    if hours is None:
        return False
    return at_hour(plan, today, hours.opens) <= at < at_hour(plan, today, hours.closes)


def lags(plan: BranchPlan, day: BranchDay, at: datetime) -> bool:
    """Does an earlier day go on where it should not: giving numbers, or with no hour to end it?

    One that nobody closed and that only serves is ended by the next opening.
    """
    if day.state is not DayState.OPEN or day.date >= local_date(plan, at):
        return False
    return plan.by_hand_only() or intake_open(day, at)


def runs_ahead(plan: BranchPlan, day: BranchDay, at: datetime) -> bool:
    """Was a day opened that has not come yet?"""
    return day.opened_at is not None and day.date > local_date(plan, at)


def next_hour(plan: BranchPlan, at: datetime) -> datetime:
    """The next moment at which the calendar changes something: an hour of today, else midnight."""
    today = local_date(plan, at)
    moments = [at_hour(plan, today + timedelta(days=1), time.min)]
    hours = plan.hours_on(today)
    if hours is not None:
        moments += [at_hour(plan, today, hours.opens), at_hour(plan, today, hours.closes)]
    return min(moment for moment in moments if moment > at)
