"""A batch of commands decided on a scratch copy of the state: worth nothing until it is durable.

Must not know where it is written, nor who waits for the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Union

import structlog

from queue_server.domain.refusals import Refusal
from queue_server.live.kinds import AlreadyThere, C, D, E, Noted, S, StreamRules
from queue_server.live.memory import Answered, find
from queue_server.live.outcome import KeyReused, Unavailable, Why
from queue_server.store.log import RequestMark

log = structlog.get_logger(__name__)

Answer = Union[D, Refusal, Unavailable, KeyReused]  # noqa: UP007 - mypy wants it of a variable
"""What a caller gets: the last two are raised."""


@dataclass(slots=True, eq=False)
class Draft(Generic[S, C, E, D]):
    """Commands decided one after another, all as of one moment."""

    rules: StreamRules[S, C, E, D]
    state: S
    """A scratch copy, changed as the batch grows."""
    at: datetime
    repeat: Callable[[RequestMark], D | None]
    """The answer a request had before this batch. Raises `KeyReused`."""
    stream: str
    """What to call it where a fault is told."""
    events: list[Noted[E]] = field(default_factory=list)
    answered: Answered[D] = field(default_factory=dict)
    _settled: bool = False

    def decide(self, command: C, mark: RequestMark | None) -> Answer[D]:
        """The answer given before, or one decided now. Raises `BrokenInvariant`: nothing holds."""
        try:
            repeated = self._repeated(mark)
        except KeyReused as reused:
            return reused
        if repeated is not None:
            return repeated
        self._settle()
        try:
            decision = self.rules.decide(self.state, command, self.at)
        except Exception:  # deciding changes nothing: this fault is that command's alone
            log.exception("decision_failed", stream=self.stream, command=type(command))
            return Unavailable(Why.FAULT)
        if isinstance(decision, Refusal):
            return decision
        if isinstance(decision, AlreadyThere):
            return self.rules.outcome(self.state, (), decision.name)
        return self._accept(decision, mark)

    def _repeated(self, mark: RequestMark | None) -> D | None:
        """The answer this request had: in this batch, or before it."""
        if mark is None:
            return None
        found = find(self.answered, mark)
        return self.repeat(mark) if found is None else found

    def _settle(self) -> None:
        """What time alone has brought about: once a moment, and again when the rules changed."""
        if not self._settled:
            for event in self.rules.settle(self.state, self.at):
                self._happen(event)
            self._settled = True

    def _accept(self, events: Sequence[E], mark: RequestMark | None) -> D:
        """Folds what a command makes happen; its mark stands on the last event, which is what was
        asked for: before it stands what had to end first.
        """
        for left, event in zip(reversed(range(len(events))), events, strict=True):
            self._happen(event, None if left else mark)
        outcome = self.rules.outcome(self.state, events, None)
        if mark is not None and events:
            self.answered[mark.request] = mark.digest, outcome
        return outcome

    def _happen(self, event: E, mark: RequestMark | None = None) -> None:
        self.rules.fold(self.state, event)
        self.events.append(Noted(event, mark))
        if self.rules.unsettles(event):
            self._settled = False
