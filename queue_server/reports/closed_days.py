"""Works out a day's figures once it has closed: the first who follows the log.

After a day was reopened and closed again it does so again. Must not know who asks for figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from queue_server.domain.events import DayClosed
from queue_server.reports.archive import Archive
from queue_server.store.log import SERVICE_DAY, Damaged, Log, Record, Stream


class ClosedDays:
    """A follower of service days. Taking records twice does no harm."""

    name: Final = "closed days"
    kinds: Final = (SERVICE_DAY,)
    from_now: Final = False

    def __init__(self, log: Log, archive: Archive) -> None:
        self._log = log
        self._archive = archive

    def hurries(self, _: Stream) -> bool:
        return True

    async def handle(self, stream: Stream, records: Sequence[Record]) -> None:
        """Raises `StoreUnavailable`. A damaged day has no figures: whoever looks at it is told."""
        if not any(isinstance(record.event, DayClosed) for record in records):
            return
        try:
            day = await self._log.read(stream)
        except Damaged:
            return
        await self._archive.figures(stream, day)
