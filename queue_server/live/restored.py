"""Days brought back from a backup: they give no number and call nobody until their numbers go on.

Between the backup and the failure numbers were handed out that no log here knows. Must not know
where it is written down which days these are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import structlog

from queue_server.domain.commands import CallNext, CallTicket, Command, IssueTicket, Recall, Unpark
from queue_server.store.log import Stream

log = structlog.get_logger(__name__)

_HELD: Final = (IssueTicket, CallNext, CallTicket, Recall, Unpark)


def _nowhere(_: Stream) -> None:
    pass


class Restored:
    """Which days wait. One that is over no longer does, here and where it is written down."""

    def __init__(
        self, days: Iterable[Stream] = (), release: Callable[[Stream], None] = _nowhere
    ) -> None:
        self._days = set(days)
        self._release = release

    def holds(self, stream: Stream, command: Command | None = None) -> bool:
        """Does this day wait (and with it this command)?"""
        return stream in self._days and (command is None or isinstance(command, _HELD))

    def over(self, stream: Stream) -> None:
        """The day's numbers go on."""
        if stream not in self._days:
            return
        self._days.discard(stream)
        try:
            self._release(stream)
        except OSError:  # the next start asks once more, which does no harm
            log.exception("restored_day_still_listed", stream=str(stream))

    def over_before(self, stream: Stream) -> None:
        """Another day has begun: the branch's earlier ones give no more numbers."""
        for day in sorted(self._days):
            if day.branch == stream.branch and day < stream:
                self.over(day)
