"""One branch day and the one task that owns it: takes what waits, decides, makes durable, tells.

Nobody hears of anything that is not yet in the log: not the callers, not the screens. Must not know
the calendar (which day follows), nor who listens.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

import structlog

from queue_server.clock import Clock
from queue_server.domain.commands import Command
from queue_server.domain.fold import BrokenInvariant
from queue_server.domain.model import BranchDay
from queue_server.domain.refusals import Refusal
from queue_server.live.draft import Answer, Draft
from queue_server.live.memory import Chapter, continued
from queue_server.live.outcome import Done, KeyReused, Unavailable, Why
from queue_server.settings import Settings
from queue_server.store.log import (
    Batch,
    Conflict,
    Damaged,
    Log,
    NewEvent,
    RequestMark,
    StoreUnavailable,
    Stream,
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A command waiting for its answer."""

    command: Command
    mark: RequestMark | None
    answer: asyncio.Future[Answer]

    def tell(self, answer: Answer) -> None:
        """Answers once; only the first answer counts."""
        if not self.answer.done():
            self.answer.set_result(answer)


class Written(Enum):
    """How an append went."""

    DURABLE = auto()
    CONFLICT = auto()
    FAILED = auto()
    """Nothing of it is in the log."""
    UNKNOWN = auto()
    """Nobody can say: what carries no mark must not be decided a second time."""


