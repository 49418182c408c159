"""What a command came to: accepted, and durable; or one of three ways of not knowing better.

An expected no is a `Refusal` and a value. Must not know how it was decided or stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

# Part of what callers say, so `live` hands it on: who asks need not know the log.
from queue_server.store.log import RequestMark as RequestMark

AcceptedT = TypeVar("AcceptedT", bound="Accepted")


class Why(StrEnum):
    """Why nothing can be promised just now."""

    BUSY = "busy"
    """More is waiting than can be answered in reasonable time."""
    STORE = "store"
    """Nothing can be made durable, or nobody knows whether it was: asking again tells."""
    PAUSED = "paused"
    """The stream was stopped: going on would break a promise."""
    STOPPING = "stopping"
    FAULT = "fault"
    """This one command met a fault of ours; it changed nothing."""


class Unavailable(Exception):
    """Not now (503). The same request may be asked again with the same key."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class KeyReused(Exception):
    """The request's key came with another body before (422)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What one accepted command left behind, in frozen values small enough to keep for a day."""

    seq: int
    """The state's `seq` directly after the command."""
    repeated: bool = False
    """Was this request answered before?"""

    def again(self: AcceptedT) -> AcceptedT:
        """The same, told to whoever asks once more."""
        return replace(self, repeated=True)
