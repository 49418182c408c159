"""The audit trail: what staff did or tried beside the queue, one line each, attributed.

What happens to tickets and counters is in the queue's log, with who did it. Must not know pages.
Never told a secret, nor anything a participant said.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import structlog

from queue_server.people import Account, Act
from queue_server.people.callers import Caller
from queue_server.people.text import clean
from queue_server.web.context import Site

_ABOUT_LETTERS_MAX: Final = 120

log = structlog.get_logger(__name__)


async def record(
    site: Site,
    who: Caller | Account | None,
    what: str,
    *,
    branch: str | None = None,
    about: str = "",
    outcome: str = "done",
) -> None:
    """Writes one line, durably. `what` and `outcome` are codes; `about` names what it was done to;
    `branch` None: the asker's own. Raises `StoreUnavailable`.
    """
    now = site.now()
    act = Act(
        at=now,
        branch=branch if branch is not None else (who.branch if who else None),
        by="" if who is None else who.id if isinstance(who, Account) else who.by,
        role=who.role.value if who else "",
        what=what,
        about=clean(about)[:_ABOUT_LETTERS_MAX],
        outcome=outcome,
        erase_at=now + timedelta(days=site.settings.audit_kept_days),
    )
    await site.people.record(act)
    # The trail can be changed by whoever has the database; a copy of these lines elsewhere cannot.
    # Without `about`: it may name a person.
    log.info("act", what=what, by=act.by, role=act.role, branch=act.branch, outcome=outcome)
