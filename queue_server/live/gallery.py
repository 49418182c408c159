"""What somebody listens to, by branch and topic. Must not know when anything is painted."""

from __future__ import annotations

from collections.abc import Iterator

from queue_server import wire
from queue_server.live.mailbox import Mailbox
from queue_server.live.painting import Painting
from queue_server.live.topics import TOLD_IN_ORDER, Topic


class Gallery:
    """A painting for every topic with a listener."""

    def __init__(self) -> None:
        self._paintings: dict[str, dict[Topic[wire.View], Painting]] = {}

    def find(self, topic: Topic[wire.View]) -> Painting | None:
        """The painting of a topic, while somebody listens to it."""
        return self._paintings.get(topic.branch, {}).get(topic)

    def hang(self, painting: Painting) -> None:
        """It is repainted from now on."""
        self._paintings.setdefault(painting.topic.branch, {})[painting.topic] = painting

    def take_down(self, painting: Painting) -> None:
        """Unless another one of the topic hangs there by now."""
        topics = self._paintings.get(painting.topic.branch, {})
        if topics.get(painting.topic) is painting:
            del topics[painting.topic]

    def of_branch(self, branch: str) -> list[Painting]:
        """In the order in which they are told."""
        paintings = self._paintings.get(branch, {}).values()
        return sorted(paintings, key=lambda one: TOLD_IN_ORDER.index(type(one.topic)))

    def mailboxes(self) -> Iterator[Mailbox]:
        """Of everybody."""
        return (box for one in self._all() for box in one.listeners)

    def listeners(self) -> dict[str, int]:
        """How many listen, by name of topic."""
        counts = {kind.name: 0 for kind in TOLD_IN_ORDER}
        for painting in self._all():
            counts[painting.topic.name] += len(painting.listeners)
        return counts

    def _all(self) -> Iterator[Painting]:
        return (one for topics in self._paintings.values() for one in topics.values())
