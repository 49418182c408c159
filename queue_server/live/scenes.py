"""The moment of a day that views look at: the day, the time, and what is known beside the log.

Must not know who looks, nor what views make of it.
"""

from __future__ import annotations

from datetime import timedelta

from queue_server import wire
from queue_server.clock import Clock
from queue_server.domain.model import BranchDay
from queue_server.live.extras import Extras
from queue_server.live.shelf import Shelf
from queue_server.live.topics import Topic
from queue_server.views import Scene


class Scenes:
    """Of every branch's newest durable state."""

    def __init__(self, shelf: Shelf, extras: Extras, clock: Clock, kept: timedelta) -> None:
        """`kept`: how old a scene may be that is given to somebody who asks once."""
        self._shelf = shelf
        self._extras = extras
        self._clock = clock
        self._kept_for = kept
        self._kept: dict[str, Scene] = {}

    def day(self, topic: Topic[wire.View]) -> BranchDay:
        """The day a topic belongs to. Raises `KeyError` where it is not shown any more."""
        on = topic.date
        day = self._shelf.day(topic.branch) if on is None else self._shelf.day_of(topic.branch, on)
        if day is None:
            raise KeyError(topic)
        return day

    def newest(self, branch: str) -> Scene:
        """Of the branch's newest day. Raises `KeyError`: no such branch."""
        return self.shared(self._shelf.day(branch))

    def at_once(self, day: BranchDay) -> Scene:
        """The day as it is at this moment."""
        shown = self._shelf.branches[day.branch]
        return self._extras.scene(day, self._clock.now(), shown.alarm, shown.before)

    def shared(self, day: BranchDay) -> Scene:
        """One scene for all who ask of the same state at about the same time: a burst of numbers is
        made durable together, and each of them is told its place in the same line.
        """
        scene, kept = self.at_once(day), self._kept.get(day.branch)
        if kept is not None and kept.day is day and scene.at - kept.at < self._kept_for:
            same_beside = kept.notices is scene.notices and kept.stars is scene.stars
            same_told = (kept.alarm, kept.join, kept.hurried) == (
                scene.alarm,
                scene.join,
                scene.hurried,
            )
            if same_beside and same_told:
                return kept
        self._kept[day.branch] = scene
        return scene
