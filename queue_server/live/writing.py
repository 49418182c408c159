"""Appending to a stream, and knowing honestly what became of it.

An error of the store is no answer: the log is read before anything else is believed. Must not know
what the events mean, nor who waits for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Generic

import structlog

from queue_server.live.kinds import E, Ledger, Noted
from queue_server.store.log import Conflict, Damaged, StoreUnavailable

log = structlog.get_logger(__name__)


class Written(Enum):
    """How an append went."""

    DURABLE = auto()
    CONFLICT = auto()
    FAILED = auto()
    """Nothing of it is in the log."""
    UNKNOWN = auto()
    """Nobody can say: what carries no mark must not be decided a second time."""


class Writing(Generic[E]):
    """The one writer of a stream."""

    def __init__(self, ledger: Ledger[E]) -> None:
        self.uncertain = False
        """The log may hold more than is known: it is read before anything is decided."""
        self._ledger = ledger
        self._trouble_told = False

    async def write(self, expected_seq: int, events: Sequence[Noted[E]]) -> Written:
        """Appends whole or not at all. Not to be cancelled: a write may be under way."""
        if not events:
            return Written.DURABLE
        try:
            await self._ledger.append(expected_seq, events)
        except Conflict:
            self.uncertain = True
            return Written.CONFLICT
        except Exception as error:  # whatever it was, nobody knows whether it was written
            self._say("append_failed", error)
            self.uncertain = True
            return await self._read_back(expected_seq, events)
        return Written.DURABLE

    async def _read_back(self, expected_seq: int, events: Sequence[Noted[E]]) -> Written:
        """Does the log hold these events in spite of the error?"""
        try:
            tail = await self._ledger.read(expected_seq)
        except Exception as error:
            self._say("reading_back_failed", error)
            return Written.UNKNOWN
        found, wanted = list(tail), list(events)
        # Somebody else's beside ours would be a conflict at the next append too: this spares that.
        self.uncertain = found != wanted
        return Written.DURABLE if found[: len(wanted)] == wanted else Written.FAILED

    async def tail(self, seq: int) -> Sequence[Noted[E]] | None:
        """What the log holds beyond `seq`; from then on nothing is uncertain. None where it cannot
        be read.

        Raises `Damaged` for a log that is not what was written.
        """
        try:
            tail = await self._ledger.read(seq)
        except Damaged:
            raise
        except Exception as error:
            self._say("reading_failed", error)
            return None
        if self._trouble_told:
            log.info("store_back", stream=str(self._ledger.stream))
        self.uncertain = self._trouble_told = False
        return tail

    def _say(self, what: str, error: Exception) -> None:
        """A store in trouble is told once, in a line; anything else is a bug and shows where."""
        expected = isinstance(error, StoreUnavailable)
        if not (expected and self._trouble_told):
            stream = str(self._ledger.stream)
            log.error(what, stream=stream, why=str(error), exc_info=not expected)
        self._trouble_told = expected
