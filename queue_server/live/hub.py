"""Topic → newest view, and who is to hear of it: asking, listening, and saying that it is old.

Whole views, never deltas; newest only. Views are computed only for topics somebody asks of or
listens to. Must not know sockets.
"""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import TypeVar

from queue_server import wire
from queue_server.clock import Clock
from queue_server.domain.model import BranchDay
from queue_server.live.extras import Extras
from queue_server.live.gallery import Gallery
from queue_server.live.heartbeat import Wheel
from queue_server.live.mailbox import Closing, Mailbox
from queue_server.live.painter import Painter
from queue_server.live.painting import Painting
from queue_server.live.scenes import Scenes
from queue_server.live.shelf import Shelf
from queue_server.live.tasks import Crew
from queue_server.live.topics import Topic
from queue_server.settings import Settings
from queue_server.views import Scene

V = TypeVar("V", bound=wire.View)


class Hub:
    """Views for whoever asks, and for whoever listens. Started and stopped by the application."""

    def __init__(self, shelf: Shelf, extras: Extras, clock: Clock, settings: Settings) -> None:
        kept = timedelta(milliseconds=settings.asked_kept_ms)
        self._shelf = shelf
        self._extras = extras
        self._clock = clock
        self._scenes = Scenes(shelf, extras, clock, kept)
        self._gallery = Gallery()
        self._painter = Painter(self._gallery, self._scenes, shelf, extras, settings)
        self._wheel = Wheel(clock, settings.heartbeat_s)
        self._crew = Crew()
        self._stopped = False

    async def start(self) -> None:
        """Begins to paint and to beat."""
        self._crew.start(self._painter.run(), "painter")
        self._crew.start(self._wheel.run(), "heartbeat")

    async def stop(self) -> None:
        """Tells every reader to come back later. Cancelling this leaves the tasks cancelled."""
        self._stopped = True
        for mailbox in self._gallery.mailboxes():
            mailbox.close(Closing.RESTART)
        await self._crew.cancel()

    # Asking and listening

    def view(self, topic: Topic[V]) -> V:
        """The newest durable view. Raises `KeyError` where there is no such thing."""
        return topic.see(self._scenes.shared(self._scenes.day(topic)))

    def scene(self, branch: str) -> Scene:
        """The newest durable moment of a branch, for what is asked and not pushed. `KeyError`."""
        return self._scenes.newest(branch)

    def attach(self, topic: Topic[wire.View]) -> Mailbox:
        """A mailbox with the newest view already in it. Raises `KeyError`. Give it to `detach`."""
        painting = self._gallery.find(topic) or self._begin(topic)
        mailbox = Mailbox(topic, painting, asyncio.get_running_loop().time)
        painting.listeners.add(mailbox)
        self._wheel.add(mailbox)
        if self._stopped:
            mailbox.close(Closing.RESTART)
        return mailbox

    def _begin(self, topic: Topic[wire.View]) -> Painting:
        # Shared: after a restart a whole hall attaches at once, and stands in the same line.
        scene = self._scenes.shared(self._scenes.day(topic))
        painting = Painting(topic, self._clock, scene)
        self._gallery.hang(painting)
        return painting

    def detach(self, mailbox: Mailbox) -> None:
        """Forgets a mailbox; nothing more comes into it."""
        self._wheel.remove(mailbox)
        painting = self._gallery.find(mailbox.topic)
        if painting is None:
            return
        painting.listeners.discard(mailbox)
        if not painting.listeners:
            self._gallery.take_down(painting)

    def listeners(self) -> dict[str, int]:
        """How many listen, by name of topic."""
        return self._gallery.listeners()

    def oldest_unsent_s(self) -> float:
        """How long the oldest unsent view has been waiting for its reader."""
        return max((box.unsent_for_s() for box in self._gallery.mailboxes()), default=0)

    # What may look different now

    def publish(self, branch: str) -> None:
        """Something of the branch may look different now. Returns at once; painting follows."""
        self._painter.publish(branch)

    def turn(self, branch: str) -> None:
        """The hall's code is another one now. Returns at once; painting follows."""
        self._painter.turn(branch)

    def rated(self, branch: str, on: date, ticket_id: str, stars: int) -> None:
        """A rating was stored: the ticket's page shows it."""
        day = self._shelf.day_of(branch, on)
        if day is not None:
            self._extras.rated(day, ticket_id, stars)
            self.publish(branch)

    def hurried(self, branch: str, name: str) -> None:
        """Somebody who gives numbers was held back: whoever looks after the branch is told."""
        if self._extras.held_back(branch, name, self._clock.now()):
            self.publish(branch)

    async def learn(self, day: BranchDay) -> None:
        """Asks for what a day speaks of, where it is not known yet: then whoever changed it sees it
        at once. Cancelling leaves it to the next painting.
        """
        await self._extras.fill(day)
