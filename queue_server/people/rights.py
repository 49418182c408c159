"""The table's no, told: whoever is known and tries what is not theirs stands in the server's log.

Must not know how a no is answered.
"""

from __future__ import annotations

import structlog

from queue_server.people.no import No
from queue_server.people.policy import Asker, may
from queue_server.people.values.roles import Role

_log = structlog.get_logger("web")


def refused(
    asker: Asker, action: str, branch: str | None = None, *, granted: bool = False
) -> No | None:
    """Why not: `sign_in_needed` to whom has not said who they are, else `not_allowed`."""
    if may(asker, action, branch, granted=granted):
        return None
    if asker.role is Role.ANONYMOUS:
        return No("sign_in_needed")
    tell_refused(asker, action, branch)
    return No("not_allowed")


def tell_refused(asker: Asker, action: str, branch: str | None) -> None:
    """A line in the server's log: whoever is known and tries what is not theirs is looked for."""
    _log.warning(
        "not_allowed", by=asker.by, role=asker.role.value, action=action, branch=branch or ""
    )
