"""The contract of the log: what every store promises, whatever it is made of.

One append-only stream per branch, day and kind, numbered from 1 without gaps, hash-chained from
record to record and, where they are service days, (through `DayOpened.previous_head`) from day to
day. Must not know how a stream is folded, nor who reads it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple, Protocol

from queue_server.people.values.trouble import StoreUnavailable as StoreUnavailable

SERVICE_DAY: Final = "day"
"""The kind of a stream that tells a branch's service day."""


@dataclass(frozen=True, slots=True, order=True)
class Stream:
    """The name of one stream: by its kind the codec knows what may happen in it."""

    branch: str
    day: date
    kind: str = SERVICE_DAY

    def __str__(self) -> str:
        """Hashed into every record: that of a service day is as it was before there were kinds."""
        name = f"{self.branch}/{self.day.isoformat()}"
        return name if self.kind == SERVICE_DAY else f"{name}/{self.kind}"


@dataclass(frozen=True, slots=True)
class RequestMark:
    """Which request caused an event: `request` is a hash of
    caller and key, `digest` a hash of verb and body.
    """

    request: str
    digest: str


@dataclass(frozen=True, slots=True)
class Record:
    """One stored event. `hash` = SHA-256 of the hash before it,
    the stream's name, `seq` and the stored bytes.
    """

    seq: int
    event: Any
    """One of those that the stream's kind knows."""
    stored: bytes
    hash: str
    mark: RequestMark | None = None


class ChainRow(NamedTuple):
    """One record as it is kept, its event unread."""

    seq: int
    stored: bytes
    hash: str
    request: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to append; the last event of a command carries the command's mark."""

    event: Any
    mark: RequestMark | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Events for one stream, to be appended whole or not at all, directly after `expected_seq`."""

    stream: Stream
    expected_seq: int
    events: tuple[NewEvent, ...]


class Conflict(Exception):
    """Somebody else appended to the stream first (or the
    request is already there): refold and decide again.
    """


class Damaged(Exception):
    """What was read is not what was written: bytes, order
    or chain do not fit. Names stream and seq.
    """


class UnknownKind(Damaged):
    """A stream of a kind this program does not know: its chain can be checked, no event read."""


@dataclass(frozen=True, slots=True)
class Lag:
    """A stream that a follower has not read to its end: the last `seq` it has taken, and the last
    there is. A cursor beyond the head is that of a log which went back.
    """

    stream: Stream
    cursor: int
    head: int


class Cursors(Protocol):
    """How far each follower has come in each stream, kept with the log."""

    async def begin(self, follower: str, *, from_now: bool) -> None:
        """Makes a follower known; one that is known already stays where it is.

        `from_now`: it passes over what is there today. Raises `StoreUnavailable`, `Conflict`.
        """

    async def behind(self, follower: str, kinds: Collection[str]) -> Sequence[Lag]:
        """The streams of these kinds whose head is not where the follower is. Raises
        `StoreUnavailable`.
        """

    async def cursor(self, follower: str, stream: Stream) -> int:
        """The last `seq` the follower has taken; 0: none. Raises `StoreUnavailable`."""

    async def move(self, moved: Mapping[tuple[str, Stream], int]) -> None:
        """Writes down new cursors by follower and stream, durably and together.

        Raises `StoreUnavailable`, `Conflict`.
        """


class Derived(Protocol):
    """What was worked out from a stream as of its head: may be thrown away and is made again."""

    async def kept(self, stream: Stream, name: str, head: str) -> bytes | None:
        """What was kept under a name, if the stream's head was this one. Raises
        `StoreUnavailable`.
        """

    async def keep(self, stream: Stream, name: str, head: str, value: bytes) -> None:
        """Replaces what was kept. Raises `StoreUnavailable`, `Conflict`."""


class Log(Protocol):
    """An append-only log of streams, and the branches' present plans beside it."""

    async def append(self, batch: Batch) -> None:
        """Makes a batch durable before it returns.

        Raises `Conflict` (nothing written) or `StoreUnavailable` (outcome unknown). Cancelling the
        caller does not cancel the write.
        """

    async def read(self, stream: Stream, after: int = 0) -> Sequence[Record]:
        """All records of a stream with `seq` > `after`, in order; empty for an unknown stream.

        Raises `Damaged`, `UnknownKind`, `StoreUnavailable`.
        """

    async def page(self, stream: Stream, after: int, count_max: int) -> Sequence[Record]:
        """Like `read`, at most so many."""

    async def rows(self, stream: Stream) -> Sequence[ChainRow]:
        """A whole stream of any kind, its chain checked, its events unread. Raises `Damaged`,
        `StoreUnavailable`.
        """

    async def head(self, stream: Stream) -> str:
        """The hash of the stream's last record; empty for an unknown stream."""

    async def streams(
        self, branch: str | None = None, kind: str | None = SERVICE_DAY
    ) -> Sequence[Stream]:
        """All streams of a kind, by branch and day; None: of every kind."""

    async def plans(self) -> dict[str, bytes]:
        """Every branch's present plan, encoded by `codec.encode_plan`, by branch."""

    async def save_plan(self, branch: str, plan: bytes) -> None:
        """Replaces a branch's present plan, durably."""

    async def close(self) -> None:
        """Writes what was accepted and lets go of everything."""
