"""The audit trail, as handlers write it, and its copy in the server's log."""

from __future__ import annotations

import structlog

from queue_server.people import Act
from queue_server.people.trail import Who
from queue_server.web.context import Site

_log = structlog.get_logger(__name__)


async def record(
    site: Site,
    who: Who,
    what: str,
    *,
    branch: str | None = None,
    about: str = "",
    outcome: str = "done",
) -> None:
    """As `people.trail.Trail`."""
    await site.access.trail(who, what, branch=branch, about=about, outcome=outcome)


def log_act(act: Act) -> None:
    """The trail can be changed by whoever has the database; a copy of its lines elsewhere cannot.

    Without `about`: it may name a person.
    """
    _log.info(
        "act", what=act.what, by=act.by, role=act.role, branch=act.branch, outcome=act.outcome
    )
