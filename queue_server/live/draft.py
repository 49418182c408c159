"""A batch of commands decided on a scratch copy of the day: worth nothing until it is durable.

Must not know where it is written, nor who waits for the answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from queue_server.domain.commands import Command
from queue_server.domain.decide import AlreadyYours, decide, settle
from queue_server.domain.events import DayEvent, Event
from queue_server.domain.model import BranchDay
from queue_server.domain.refusals import Refusal
from queue_server.live.memory import Answered, find, fold
from queue_server.live.outcome import After, Done, KeyReused, Unavailable, Why, after
from queue_server.store.log import NewEvent, RequestMark

log = structlog.get_logger(__name__)

Answer = Done | Refusal | Unavailable | KeyReused
"""What a caller gets: the last two are raised."""


@dataclass(slots=True, eq=False)
class Draft:
    """Commands decided one after another, all as of one moment."""

    day: BranchDay
    """A scratch copy, changed as the batch grows."""
    at: datetime
    repeat: Callable[[RequestMark], Done | None]
    """The answer a request had before this batch. Raises `KeyReused`."""
    events: list[NewEvent] = field(default_factory=list)
    answered: Answered = field(default_factory=dict)
    _settled: bool = False

    def decide(self, command: Command, mark: RequestMark | None) -> Answer:
        """The answer given before, or one decided now. Raises `BrokenInvariant`: nothing holds."""
        try:
            repeated = self._repeated(mark)
        except KeyReused as reused:
            return reused
        if repeated is not None:
            return repeated
        self._settle()
        try:
            decision = decide(self.day, command, self.at)
        except Exception:  # deciding changes nothing: this fault is that command's alone
            log.exception("decision_failed", branch=self.day.branch, command=type(command))
            return Unavailable(Why.FAULT)
        if isinstance(decision, Refusal):
            return decision
        if isinstance(decision, AlreadyYours):
            return Done(after(self.day, (), decision.number), self.day)
        return Done(self._accept(decision, mark), self.day)

    def _repeated(self, mark: RequestMark | None) -> Done | None:
        """The answer this request had: in this batch, today, or the day before."""
        if mark is None:
            return None
        left = find(self.answered, mark)
        return self.repeat(mark) if left is None else Done(left, self.day, repeated=True)

    def _settle(self) -> None:
        """What time alone has brought about: once a moment, and again when the rules changed."""
        if not self._settled:
            for event in settle(self.day, self.at):
                self._happen(event)
            self._settled = True

    def _accept(self, events: tuple[Event, ...], mark: RequestMark | None) -> After:
        """Folds what a command makes happen; its mark stands on the first event."""
        for event in events:
            self._happen(event, mark if event is events[0] else None)
        left = after(self.day, events)
        if mark is not None and events:
            self.answered[mark.request] = mark.digest, left
        return left

    def _happen(self, event: Event, mark: RequestMark | None = None) -> None:
        fold(self.day, event)
        self.events.append(NewEvent(event, mark))
        if isinstance(event, DayEvent):
            self._settled = False
