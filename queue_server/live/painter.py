"""Repaints what somebody listens to, and delivers what looks different.

After a day changed or time passed, and only if something besides `seq` and the clock is different;
in slices, so that whoever waits for an answer does not wait for a whole hall. Must not know
sockets.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date

import structlog

from queue_server.live.extras import Extras
from queue_server.live.gallery import Gallery
from queue_server.live.mailbox import Closing, Mailbox
from queue_server.live.painting import Painting
from queue_server.live.scenes import Scenes
from queue_server.live.shelf import Shelf
from queue_server.live.tasks import Pace
from queue_server.settings import Settings
from queue_server.views import Scene

log = structlog.get_logger(__name__)

ANSWERS_FIRST = 3
"""Turns of the loop in which the callers of what was just made durable are answered."""


class Painter:
    """Paints branches that were said to look different. `run` is a task of the hub's."""

    def __init__(
        self, gallery: Gallery, scenes: Scenes, shelf: Shelf, extras: Extras, settings: Settings
    ) -> None:
        self._gallery = gallery
        self._scenes = scenes
        self._shelf = shelf
        self._extras = extras
        self._slice_s = settings.paint_slice_ms / 1000
        self._dirty: dict[str, bool] = {}
        """Branches to paint; False: only what carries the hall's code."""
        self._woken = asyncio.Event()

    def publish(self, branch: str) -> None:
        """Something of the branch may look different now. Returns at once; painting follows."""
        self._dirty[branch] = True
        self._woken.set()

    def turn(self, branch: str) -> None:
        """The hall's code is another one now. Returns at once; painting follows."""
        self._dirty.setdefault(branch, False)
        self._woken.set()

    async def run(self) -> None:
        """Paints for ever. Cancelling ends it; what was not delivered stays in its mailbox."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            for _ in range(ANSWERS_FIRST):
                await asyncio.sleep(0)
            dirty, self._dirty = self._dirty, {}
            for branch, everything in dirty.items():
                try:
                    await self._paint(branch, everything)
                except Exception:
                    log.exception("painting_failed", branch=branch)

    async def _paint(self, branch: str, everything: bool) -> None:
        """Repaints what somebody listens to, giving the loop back after every slice of work."""
        await self._learn(branch)
        scenes: dict[date, Scene] = {}
        pace = Pace(self._slice_s)
        due: list[Mailbox] = []
        for painting in self._gallery.of_branch(branch):
            if not (everything or painting.topic.carries_code):
                continue
            due += self._repaint(painting, scenes)
            if pace.used_up:
                await _deliver(due, pace)
                due.clear()
                await pace.rest()
        await _deliver(due, pace)

    async def _learn(self, branch: str) -> None:
        """Asks for what the branch's days speak of, and forgets the days before them."""
        await self._extras.fill(self._shelf.day(branch))
        shown = self._shelf.branches[branch]
        dates = {day.date for day in (shown.day, shown.before) if day is not None}
        self._extras.forget_other_days(branch, *dates)

    def _repaint(self, painting: Painting, scenes: dict[date, Scene]) -> Iterable[Mailbox]:
        """One topic: to whom it looks different now. A fault in its view is its own."""
        try:
            day = self._scenes.day(painting.topic)
            if day.date not in scenes:
                scenes[day.date] = self._scenes.at_once(day)
            changed = painting.repaint(scenes[day.date])
        except KeyError:
            self._gallery.take_down(painting)
            for mailbox in painting.listeners:
                mailbox.close(Closing.GONE)
        except Exception:
            log.exception("view_failed", topic=painting.topic)
        else:
            if changed:
                # At once, for all: a heartbeat must not call old what somebody still shows right.
                for mailbox in painting.listeners:
                    mailbox.newer()
                return painting.listeners
        return ()


async def _deliver(mailboxes: Iterable[Mailbox], pace: Pace) -> None:
    """To one after another, without painting in between: writes that follow each other closely cost
    less than half of those that find reader and caches asleep.
    """
    for mailbox in mailboxes:
        mailbox.deliver()
        if pace.used_up:
            await pace.rest()
