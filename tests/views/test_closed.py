"""Why no numbers are given: not yet, not any more, or not now."""

from __future__ import annotations

from datetime import timedelta

from queue_server import views
from tests.domain.day import Day


def why(day: Day, later: timedelta = timedelta()) -> tuple[str | None, str | None]:
    """As a phone and a kiosk are told."""
    scene = views.Scene(day.day, day.now + later)
    return views.branch(scene).why, views.kiosk(scene).why


def is_over(day: Day) -> tuple[bool, bool]:
    """As the door and a desk are told."""
    scene = views.Scene(day.day, day.now)
    return views.guard(scene).over, views.desk(scene, "1").over


def test_a_day_closed_without_a_number_is_over_all_the_same() -> None:
    assert is_over(Day(opened=False)) == (False, False)
    day = Day()
    assert is_over(day) == (False, False)
    day.close_day()
    assert is_over(day) == (True, True)


def test_before_its_first_opening_a_day_is_not_over() -> None:
    assert why(Day(opened=False)) == ("not_open_yet", "not_open_yet")


def test_a_day_that_was_open_is_over_once_it_is_closed_and_the_next_has_not_begun() -> None:
    day = Day()
    assert why(day) == (None, None)
    day.close_intake()
    assert why(day) == ("intake_closed", "intake_closed")
    day.close_day()
    assert why(day) == ("day_closed", "day_closed")
    assert why(day, timedelta(days=1)) == ("not_open_yet", "not_open_yet")
