"""One stream and the one task that owns it: takes what waits, decides, makes durable, tells.

Nobody hears of anything that is not yet in the log: not the callers, not the screens. Must not know
the kind of its stream beyond its rules, the calendar (which day follows), nor who listens.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic

import structlog

from queue_server.clock import Clock
from queue_server.domain.fold import BrokenInvariant
from queue_server.domain.refusals import Refusal
from queue_server.live.draft import Answer, Draft
from queue_server.live.kinds import C, D, E, Ledger, S, StreamRules
from queue_server.live.memory import Chapter, continued
from queue_server.live.outcome import KeyReused, Unavailable, Why
from queue_server.live.writing import Writing, Written
from queue_server.settings import Settings
from queue_server.store.log import Damaged, RequestMark, Stream

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class InLine(Generic[C, D]):
    """A command waiting for its answer."""

    command: C
    mark: RequestMark | None
    answer: asyncio.Future[Answer[D]]

    def tell(self, answer: Answer[D]) -> None:
        """Answers once; only the first answer counts."""
        if not self.answer.done():
            self.answer.set_result(answer)


def _nobody() -> None:
    pass


def _no_follower(_: Stream) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears of it. All of them return at once."""

    put: Callable[[], None] = _nobody
    """The newest durable state is another: before any caller is answered."""
    publish: Callable[[], None] = _nobody
    """It may look different now: once nothing more waits."""
    committed: Callable[[Stream], None] = _no_follower
    """Something is durable, after its callers were answered. A wake-up only: it may come once for
    many batches' events or for none, and is never tried again.
    """


class Runner(Generic[S, C, E, D]):
    """The owner of one stream."""

    def __init__(
        self,
        rules: StreamRules[S, C, E, D],
        ledger: Ledger[E],
        chapter: Chapter[S, D],
        clock: Clock,
        settings: Settings,
        ears: Ears,
        earlier: Chapter[S, D] | None = None,
    ) -> None:
        """`earlier`: the chapter before this one, whose requests are still answered."""
        self.stream = ledger.stream
        self.chapter = chapter
        self.paused = False
        self._rules = rules
        self._writing = Writing(ledger)
        self._earlier = earlier
        self._clock = clock
        self._settings = settings
        self._ears = ears
        self._unpublished = False
        self._published_at_s = 0.0
        self._stopping = False
        self._latest = clock.now()
        self._inbox: asyncio.Queue[InLine[C, D] | None] = asyncio.Queue()

    @property
    def state(self) -> S:
        """The newest durable state. Never mutated: a newer one takes its place."""
        return self.chapter.state

    @property
    def uncertain(self) -> bool:
        """May the log hold more than `chapter` tells?"""
        return self._writing.uncertain

    def repeat(self, mark: RequestMark | None) -> D | None:
        """The first answer to a request of this chapter or the earlier one. Raises `KeyReused`."""
        if mark is None:
            return None
        found = self.chapter.repeat(mark)
        if found is None and self._earlier is not None:
            found = self._earlier.repeat(mark)
        return found

    async def do(self, command: C, mark: RequestMark | None = None) -> D | Refusal:
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
        asked: InLine[C, D] = InLine(command, mark, asyncio.get_running_loop().create_future())
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
        """Stops the stream for good (until a restart or the next one): going on could do harm."""
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

    async def _take(self) -> list[InLine[C, D] | None]:
        """Whatever waits, at least one."""
        taken = [await self._inbox.get()]
        while len(taken) < self._settings.batch_length_max and not self._inbox.empty():
            taken.append(self._inbox.get_nowait())
        return taken

    async def _serve(self, asked: Sequence[InLine[C, D]]) -> None:
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

    async def _attempt(self, asked: Sequence[InLine[C, D]]) -> Written:
        """Decides, appends, answers; after a conflict again, a bounded number of times."""
        for _ in range(self._settings.append_tries_max):
            if self.uncertain and not await self._catch_up():
                return Written.UNKNOWN
            draft = self._draft()
            answers = [draft.decide(one.command, one.mark) for one in asked]
            written = await self._writing.write(self.state.seq, draft.events)
            if written is Written.DURABLE:
                self._adopt(draft)
                for one, answer in zip(asked, answers, strict=True):
                    one.tell(answer)
                if draft.events:
                    self._hand_on()
            if written is not Written.CONFLICT:
                return written
        return Written.CONFLICT

    def _draft(self) -> Draft[S, C, E, D]:
        scratch = self._rules.scratch(self.state)
        return Draft(self._rules, scratch, self._now(), self.repeat, str(self.stream))

    def _now(self) -> datetime:
        """The clock's time, standing still where it steps back (also behind a refused command)."""
        self._latest = max(self._latest, self._clock.now())
        return self._latest

    async def _catch_up(self) -> bool:
        """Folds what the log holds beyond the durable state; False where it cannot be read.

        Raises `Damaged` and `BrokenInvariant` for a log that no longer tells such a stream.
        """
        tail = await self._writing.tail(self.state.seq)
        if tail is None:
            return False
        self.chapter = continued(self._rules, self.chapter, tail)
        self._changed()
        if tail:
            self._hand_on()
        return True

    def _adopt(self, draft: Draft[S, C, E, D]) -> None:
        """The draft is durable: it becomes the state."""
        if draft.events:
            self.chapter.answered.update(draft.answered)
            self.chapter = Chapter(draft.state, self.chapter.answered)
            self._changed()

    # Telling

    def _changed(self) -> None:
        """The newest durable state is another: whoever asks must see it from now on."""
        self._ears.put()
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
            self._ears.publish()

    def _hand_on(self) -> None:
        """Wakes whoever follows the log: a fault of theirs is no fault of the command."""
        try:
            self._ears.committed(self.stream)
        except Exception:
            log.exception("followers_not_woken", stream=str(self.stream))
