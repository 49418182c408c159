"""Hours and dates are the branch's own, on both sides of UTC's midnight and of Greenwich."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from queue_server.domain.hours import hours_now, intake_open, next_opening
from queue_server.domain.model import BranchDay, DayState
from queue_server.domain.plan import BranchPlan, Hours
from queue_server.live.openings import local_date, next_hour, opening_due
from tests.domain.day import MONDAY, a_plan

SUNDAY = MONDAY - timedelta(days=1)
TUESDAY = MONDAY + timedelta(days=1)
ZONES = ("Asia/Jayapura", "Asia/Makassar", "UTC", "America/Lima", "Pacific/Kiritimati")
"""UTC's midnight is in the middle of the day there, or the date is another all day long."""


def branch(zone: str) -> BranchPlan:
    """Open on Mondays only, from half past six to half past ten in the evening."""
    return replace(a_plan(), zone=zone, hours={"mon": Hours(time(6, 30), time(22, 30))})


def at(zone: str, hour: int, minute: int = 0, on: date = MONDAY) -> datetime:
    return datetime.combine(on, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


every_zone = pytest.mark.parametrize("zone", ZONES)


@every_zone
def test_the_date_is_the_branchs(zone: str) -> None:
    for hour in range(24):
        assert local_date(branch(zone), at(zone, hour)) == MONDAY


@every_zone
def test_todays_hours_hold_from_midnight_to_midnight(zone: str) -> None:
    plan = branch(zone)
    assert all(hours_now(plan, at(zone, hour)) == plan.hours["mon"] for hour in range(24))
    assert hours_now(plan, at(zone, 23, 59, on=SUNDAY)) is None
    assert hours_now(plan, at(zone, 0, on=TUESDAY)) is None


@every_zone
def test_the_next_opening_is_todays_until_it_has_come(zone: str) -> None:
    plan, opens = branch(zone), at(zone, 6, 30)
    assert {next_opening(plan, at(zone, hour)) for hour in range(7)} == {opens}
    assert next_opening(plan, opens) == opens + timedelta(days=7)


@every_zone
def test_an_opening_in_the_evening_is_todays_too(zone: str) -> None:
    plan = replace(branch(zone), hours={"mon": Hours(time(21), time(23))})
    assert {next_opening(plan, at(zone, hour)) for hour in range(21)} == {at(zone, 21)}


@every_zone
def test_the_intake_runs_through_the_hours(zone: str) -> None:
    day = BranchDay(plan=branch(zone), date=MONDAY)
    day.state, day.opened_at = DayState.OPEN, at(zone, 6)
    open_at = [hour for hour in range(24) if intake_open(day, at(zone, hour))]
    assert open_at == list(range(7, 23))


@every_zone
def test_the_day_opens_by_itself_in_its_hours_alone(zone: str) -> None:
    plan = branch(zone)
    before = BranchDay(plan=plan, date=SUNDAY)
    due = [
        hour
        for hour in range(24)
        if opening_due(plan, before, at(zone, hour), around_the_clock=False)
    ]
    assert due == list(range(7, 23))


@every_zone
def test_the_calendar_changes_something_at_the_hours_and_at_midnight(zone: str) -> None:
    plan = branch(zone)
    wanted = {0: (6, 30), 6: (6, 30), 7: (22, 30), 22: (22, 30)}
    for hour, (h, m) in wanted.items():
        assert next_hour(plan, at(zone, hour)) == at(zone, h, m)
    assert next_hour(plan, at(zone, 23)) == at(zone, 0, on=TUESDAY)


@every_zone
def test_no_day_opens_by_itself_before_one_that_was(zone: str) -> None:
    """A clock that ran ahead for a while began tomorrow's."""
    ahead = BranchDay(plan=branch(zone), date=TUESDAY)
    assert not any(
        opening_due(ahead.plan, ahead, at(zone, hour), around_the_clock=around)
        for hour in range(24)
        for around in (False, True)
    )
