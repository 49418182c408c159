"""The figures of closed days, kept under the hash they were worked out from.

A cache: what is missing, of an older form, or of a day that went on is worked out again. Must not
know how figures come about.
"""

from __future__ import annotations

from typing import Final

import msgspec
import structlog

from queue_server.reports.figures import Report
from queue_server.store.log import Conflict, Derived, StoreUnavailable, Stream

NAME: Final = "figures 3"
"""Another number when figures are counted differently: then all are worked out anew."""

log = structlog.get_logger(__name__)


class KeptFigures:
    """By stream and head."""

    def __init__(self, derived: Derived) -> None:
        self._derived = derived

    async def of(self, stream: Stream, head: str) -> Report | None:
        """Raises `StoreUnavailable`."""
        kept = await self._derived.kept(stream, NAME, head)
        if kept is None:
            return None
        try:
            return msgspec.json.decode(kept, type=Report)
        except msgspec.MsgspecError:
            return None

    async def keep(self, stream: Stream, head: str, figures: Report) -> None:
        """What cannot be kept is worked out again when somebody asks."""
        try:
            await self._derived.keep(stream, NAME, head, msgspec.json.encode(figures))
        except (StoreUnavailable, Conflict) as why:
            log.warning("figures_not_kept", stream=str(stream), why=str(why))
