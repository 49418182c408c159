"""What views show besides the log: notices' texts, holders' names, ratings, the join codes.

Kept in memory, so that a view is computed without waiting; asked for when a day first speaks of
it. Where it is kept, and who may know it, is the business of those who hand the sources in.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import structlog

from queue_server.domain.model import BranchDay, TicketState
from queue_server.domain.tally import count_in
from queue_server.live.hurried import Hurried
from queue_server.live.shelf import Alarm
from queue_server.views import Scene
from queue_server.wire import JoinShown

log = structlog.get_logger(__name__)


async def _no_text(_: str) -> str | None:
    return None


async def _no_stars(_branch: str, _day: date) -> Mapping[str, int]:
    return {}


def _no_join(_: str) -> JoinShown | None:
    return None


@dataclass(frozen=True, slots=True)
class Sources:
    """Where it comes from. An error of a source leaves a gap in a view, never a day standing."""

    notice: Callable[[str], Awaitable[str | None]] = _no_text
    """Note id → its text, while it exists."""
    holder: Callable[[str], Awaitable[str | None]] = _no_text
    """Who may hold a counter → the name staff see."""
    stars: Callable[[str, date], Awaitable[Mapping[str, int]]] = _no_stars
    """Branch and day → ticket id → rating."""
    join: Callable[[str], JoinShown | None] = _no_join
    """Branch → what the QR of its screens leads to now."""


@dataclass(slots=True)
class Known:
    """What is known beside one day."""

    notices: dict[str, str] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    stars: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    """Notes and holders asked for, found or not; a source that failed is asked again."""
    stars_read: bool = False


class Extras:
    """The memory of all that, by branch day."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._hurried = Hurried()
        self._known: dict[tuple[str, date], Known] = {}

    def scene(
        self,
        day: BranchDay,
        at: datetime,
        alarm: Alarm | None = None,
        before: BranchDay | None = None,
    ) -> Scene:
        """A day as views look at it, with all that is known beside it; `before`: the day before."""
        known = self._known.get((day.branch, day.date)) or Known()
        return Scene(
            day,
            at,
            notices=known.notices,
            join=self._sources.join(day.branch),
            alarm=alarm,
            holders=known.holders,
            stars=known.stars,
            forgotten_before=count_in(before, TicketState.FORGOTTEN) if before else 0,
            hurried=self._hurried.names(day.branch, at),
        )

    async def fill(self, day: BranchDay) -> None:
        """Asks for what the day speaks of, where it was not asked for yet.

        Cancelling leaves it to the next time.
        """
        if not self._gaps(day):
            return
        known = self._known.setdefault((day.branch, day.date), Known())
        try:
            if not known.stars_read:
                known.stars.update(await self._sources.stars(day.branch, day.date))
                known.stars_read = True
            await self._learn_texts(day, known)
        except Exception:
            log.exception("extras_missing", branch=day.branch)

    def _gaps(self, day: BranchDay) -> bool:
        """Does the day speak of something not yet asked for?"""
        known = self._known.get((day.branch, day.date))
        return known is None or not known.stars_read or bool(_spoken_of(day) - known.asked)

    async def _learn_texts(self, day: BranchDay, known: Known) -> None:
        for wanted in _spoken_of(day) - known.asked:
            is_note = wanted == day.notice
            source = self._sources.notice if is_note else self._sources.holder
            text = await source(wanted)
            if text is not None:
                (known.notices if is_note else known.holders)[wanted] = text
            known.asked.add(wanted)

    def rated(self, day: BranchDay, ticket_id: str, stars: int) -> None:
        """A rating was stored."""
        self._known.setdefault((day.branch, day.date), Known()).stars[ticket_id] = stars

    def held_back(self, branch: str, name: str, at: datetime) -> bool:
        """Somebody gave numbers faster than anybody presses; is that news?"""
        return self._hurried.add(branch, name, at)

    def forget_other_days(self, branch: str, *keep: date) -> None:
        """Lets go of days that are no longer shown: their texts are erased elsewhere, too."""
        for key in [key for key in self._known if key[0] == branch and key[1] not in keep]:
            del self._known[key]


def _spoken_of(day: BranchDay) -> set[str]:
    holders = {counter.holder for counter in day.counters.values()}
    return {one for one in (day.notice, *holders) if one is not None}
