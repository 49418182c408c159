"""The audit trail, as handlers write it: `people.trail` of this site."""

from __future__ import annotations

from queue_server.people.trail import Who
from queue_server.web.context import Site


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
