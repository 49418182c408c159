"""The policy's no as an answer: 401 or 403. The table is `people.policy`'s."""

from __future__ import annotations

from queue_server.people.policy import Asker
from queue_server.people.rights import refused
from queue_server.web.errors import problem_of


def need(asker: Asker, action: str, branch: str | None = None, *, granted: bool = False) -> None:
    """Raises `Problem`: 401 to whom has not said who they are, 403 to whom may not."""
    no = refused(asker, action, branch, granted=granted)
    if no is not None:
        raise problem_of(no)
