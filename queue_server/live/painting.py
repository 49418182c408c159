"""The newest view of one topic, encoded once for everybody who listens to it."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from queue_server import wire
from queue_server.clock import Clock
from queue_server.live.mailbox import Mailbox
from queue_server.live.topics import Topic
from queue_server.views import Scene


class Painting:
    """The newest view of one topic, encoded once for all its listeners."""

    __slots__ = ("_clock", "_frame", "_of", "listeners", "topic", "view")

    def __init__(self, topic: Topic[wire.View], clock: Clock, scene: Scene) -> None:
        """Raises `KeyError` where there is no such thing to see."""
        self.topic = topic
        self.view: wire.View = topic.see(scene)
        self.listeners: set[Mailbox] = set()
        self._of = moment_of(scene)
        self._clock = clock
        self._frame: bytes | None = None

    def repaint(self, scene: Scene) -> bool:
        """Takes the view of a newer moment; is anything but `seq` and the clock different?

        Raises `KeyError` where there is nothing to see any more.
        """
        if moment_of(scene) < self._of:
            return False
        view = self.topic.see(scene)
        changed = _as_if_of(self.view, view) != self.view
        self.view, self._of, self._frame = view, moment_of(scene), None
        return changed

    def newest(self) -> bytes:
        """`{"seq", "view"}`, encoded when somebody first asks."""
        if self._frame is None:
            view = msgspec.Raw(wire.encode(self.view))
            self._frame = wire.encode(wire.PushedView(self.view.seq, view))
        return self._frame

    def heartbeat(self) -> bytes:
        """`{"seq", "at"}`: what was sent is right up to here, however long ago that was."""
        return wire.encode(wire.Heartbeat(self.view.seq, self._clock.now()))


def moment_of(scene: Scene) -> tuple[date, int, datetime]:
    """What orders moments of a branch: the day, its `seq`, then the clock."""
    return scene.day.date, scene.day.seq, scene.at


def _as_if_of(old: wire.View, new: wire.View) -> wire.View:
    """The new view with the `seq` and clock value of the old, to compare everything else."""
    if isinstance(old, wire.TicketView) and isinstance(new, wire.TicketView):
        return msgspec.structs.replace(new, seq=old.seq, as_of=old.as_of, as_of_text=old.as_of_text)
    return msgspec.structs.replace(new, seq=old.seq)
