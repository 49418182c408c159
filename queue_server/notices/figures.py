"""How a day's calls reached their holders, and who came: by road.

Pure. Counts numbers and times, nobody's name; the proof that waiting at a distance works is that
those who are told miss their call no more often than those who are not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from queue_server.domain.model import Ticket, TicketState
from queue_server.notices.occasions import CALLS
from queue_server.people.values.roads import Fate, Message, Road

SLOW_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class RoadCalls:
    """What became of the calls (and recalls) that went by one road."""

    road: Road
    sent: int
    failed: int
    """Not taken, or not while they were true; one that was taken back is neither."""
    usual_s: float | None
    """Half of those sent had left so soon after the button; None: none was sent."""
    slow_s: float | None
    """Nine of ten."""


@dataclass(frozen=True, slots=True)
class NoShows:
    """Of the numbers that were called, how many were missed at least once."""

    called: int
    missed: int

    @property
    def share(self) -> float:
        """0 where nobody was called."""
        return self.missed / self.called if self.called else 0.0


@dataclass(frozen=True, slots=True)
class RoadReport:
    """A day by road."""

    calls: tuple[RoadCalls, ...]
    reached: tuple[tuple[Road, NoShows], ...]
    """Those whom a call reached by a road."""
    unreached: NoShows
    """Those whom none did: the open page, the board and the voice were all they had."""


def road_report(tickets: Iterable[Ticket], messages: Sequence[Message]) -> RoadReport:
    """Of a day's tickets and what was told of them."""
    calls = [one for one in messages if one.occasion in CALLS]
    called = [ticket for ticket in tickets if ticket.called_ever]
    told = {road: _reached(calls, road) for road in Road}
    by_any = {ticket_id for reached in told.values() for ticket_id in reached}
    return RoadReport(
        calls=tuple(_of_road(road, calls) for road in Road),
        reached=tuple((road, _no_shows(called, reached)) for road, reached in told.items()),
        unreached=_no_shows(called, {one.ticket_id for one in called} - by_any),
    )


def _reached(calls: Iterable[Message], road: Road) -> set[str]:
    return {
        one.ticket_id for one in calls if one.road.value == road.value and one.fate is Fate.SENT
    }


def _of_road(road: Road, calls: Iterable[Message]) -> RoadCalls:
    mine = [one for one in calls if one.road.value == road.value]
    failed = sum(one.fate in (Fate.FAILED, Fate.STALE) for one in mine)
    took_s = sorted(
        (one.settled_at - one.happened_at).total_seconds()
        for one in mine
        if one.fate is Fate.SENT and one.settled_at is not None
    )
    return RoadCalls(road, len(took_s), failed, _share(took_s, 0.5), _share(took_s, SLOW_SHARE))


def _share(ordered: Sequence[float], share: float) -> float | None:
    """The smallest value that so large a share does not exceed."""
    return max(0.0, ordered[ceil(share * len(ordered)) - 1]) if ordered else None


def _no_shows(called: Iterable[Ticket], ticket_ids: Collection[str]) -> NoShows:
    mine = [ticket for ticket in called if ticket.ticket_id in ticket_ids]
    return NoShows(len(mine), sum(map(_was_missed, mine)))


def _was_missed(ticket: Ticket) -> bool:
    """Skipped, whether or not it came back."""
    return ticket.state is TicketState.MISSED or ticket.rejoins > 0
