"""The audit trail: what staff did or tried beside the queue, one line each, attributed.

What happens to tickets and counters is in the queue's log, with who did it. Must not know pages.
Never told a secret, nor anything a participant said.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from queue_server.settings import Settings
from queue_server.store.people import Account, Act, People
from queue_server.web.callers import Caller
from queue_server.web.text import clean

_ABOUT_LETTERS_MAX: Final = 120

log = structlog.get_logger(__name__)


class Recorder(Protocol):
    """What a line needs: the time, how long it is kept, and where."""

    @property
    def now(self) -> Callable[[], datetime]: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def people(self) -> People: ...


async def record(
    site: Recorder,
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
