"""What the supervisor's page says of roads: whether they work, how fast calls leave, who came.

Must not know how anything is carried.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from queue_server.notices.figures import NoShows, RoadCalls
from queue_server.people import StoreUnavailable
from queue_server.people.values.roads import Road
from queue_server.web.context import Site


@dataclass(frozen=True, slots=True)
class RoadShown:
    """One road that was used today, or does not work."""

    name: str
    calls: RoadCalls
    no_shows: NoShows
    failing: int
    failing_since: datetime | None


@dataclass(frozen=True, slots=True)
class RoadsShown:
    """Those there are to speak of, and whoever was called without."""

    roads: tuple[RoadShown, ...]
    unreached: NoShows


async def roads_shown(site: Site, branch: str) -> RoadsShown:
    """Of today. A store that cannot be asked leaves the page without: the day goes on."""
    try:
        report = await site.reaching.report(branch, site.days.date(branch))
    except StoreUnavailable:
        return RoadsShown((), NoShows(0, 0))
    no_shows = dict(report.reached)
    found = (_shown(site, calls, no_shows[calls.road]) for calls in report.calls)
    used = (one for one in found if one.calls.sent or one.calls.failed or one.failing)
    return RoadsShown(tuple(used), report.unreached)


def _shown(site: Site, calls: RoadCalls, no_shows: NoShows) -> RoadShown:
    road: Road = calls.road
    standing = site.reaching.standing(road)
    return RoadShown(road.value, calls, no_shows, standing.failing, standing.failing_since)