class Runner:
    """The owner of one branch day."""

    def __init__(
        self,
        stream: Stream,
        chapter: Chapter,
        store: Log,
        clock: Clock,
        settings: Settings,
        put: Callable[[], None],
        publish: Callable[[], None],
        earlier: Chapter | None = None,
    ) -> None:
        self.stream = stream
        self.chapter = chapter
        self.paused = False
        self.uncertain = False
        """The log may hold more than `chapter` tells: it is read before anything is decided."""
        self._earlier = earlier
        self._store = store
        self._clock = clock
        self._settings = settings
        self._put = put
        self._publish = publish
        self._unpublished = False
        self._published_at_s = 0.0
        self._stopping = False
        self._trouble_told = False
        self._latest = clock.now()
        self._inbox: asyncio.Queue[Asked | None] = asyncio.Queue()

    @property
    def day(self) -> BranchDay:
        """The newest durable state. Never mutated: a newer one takes its place."""
        return self.chapter.day

    def repeat(self, mark: RequestMark) -> Done | None:
        """The first answer to a request of this day or the day before. Raises `KeyReused`."""
        found = self.chapter.repeat(mark)
        if found is None and self._earlier is not None:
            found = self._earlier.repeat(mark)
        return found

    async def do(self, command: Command, mark: RequestMark | None = None) -> Done | Refusal:
        """Decides a command and makes it durable. Raises `Unavailable`, `KeyReused`.

        Cancelling the caller changes nothing: what was taken in is decided, and the same mark
        learns the outcome later.
        """
        if self.paused:
            raise Unavailable(Why.PAUSED)
        if self._stopping:
            raise Unavailable(Why.STOPPING)
        if self._inbox.qsize() >= self._settings.inbox_length_max:
            raise Unavailable(Why.BUSY)
        asked = Asked(command, mark, asyncio.get_running_loop().create_future())
        self._inbox.put_nowait(asked)
        answer = await asyncio.shield(asked.answer)
        if isinstance(answer, Unavailable | KeyReused):
            raise answer
        return answer

    def stop(self) -> None:
        """Tells the task to end: it answers what was taken in before, and takes nothing more."""
        if not self._stopping:
            self._stopping = True
            self._inbox.put_nowait(None)

    def pause(self, why: str) -> None:
        """Stops the day for good (until a restart or the next day): going on could do harm."""
        log.critical("day_paused", stream=str(self.stream), why=why, exc_info=True)
        self.paused = True
        self._changed()

    async def run(self) -> None:
        """Serves until stopped. Ended by `stop`, not by cancelling: a write may be under way."""
        while True:
            taken = await self._take()
            asked = [one for one in taken if one is not None]
            await self._serve(asked)
            self._publish_if_due()
            if len(asked) < len(taken):
                return

    def _changed(self) -> None:
        """The newest durable state is another: whoever asks must see it from now on."""
        self._put()
        self._unpublished = True

    def _publish_if_due(self) -> None:
        """Screens are told when nothing more waits: else what they are shown is replaced at once.

        Not later than `publish_wait_ms`, however much waits.
        """
        now_s = asyncio.get_running_loop().time()
        waited_ms = (now_s - self._published_at_s) * 1000
        due = self._inbox.empty() or waited_ms >= self._settings.publish_wait_ms
        if self._unpublished and due:
            self._unpublished, self._published_at_s = False, now_s
            self._publish()

    async def _take(self) -> list[Asked | None]:
        """Whatever waits, at least one."""
        taken = [await self._inbox.get()]
        while len(taken) < self._settings.batch_length_max and not self._inbox.empty():
            taken.append(self._inbox.get_nowait())
        return taken

    async def _serve(self, asked: Sequence[Asked]) -> None:
        """Answers all: together if it can be, else one by one until one fails again."""
        try:
            if not self.paused and await self._attempt(asked) is Written.FAILED:
                for one in asked:
                    if await self._attempt([one]) is not Written.DURABLE:
                        break
        except (BrokenInvariant, Damaged) as broken:
            self.pause(str(broken))
        except Exception as fault:  # a bug of ours must not leave callers waiting for ever
            self.pause(repr(fault))
        for one in asked:
            one.tell(Unavailable(Why.PAUSED if self.paused else Why.STORE))
        if self.uncertain:
            self._changed()

    async def _attempt(self, asked: Sequence[Asked]) -> Written:
        """Decides, appends, answers; after a conflict again, a bounded number of times."""
        for _ in range(self._settings.append_tries_max):
            if self.uncertain and not await self._catch_up():
                return Written.UNKNOWN
            draft = Draft(self.day.scratch(), self._now(), self.repeat)
            answers = [draft.decide(one.command, one.mark) for one in asked]
            written = await self._write(draft)
            if written is Written.DURABLE:
                self._adopt(draft)
                for one, answer in zip(asked, answers, strict=True):
                    one.tell(answer)
            if written is not Written.CONFLICT:
                return written
        return Written.CONFLICT

    def _now(self) -> datetime:
        """The clock's time, standing still where it steps back (also behind a refused command)."""
        self._latest = max(self._latest, self._clock.now())
        return self._latest

    async def _write(self, draft: Draft) -> Written:
        if not draft.events:
            return Written.DURABLE
        batch = Batch(self.stream, self.day.seq, tuple(draft.events))
        try:
            await self._store.append(batch)
        except Conflict:
            self.uncertain = True
            return Written.CONFLICT
        except Exception as error:  # whatever it was, nobody knows whether it was written
            self._say("append_failed", error)
            self.uncertain = True
            return await self._read_back(batch)
        return Written.DURABLE

    async def _read_back(self, batch: Batch) -> Written:
        """Does the log hold this batch in spite of the error?"""
        try:
            tail = await self._store.read(self.stream, batch.expected_seq)
        except Exception as error:
            self._say("reading_back_failed", error)
            return Written.UNKNOWN
        found = tuple(NewEvent(record.event, record.mark) for record in tail)
        self.uncertain = found != batch.events
        return Written.DURABLE if found[: len(batch.events)] == batch.events else Written.FAILED

    async def _catch_up(self) -> bool:
        """Folds what the log holds beyond the durable state; False where it cannot be read.

        Raises `Damaged` and `BrokenInvariant` for a log that no longer tells a day.
        """
        try:
            tail = await self._store.read(self.stream, self.day.seq)
        except Damaged:
            raise
        except Exception as error:
            self._say("reading_failed", error)
            return False
        if self._trouble_told:
            log.info("store_back", stream=str(self.stream))
        self.uncertain = self._trouble_told = False
        self.chapter = continued(self.chapter, tail)
        self._changed()
        return True

    def _say(self, what: str, error: Exception) -> None:
        """A store in trouble is told once, in a line; anything else is a bug and shows where."""
        expected = isinstance(error, StoreUnavailable)
        if not (expected and self._trouble_told):
            log.error(what, stream=str(self.stream), why=str(error), exc_info=not expected)
        self._trouble_told = expected

    def _adopt(self, draft: Draft) -> None:
        """The draft is durable: it becomes the day."""
        if draft.events:
            self.chapter.answered.update(draft.answered)
            self.chapter = Chapter(draft.day, self.chapter.answered)
            self._changed()
