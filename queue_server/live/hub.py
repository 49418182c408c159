"""Topic → newest view, and who is to hear of it. Whole views, never deltas; newest only.

Views are computed only for topics somebody listens to, after a day changed or time passed, and sent
only if something besides `seq` and the clock is different. Must not know sockets.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import structlog

from queue_server import wire
from queue_server.clock import Clock
from queue_server.domain.model import BranchDay
from queue_server.live.extras import Extras
from queue_server.live.mailbox import Closing, Mailbox, Topic
from queue_server.live.painting import Painting, see
from queue_server.live.shelf import Shelf
from queue_server.live.tasks import Crew, Pace
from queue_server.settings import Settings
from queue_server.views import Scene

log = structlog.get_logger(__name__)

ORDER = ("board", "counter", "guard", "kiosk", "branch", "ticket")
"""Who is told first: those whom a call concerns at once and who are few."""

SCREENS = frozenset({"board", "guard", "kiosk"})
"""Whose views carry the hall's code."""

SPOKES = 25
"""Heartbeats are spread over so many moments, so that 5,000 do not leave at one."""

ANSWERS_FIRST = 3
"""Turns of the loop in which the callers of what was just made durable are answered."""


class Hub:
    """Views for whoever asks, and for whoever listens. Started and stopped by the application."""

    def __init__(self, shelf: Shelf, extras: Extras, clock: Clock, settings: Settings) -> None:
        self.extras = extras
        self._shelf = shelf
        self._clock = clock
        self._settings = settings
        self._paintings: dict[str, dict[Topic, Painting]] = {}
        self._dirty: dict[str, bool] = {}
        """Branches to paint; False: their screens alone."""
        self._woken = asyncio.Event()
        self._wheel: list[set[Mailbox]] = [set() for _ in range(SPOKES)]
        self._asked: dict[str, Scene] = {}
        self._asked_kept = timedelta(milliseconds=settings.asked_kept_ms)
        self._crew = Crew()
        self._stopped = False

    async def start(self) -> None:
        """Begins to paint and to beat."""
        self._crew.start(self._paint_for_ever(), "painter")
        self._crew.start(self._beat_for_ever(), "heartbeat")

    async def stop(self) -> None:
        """Tells every reader to come back later. Cancelling this leaves the tasks cancelled."""
        self._stopped = True
        for painting in self._all():
            for mailbox in painting.listeners:
                mailbox.close(Closing.RESTART)
        await self._crew.cancel()

    # Asking and listening

    def view(self, topic: Topic) -> wire.View:
        """The newest durable view. Raises `KeyError` where there is no such thing."""
        return see(topic, self._shared_scene(self._day(topic)))

    def scene(self, branch: str) -> Scene:
        """The newest durable moment of a branch, for what is asked and not pushed. `KeyError`."""
        return self._shared_scene(self._shelf.day(branch))

    def attach(self, topic: Topic) -> Mailbox:
        """A mailbox with the newest view already in it. Raises `KeyError`. Give it to `detach`."""
        branch = topic[1]
        painting = self._paintings.get(branch, {}).get(topic)
        if painting is None:
            # Shared: after a restart a whole hall attaches at once, and stands in the same line.
            painting = Painting(topic, self._clock, self._shared_scene(self._day(topic)))
            self._paintings.setdefault(branch, {})[topic] = painting
        mailbox = Mailbox(topic, painting, asyncio.get_running_loop().time)
        painting.listeners.add(mailbox)
        min(self._wheel, key=len).add(mailbox)
        if self._stopped:
            mailbox.close(Closing.RESTART)
        return mailbox

    def detach(self, mailbox: Mailbox) -> None:
        """Forgets a mailbox; nothing more comes into it."""
        for spoke in self._wheel:
            spoke.discard(mailbox)
        painting = self._paintings.get(mailbox.topic[1], {}).get(mailbox.topic)
        if painting is None:
            return
        painting.listeners.discard(mailbox)
        if not painting.listeners:
            self._drop(painting)

    def publish(self, branch: str) -> None:
        """Something of the branch may look different now. Returns at once; painting follows."""
        self._dirty[branch] = True
        self._woken.set()

    def turn(self, branch: str) -> None:
        """The hall's code is another one now. Returns at once; painting follows."""
        self._dirty.setdefault(branch, False)
        self._woken.set()

    def rated(self, branch: str, on: date, ticket_id: str, stars: int) -> None:
        """A rating was stored: the ticket's page shows it."""
        day = self._shelf.day_of(branch, on)
        if day is not None:
            self.extras.rated(day, ticket_id, stars)
            self.publish(branch)

    def listeners(self) -> dict[str, int]:
        """How many listen, by kind of topic."""
        counts = dict.fromkeys(ORDER, 0)
        for painting in self._all():
            counts[painting.topic[0]] += len(painting.listeners)
        return counts

    def oldest_unsent_s(self) -> float:
        """How long the oldest unsent view has been waiting for its reader."""
        return max((box.unsent_for_s() for one in self._all() for box in one.listeners), default=0)

    # Painting and beating

    async def _paint_for_ever(self) -> None:
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
        if self.extras.gaps(self._shelf.day(branch)):
            await self.extras.learn(self._shelf.day(branch))
        shown = self._shelf.branches[branch]
        dates = {day.date for day in (shown.day, shown.before) if day is not None}
        self.extras.forget_other_days(branch, *dates)
        scenes: dict[date, Scene] = {}
        pace = Pace(self._settings.paint_slice_ms / 1000)
        due: list[Mailbox] = []
        paintings = [
            one
            for one in self._paintings.get(branch, {}).values()
            if everything or one.topic[0] in SCREENS
        ]
        for painting in sorted(paintings, key=lambda one: ORDER.index(one.topic[0])):
            due += self._repaint(painting, scenes)
            if pace.used_up:
                await _deliver(due, pace)
                due.clear()
                await pace.rest()
        await _deliver(due, pace)

    def _repaint(self, painting: Painting, scenes: dict[date, Scene]) -> Iterable[Mailbox]:
        """One topic: to whom it looks different now. A fault in its view is its own."""
        try:
            day = self._day(painting.topic)
            if day.date not in scenes:
                scenes[day.date] = self._scene(day)
            changed = painting.repaint(scenes[day.date])
        except KeyError:
            self._drop(painting)
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

    async def _beat_for_ever(self) -> None:
        pause_s = self._settings.heartbeat_s / SPOKES
        while True:
            for spoke in self._wheel:
                await self._clock.sleep(pause_s)
                for mailbox in spoke:
                    mailbox.beat()

    def _day(self, topic: Topic) -> BranchDay:
        if topic[0] != "ticket":
            return self._shelf.day(topic[1])
        day = self._shelf.day_of(topic[1], topic[2])
        if day is None:
            raise KeyError(topic)
        return day

    def _scene(self, day: BranchDay) -> Scene:
        return self.extras.scene(day, self._clock.now(), self._shelf.alarm(day.branch))

    def _shared_scene(self, day: BranchDay) -> Scene:
        """One scene for all who ask of the same state at about the same time: a burst of numbers is
        made durable together, and each of them is told its place in the same line.
        """
        scene, kept = self._scene(day), self._asked.get(day.branch)
        if kept is not None and kept.day is day and scene.at - kept.at < self._asked_kept:
            same_beside = kept.notices is scene.notices and kept.stars is scene.stars
            if same_beside and (kept.alarm, kept.join) == (scene.alarm, scene.join):
                return kept
        self._asked[day.branch] = scene
        return scene

    def _all(self) -> Iterator[Painting]:
        return (one for topics in self._paintings.values() for one in topics.values())

    def _drop(self, painting: Painting) -> None:
        topics = self._paintings.get(painting.topic[1], {})
        if topics.get(painting.topic) is painting:
            del topics[painting.topic]


async def _deliver(mailboxes: Iterable[Mailbox], pace: Pace) -> None:
    """To one after another, without painting in between: writes that follow each other closely cost
    less than half of those that find reader and caches asleep.
    """
    for mailbox in mailboxes:
        mailbox.deliver()
        if pace.used_up:
            await pace.rest()
