"""What a stream tells: the day, and which requests it answered.

The same request again gets the first answer, not a second act. Rebuilt from the log at start. Must
not know callers or keys: both arrive hashed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from queue_server.domain.events import DayOpened, Event
from queue_server.domain.fold import BrokenInvariant, apply
from queue_server.domain.model import BranchDay
from queue_server.live.outcome import After, Done, KeyReused, after
from queue_server.store.log import Record, RequestMark

Answered = dict[str, tuple[str, After]]
"""Request → its digest, and what it left behind."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A branch day with its answered requests."""

    day: BranchDay
    answered: Answered = field(default_factory=dict)

    def repeat(self, mark: RequestMark) -> Done | None:
        """The first answer again, if this request was accepted on this day. Raises `KeyReused`."""
        left = find(self.answered, mark)
        return None if left is None else Done(left, self.day, repeated=True)


def find(answered: Answered, mark: RequestMark) -> After | None:
    """What this request left behind when it was accepted. Raises `KeyReused`."""
    digest, left = answered.get(mark.request, (mark.digest, None))
    if digest != mark.digest:
        raise KeyReused
    return left


def continued(chapter: Chapter, records: Iterable[Record]) -> Chapter:
    """The chapter with the records that follow it. Raises `BrokenInvariant`, changing nothing."""
    day, answered = chapter.day.scratch(), chapter.answered.copy()
    for record in records:
        fold(day, record.event)
        if record.mark is not None:
            answered[record.mark.request] = record.mark.digest, after(day, (record.event,))
    return Chapter(day, answered)


def fold(day: BranchDay, event: Event) -> None:
    """Applies an event to a scratch copy; a log that could not be refolded never comes to be."""
    if day.seq == 0 and not isinstance(event, DayOpened):
        raise BrokenInvariant("a day's log begins with DayOpened")
    apply(day, event)
