"""What a road is to the senders: one way to carry a message, and what came of it.

A road that is added is one more adapter; must not know the outbox.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from queue_server.people.values.roads import Message


@dataclass(frozen=True, slots=True)
class Sent:
    """The road took it."""


@dataclass(frozen=True, slots=True)
class Gone:
    """There is nobody at this address any more; the road has erased it."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: to be tried again, not before `after_s`."""

    trouble: str
    after_s: float = 0.0


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The road will not take it, however often it is asked."""

    trouble: str


Carried = Sent | Gone | Later | NotTaken


class RoadSender(Protocol):
    """One small adapter a road."""

    async def send(self, message: Message) -> Carried:
        """Carries it, or says why not; `trouble` is a code without anything personal. What it
        raises counts as `Later`. May be cancelled when it takes too long.
        """
