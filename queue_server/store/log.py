"""The contract of the log: what every store promises, whatever it is made of.

One append-only stream per branch and service day, numbered from 1 without gaps, hash-chained from
record to record and (through `DayOpened.previous_head`) from day to day. Must not know how a day is
folded, nor who reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from queue_server.domain.events import Event
from queue_server.people.values.trouble import StoreUnavailable as StoreUnavailable


@dataclass(frozen=True, slots=True, order=True)
class Stream:
    """The name of one branch day."""

    branch: str
    day: date

    def __str__(self) -> str:
        return f"{self.branch}/{self.day.isoformat()}"


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
    event: Event
    stored: bytes
    hash: str
    mark: RequestMark | None = None


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to append; the first event of a command carries the command's mark."""

    event: Event
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


class Log(Protocol):
    """An append-only log of branch days, and the branches' present plans beside it."""

    async def append(self, batch: Batch) -> None:
        """Makes a batch durable before it returns.

        Raises `Conflict` (nothing written) or `StoreUnavailable` (outcome unknown). Cancelling the
        caller does not cancel the write.
        """

    async def read(self, stream: Stream, after: int = 0) -> Sequence[Record]:
        """All records of a stream with `seq` > `after`, in order; empty for an unknown stream."""

    async def head(self, stream: Stream) -> str:
        """The hash of the stream's last record; empty for an unknown stream."""

    async def streams(self, branch: str | None = None) -> Sequence[Stream]:
        """All streams, by branch and day."""

    async def plans(self) -> dict[str, bytes]:
        """Every branch's present plan, encoded by `codec.encode_plan`, by branch."""

    async def save_plan(self, branch: str, plan: bytes) -> None:
        """Replaces a branch's present plan, durably."""

    async def close(self) -> None:
        """Writes what was accepted and lets go of everything."""
