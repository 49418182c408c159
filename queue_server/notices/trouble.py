"""How each road is doing since the start: what it took, and since when it takes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from queue_server.people.values.roads import Road


@dataclass(frozen=True, slots=True)
class RoadStanding:
    """One road."""

    sent: int = 0
    failed: int = 0
    """Tries that came to nothing, since the start."""
    failing_since: datetime | None = None
    """The first of the failures in a row; None while it works."""
    failing: int = 0
    """How many in a row."""
    trouble: str = ""
    """Why the last one failed: a code."""


class Roads:
    """Every road's standing."""

    def __init__(self) -> None:
        self._standings: dict[Road, RoadStanding] = {}

    def works(self, road: Road) -> None:
        """It took one."""
        before = self._of(road)
        self._standings[road] = RoadStanding(before.sent + 1, before.failed)

    def fails(self, road: Road, at: datetime, trouble: str) -> None:
        """It took none."""
        before = self._of(road)
        self._standings[road] = replace(
            before,
            failed=before.failed + 1,
            failing_since=before.failing_since or at,
            failing=before.failing + 1,
            trouble=trouble,
        )

    def standings(self) -> Mapping[Road, RoadStanding]:
        """Of each road that was used."""
        return dict(self._standings)

    def _of(self, road: Road) -> RoadStanding:
        return self._standings.get(road, RoadStanding())
