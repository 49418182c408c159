"""How long a message stays worth hearing: after that no road delivers it any more.

Whatever happens in the line meanwhile ends it sooner: these are only the limits for roads that
hold messages back, as a push service does for a phone without a network.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from queue_server.domain.plan import Rules

READY: Final = timedelta(minutes=10)
"""Later it is somebody's turn, or is not."""
CALLED_LEAST: Final = timedelta(minutes=2)
"""An officer may say sooner that nobody came; few do, and a missed call is told by itself."""
MISSED: Final = timedelta(minutes=30)
UNSERVED: Final = timedelta(hours=2)
"""Until whoever waits at home has looked at their phone."""
WITHDRAWN: Final = timedelta(hours=1)
"""A phone that comes back late has an old call to take away."""
UNPROVEN_LEAD: Final = timedelta(minutes=15)
"""So long before a number lapses its holder hears of it: time to walk in from the car park."""


def called(rules: Rules) -> timedelta:
    """The no-show time: so many calls before a skip, so far apart."""
    return max(CALLED_LEAST, timedelta(seconds=rules.recall_gap_s * rules.calls_before_skip))
