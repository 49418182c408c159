"""What a kind of stream hands to the runner: its rules, and how its events are kept.

The law of the runner (decided on a scratch copy, durable before told, once for each request) is the
same for every kind. Must not know any kind, nor where anything is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from queue_server.domain.refusals import Refusal
from queue_server.live.outcome import Accepted
from queue_server.store.log import RequestMark, Stream


class State(Protocol):
    """The fold of a stream, as far as the runner looks at it."""

    @property
    def seq(self) -> int:
        """How many events were folded."""


S = TypeVar("S", bound=State)
C = TypeVar("C")
E = TypeVar("E")
D = TypeVar("D", bound=Accepted)


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """Nothing new happens: what was asked for is there already, under this name."""

    name: str


@dataclass(frozen=True, slots=True)
class StreamRules(Generic[S, C, E, D]):
    """The rules of one kind of stream: state, commands, events, and what a command came to.

    All pure, but for `fold`, which changes the scratch copy it is given.
    """

    scratch: Callable[[S], S]
    """A copy that may be changed."""
    settle: Callable[[S, datetime], Sequence[E]]
    """What time alone has brought about; it stands even where the command is refused."""
    decide: Callable[[S, C, datetime], Sequence[E] | AlreadyThere | Refusal]
    """What a command makes happen in a settled state, or why not. Changes nothing."""
    fold: Callable[[S, E], None]
    """Raises `BrokenInvariant` where the event cannot follow."""
    unsettles: Callable[[E], bool]
    """May time have brought more about, now that this happened?"""
    folding_many: Callable[[S], AbstractContextManager[None]]
    """Around the fold of a whole stream: what only decisions need may be made once, at its end."""
    outcome: Callable[[S, Sequence[E], str | None], D]
    """What a command came to: the state it led to, its events, and what was there already."""


@dataclass(frozen=True, slots=True)
class Noted(Generic[E]):
    """An event in its stream; the last one of a command carries the command's mark."""

    event: E
    mark: RequestMark | None = None


class Ledger(Protocol[E]):
    """The log of one stream, and no other."""

    @property
    def stream(self) -> Stream: ...

    async def append(self, expected_seq: int, events: Sequence[Noted[E]]) -> None:
        """Durable before it returns. Raises `Conflict`, `StoreUnavailable` (outcome unknown).

        Cancelling the caller does not cancel the write.
        """

    async def read(self, after: int = 0) -> Sequence[Noted[E]]:
        """What follows a `seq`, in order. Raises `Damaged`, `StoreUnavailable`."""
