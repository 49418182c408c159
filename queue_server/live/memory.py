"""What a stream tells: its state, and which requests it answered.

The same request again gets the first answer, not a second act. Rebuilt from the log at start. Must
not know callers or keys: both arrive hashed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic

from queue_server.live.kinds import C, D, E, Noted, S, StreamRules
from queue_server.live.outcome import KeyReused
from queue_server.store.log import RequestMark

Answered = dict[str, tuple[str, D]]
"""Request → its digest, and what it came to."""


@dataclass(frozen=True, slots=True)
class Chapter(Generic[S, D]):
    """The state of a stream with its answered requests."""

    state: S
    answered: Answered[D] = field(default_factory=dict)

    def repeat(self, mark: RequestMark) -> D | None:
        """The first answer again, if this request was accepted here. Raises `KeyReused`."""
        return find(self.answered, mark)


def find(answered: Answered[D], mark: RequestMark) -> D | None:
    """What this request came to when it was accepted, told again. Raises `KeyReused`."""
    if mark.request not in answered:
        return None
    digest, outcome = answered[mark.request]
    if digest != mark.digest:
        raise KeyReused
    return outcome.again()


def continued(
    rules: StreamRules[S, C, E, D], chapter: Chapter[S, D], events: Iterable[Noted[E]]
) -> Chapter[S, D]:
    """The chapter with the events that follow it. Raises `BrokenInvariant`, changing nothing."""
    state, answered = rules.scratch(chapter.state), chapter.answered.copy()
    with rules.folding_many(state):
        for one in events:
            rules.fold(state, one.event)
            if one.mark is not None:
                outcome = rules.outcome(state, (one.event,), None)
                answered[one.mark.request] = one.mark.digest, outcome
    return Chapter(state, answered)
