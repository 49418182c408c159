"""A day by road: how many calls left how fast, and who did not come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from queue_server.notices.figures import NoShows, road_report
from queue_server.people.values.roads import Fate, Message, Occasion, Road
from tests.notices.examples import a_message
from tests.notices.watched import NamedDay
from tests.store.examples import AT


def told(nth: int, after_s: float = 1.0, fate: Fate = Fate.SENT, **given: Any) -> Message:
    settled = AT + timedelta(seconds=after_s)
    return a_message(ticket_id=f"ticket-{nth}", fate=fate, settled_at=settled, **given)


def test_a_day_without_roads_has_those_who_were_called_all_the_same() -> None:
    day = NamedDay()
    for _ in range(3):
        day.issue()
    day.serve_next()
    day.miss_next()
    report = road_report(day.day.tickets.values(), [])
    assert report.unreached == NoShows(called=2, missed=1)
    assert report.reached == ((Road.PUSH, NoShows(0, 0)),)
    (calls,) = report.calls
    assert (calls.sent, calls.usual_s, calls.slow_s) == (0, None, None)


def test_whoever_was_told_is_counted_by_their_road() -> None:
    day = NamedDay()
    for _ in range(4):
        day.issue()
    day.serve_next()
    day.rejoin(day.miss_next())
    day.miss_next()
    messages = [told(1), told(2), told(3, fate=Fate.STALE)]
    report = road_report(day.day.tickets.values(), messages)
    assert report.reached == ((Road.PUSH, NoShows(called=2, missed=1)),)
    assert report.unreached == NoShows(called=1, missed=1)
    assert report.reached[0][1].share == 0.5


def test_calls_say_how_fast_they_left_and_how_many_did_not() -> None:
    messages = [told(n, after_s=n / 10) for n in range(1, 11)]
    messages += [told(11, fate=Fate.FAILED), told(12, fate=Fate.WITHDRAWN)]
    messages += [told(13, 99.0, occasion=Occasion.READY)]
    (calls,) = road_report([], messages).calls
    assert (calls.sent, calls.failed) == (10, 1)
    assert (calls.usual_s, calls.slow_s) == (0.5, 0.9)
