"""A socket's mailbox of one: it holds no message, only the knowledge that there is a newer one.

So a reader that stops reading costs nothing; when it reads again it gets the newest view at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import Enum, auto
from typing import Protocol

from queue_server import wire
from queue_server.live.topics import Topic


class Closing(Enum):
    """Why no more will come."""

    RESTART = auto()
    """The server stops (1012): come back, spread out."""
    GONE = auto()
    """There is no such thing any more (4404)."""


Express = Callable[[bytes], bool]
"""Takes a message at once without waiting, or says no and leaves it to the reader."""


class Letters(Protocol):
    """What a mailbox fetches when its reader is ready."""

    def newest(self) -> bytes: ...

    def heartbeat(self) -> bytes: ...


class Mailbox:
    """Async iteration gives bytes to send until `closing` is set. One reader at a time.

    A reader that sets `express` need not be woken for each message: waking thousands costs more
    than writing to them.
    """

    __slots__ = (
        "_beat",
        "_clock",
        "_letters",
        "_stale_since_s",
        "_waiter",
        "closing",
        "express",
        "topic",
    )

    def __init__(
        self, topic: Topic[wire.View], letters: Letters, clock: Callable[[], float]
    ) -> None:
        self.topic = topic
        self.closing: Closing | None = None
        self.express: Express | None = None
        self._letters = letters
        self._clock = clock
        self._stale_since_s: float | None = clock()
        self._beat = False
        self._waiter: asyncio.Future[None] | None = None

    def __aiter__(self) -> Mailbox:
        return self

    async def __anext__(self) -> bytes:
        """The newest view, else a heartbeat, as soon as there is one. Cancelling loses nothing."""
        while not self.pending:
            if self.closing is not None:
                raise StopAsyncIteration
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        if self._stale_since_s is not None:
            self._stale_since_s = None
            return self._letters.newest()
        self._beat = False
        return self._letters.heartbeat()

    @property
    def pending(self) -> bool:
        """Is there anything to send?"""
        return self._beat or self._stale_since_s is not None

    def newer(self) -> None:
        """There is a newer view; `deliver` takes it to its reader."""
        if self._stale_since_s is None:
            self._stale_since_s = self._clock()

    def beat(self) -> None:
        """It is time to say that nothing is newer."""
        self._beat = True
        self.deliver()

    def deliver(self) -> None:
        """What waits goes by express, or the reader is woken to fetch it."""
        if self.express is not None and self._reader_waits:
            if self._stale_since_s is not None and self.express(self._letters.newest()):
                self._stale_since_s = None
            # Never before the view: it says that what is shown is right up to here.
            fresh = self._stale_since_s is None
            if self._beat and fresh and self.express(self._letters.heartbeat()):
                self._beat = False
        if self.pending:
            self._wake()

    def close(self, why: Closing) -> None:
        """Ends the iteration once what waits was fetched."""
        self.closing = why
        self._wake()

    def unsent_for_s(self) -> float:
        """How long the newest view has been waiting here for its reader."""
        return 0.0 if self._stale_since_s is None else self._clock() - self._stale_since_s

    @property
    def _reader_waits(self) -> bool:
        """Then it is sending nothing that an express could overtake."""
        return self._waiter is not None and not self._waiter.done()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
