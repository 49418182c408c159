"""What was committed, handed to one follower: in order within each stream, at least once, page by
page from its cursor.

What fails is tried again after a growing pause, that stream alone; the others go on. Must not know
what a follower does with its records, nor when cursors are written down.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from queue_server.settings import Settings
from queue_server.store.log import Cursors, Log, Record, Stream

log = structlog.get_logger(__name__)


class Follower(Protocol):
    """Whoever must hear of everything that was committed."""

    @property
    def name(self) -> str:
        """Under which its cursors are kept, for ever."""

    @property
    def kinds(self) -> Collection[str]:
        """The kinds of streams it wants; others are passed over."""

    @property
    def from_now(self) -> bool:
        """Does it begin with what happens after it was first started, or at the very beginning?"""

    def hurries(self, stream: Stream) -> bool:
        """Must it hear of this stream as soon as something is committed? Otherwise it does within
        `follow_look_s`, in few pages: whoever watches nobody costs nothing.
        """

    async def handle(self, stream: Stream, records: Sequence[Record]) -> None:
        """Takes records that follow directly those it took before. Whatever it raises, it gets them
        again; after a crash too, so taking twice must do no harm. May be cancelled at the end.
        """


@dataclass(slots=True)
class _Pause:
    """A stream whose records could not be taken."""

    failures: int
    until_s: float


@dataclass(frozen=True, slots=True)
class FollowerStanding:
    """How a follower is doing, for those who watch over the server."""

    handed: int
    """Records it took since the start."""
    failures: int
    """Times it did not."""
    waiting: int
    """Streams with something it has not taken."""
    behind_s: float
    """How long the oldest of these has been waiting; 0 where nothing waits."""


@dataclass(slots=True)
class Handing:
    """One follower's task and what it knows. `moved` is told every new cursor."""

    follower: Follower
    store: Log
    cursors: Cursors
    settings: Settings
    moved: Callable[[str, Stream, int], None]
    _waiting: dict[Stream, float] = field(default_factory=dict)
    """Since when each stream has had something to hand on, by the loop's clock."""
    _pauses: dict[Stream, _Pause] = field(default_factory=dict)
    _at: dict[Stream, int] = field(default_factory=dict)
    """Cursors of the streams of late: further than what is written down."""
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _handed: int = 0
    _failures: int = 0

    def wake(self, stream: Stream) -> None:
        """Something of this stream was committed. Returns at once."""
        if stream.kind in self.follower.kinds and self.follower.hurries(stream):
            self._waiting.setdefault(stream, self._now_s())
            self._woken.set()

    def standing(self) -> FollowerStanding:
        since_s = min(self._waiting.values(), default=None)
        behind_s = 0.0 if since_s is None else self._now_s() - since_s
        return FollowerStanding(self._handed, self._failures, len(self._waiting), behind_s)

    async def run(self) -> None:
        """Hands on for ever. Cancelling ends it: what was not taken is handed on next time."""
        began = False
        look_at_s = 0.0
        while True:
            try:
                if not began:
                    await self.cursors.begin(self.follower.name, from_now=self.follower.from_now)
                    began = True
                if self._now_s() >= look_at_s:
                    await self._look()
                    look_at_s = self._now_s() + self.settings.follow_look_s
            except Exception as error:
                self._say("following_failed", error)
                look_at_s = self._now_s() + self.settings.follow_retry_s
            if began:
                for stream in self._due():
                    await self._hand_on(stream)
            await self._rest(look_at_s)

    async def _look(self) -> None:
        """Finds what nobody told: of before the start, of other nodes, of a log that went back."""
        for lag in await self.cursors.behind(self.follower.name, self.follower.kinds):
            if lag.cursor > lag.head:
                self._went_back(lag.stream, lag.cursor, lag.head)
            elif self._at.get(lag.stream, lag.cursor) < lag.head:
                self._waiting.setdefault(lag.stream, self._now_s())

    def _went_back(self, stream: Stream, cursor: int, head: int) -> None:
        """The log was restored without its end: what comes now under those numbers is new."""
        if self._at.get(stream) == head:
            return
        log.warning(
            "log_went_back",
            follower=self.follower.name,
            stream=str(stream),
            cursor=cursor,
            head=head,
        )
        self._move(stream, head)

    def _due(self) -> list[Stream]:
        now_s = self._now_s()
        return [
            stream
            for stream in self._waiting
            if stream not in self._pauses or self._pauses[stream].until_s <= now_s
        ]

    async def _hand_on(self, stream: Stream) -> None:
        """A page of a stream; the next one has its turn after the other streams."""
        since_s = self._waiting.pop(stream)
        size = self.settings.follow_page_records_max
        try:
            records = await self.store.page(stream, await self._cursor(stream), size)
            if records:
                await self.follower.handle(stream, records)
        except Exception as error:
            self._waiting.setdefault(stream, since_s)
            self._put_off(stream, error)
            return
        self._pauses.pop(stream, None)
        if records:
            self._handed += len(records)
            self._move(stream, records[-1].seq)
        if len(records) == size:
            self._waiting.setdefault(stream, since_s)
            self._woken.set()

    async def _cursor(self, stream: Stream) -> int:
        if stream not in self._at:
            self._at[stream] = await self.cursors.cursor(self.follower.name, stream)
        return self._at[stream]

    def _move(self, stream: Stream, seq: int) -> None:
        self._at[stream] = seq
        self.moved(self.follower.name, stream, seq)

    def _put_off(self, stream: Stream, error: Exception) -> None:
        failures = self._pauses[stream].failures + 1 if stream in self._pauses else 1
        settings = self.settings
        pause_s = min(settings.follow_retry_s * 2 ** (failures - 1), settings.follow_retry_max_s)
        self._pauses[stream] = _Pause(failures, self._now_s() + pause_s)
        self._say("handing_on_failed", error, stream=str(stream), again_in_s=pause_s)

    def _say(self, what: str, error: Exception, **more: object) -> None:
        self._failures += 1
        log.warning(what, follower=self.follower.name, why=repr(error), **more)

    async def _rest(self, look_at_s: float) -> None:
        """Until something is committed, a pause is over, or it is time to look by oneself."""
        moments = [one.until_s for stream, one in self._pauses.items() if stream in self._waiting]
        loop = asyncio.get_running_loop()
        timer = loop.call_at(min([look_at_s, *moments]), self._woken.set)
        await self._woken.wait()
        timer.cancel()
        self._woken.clear()

    def _now_s(self) -> float:
        return asyncio.get_running_loop().time()
