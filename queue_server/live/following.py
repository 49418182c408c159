"""All who follow the log: a task for each, woken at every commit, and one that writes down how far
they have come.

Cursors are written together and seldom: whatever many followers took in a second is one work among
the others that wait for the log's writer, and no call ever waits for a follower. Must not know what
any of them does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from queue_server.live.committed import Follower, FollowerStanding, Handing
from queue_server.live.tasks import Crew
from queue_server.settings import Settings
from queue_server.store.log import Cursors, Log, Stream

log = structlog.get_logger(__name__)


class Following:
    """Started and stopped by the application."""

    def __init__(
        self, store: Log, cursors: Cursors, followers: Sequence[Follower], settings: Settings
    ) -> None:
        self._cursors = cursors
        self._settings = settings
        self._moved: dict[tuple[str, Stream], int] = {}
        self._something_moved = asyncio.Event()
        self._crew = Crew()
        self._handings = {
            one.name: Handing(one, store, cursors, settings, self._note) for one in followers
        }

    async def start(self) -> None:
        """Begins to hand on, from where each follower was."""
        for name, handing in self._handings.items():
            self._crew.start(handing.run(), f"follower {name}")
        self._crew.start(self._write_for_ever(), "cursors")

    async def stop(self) -> None:
        """Hands on nothing more and writes the cursors down. What a follower was in the middle of,
        it gets again next time.
        """
        await self._crew.cancel()
        await self._write()

    def wake(self, stream: Stream) -> None:
        """Something of this stream was committed. Returns at once, and never fails."""
        for handing in self._handings.values():
            handing.wake(stream)

    def standings(self) -> Mapping[str, FollowerStanding]:
        """How each follower is doing, by its name."""
        return {name: handing.standing() for name, handing in self._handings.items()}

    def _note(self, follower: str, stream: Stream, seq: int) -> None:
        self._moved[follower, stream] = seq
        self._something_moved.set()

    async def _write_for_ever(self) -> None:
        while True:
            await self._something_moved.wait()
            await asyncio.sleep(self._settings.cursors_every_s)
            self._something_moved.clear()
            await self._write()

    async def _write(self) -> None:
        """What cannot be written now is written with the next; until then it may come twice."""
        moved, self._moved = self._moved, {}
        try:
            if moved:
                await self._cursors.move(moved)
        except Exception as error:
            log.warning("cursors_not_written", why=repr(error))
            self._moved = moved | self._moved
            self._something_moved.set()
