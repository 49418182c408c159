"""The audit trail: what staff did or tried beside the queue, one line each, attributed.

What happens to tickets and counters is in the queue's log, with who did it. Never told a secret,
nor anything a participant said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from queue_server.people import Account, Act, People
from queue_server.people.owner import Owner
from queue_server.people.policy import Asker
from queue_server.people.text import clean

_ABOUT_LETTERS_MAX: Final = 120

Who = Account | Asker | None


@dataclass(frozen=True, slots=True)
class Trail:
    """Writes lines, each erased in its time."""

    people: People
    now: Callable[[], datetime]
    kept_days: int
    hear: Callable[[Act], None]
    """Told of each line once it is kept."""

    async def __call__(
        self,
        who: Who,
        what: str,
        *,
        branch: str | None = None,
        about: str = "",
        outcome: str = "done",
    ) -> None:
        """One line, durably. `what` and `outcome` are codes; `about` names what it was done to;
        `branch` None: the asker's own. Raises `StoreUnavailable`.
        """
        now = self.now()
        act = Act(
            at=now,
            branch=branch if branch is not None else (who.branch if who else None),
            by=_by(who),
            role="" if who is None or isinstance(who, Owner) else who.role.value,
            what=what,
            about=clean(about)[:_ABOUT_LETTERS_MAX],
            outcome=outcome,
            erase_at=now + timedelta(days=self.kept_days),
        )
        await self.people.record(act)
        self.hear(act)


def _by(who: Who) -> str:
    if who is None:
        return ""
    return who.id if isinstance(who, Account) else who.by
