"""The policy's no as an answer: 401, 403, and a line in the log. The table is `people.policy`'s."""

from __future__ import annotations

import structlog

from queue_server.people.policy import Asker, refusal
from queue_server.web.errors import problem_of

_log = structlog.get_logger("web")


def need(asker: Asker, action: str, branch: str | None = None, *, granted: bool = False) -> None:
    """Raises `Problem`: 401 to whom has not said who they are, 403 to whom may not."""
    no = refusal(asker, action, branch, granted=granted)
    if no is None:
        return
    if no.code == "not_allowed":
        tell_refused(asker, action, branch)
    raise problem_of(no)


def tell_refused(asker: Asker, action: str, branch: str | None) -> None:
    """A line in the server's log: whoever is known and tries what is not theirs is looked for."""
    _log.warning(
        "not_allowed", by=asker.by, role=asker.role.value, action=action, branch=branch or ""
    )
