"""When each mailbox says that nothing is newer. Must not know what is shown in it."""

from __future__ import annotations

from queue_server.clock import Clock
from queue_server.live.mailbox import Mailbox

SPOKES = 25
"""Heartbeats are spread over so many moments, so that 5,000 do not leave at one."""


class Wheel:
    """Mailboxes, each on a spoke of its own moment. `run` is a task of the hub's."""

    def __init__(self, clock: Clock, turn_s: float) -> None:
        """`turn_s`: from one heartbeat of a mailbox to the next."""
        self._clock = clock
        self._pause_s = turn_s / SPOKES
        self._spokes: list[set[Mailbox]] = [set() for _ in range(SPOKES)]

    def add(self, mailbox: Mailbox) -> None:
        """On the spoke that has the fewest."""
        min(self._spokes, key=len).add(mailbox)

    def remove(self, mailbox: Mailbox) -> None:
        for spoke in self._spokes:
            spoke.discard(mailbox)

    async def run(self) -> None:
        """Beats for ever. Cancelling ends it."""
        while True:
            for spoke in self._spokes:
                await self._clock.sleep(self._pause_s)
                for mailbox in spoke:
                    mailbox.beat()
