"""What every service of people takes: the store, the time, the limits, and whom to tell.

Whoever serves makes one and hands it to every face: what one of them changes counts for all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from queue_server.people import Act, People
from queue_server.people.lanes import Lanes
from queue_server.people.limits import PeopleLimits
from queue_server.people.trail import Trail


@dataclass(frozen=True, slots=True)
class Access:
    """One running server's people, as the services see them."""

    people: People
    now: Callable[[], datetime]
    """Aware, UTC, whole milliseconds."""
    settings: PeopleLimits
    forget: Callable[[], None]
    """Rights changed: look everybody up again."""
    hear: Callable[[Act], None] = lambda _: None
    """Told of each line of the trail, once it is kept."""
    lanes: Lanes = field(default_factory=Lanes)

    @property
    def trail(self) -> Trail:
        return Trail(self.people, self.now, self.settings.audit_kept_days, self.hear)
