"""How often somebody may guess: failures counted per name and kind, and waits that grow.

Counted in the database, so that a restart forgives nothing. Nobody is locked out for ever, and
nobody else waits. Must not know what is guessed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from math import ceil
from typing import Final, Literal

from queue_server.people import Failures
from queue_server.people.access import Access
from queue_server.people.no import No

Kind = Literal["password", "code", "pin", "recovery", "enrol"]
Check = Callable[[], Awaitable[bool]]
# Doubling further than this would overflow before it is cut to the longest wait.
_DOUBLINGS_MAX: Final = 20


async def guess(access: Access, kind: Kind, who: str, check: Check) -> bool | No:
    """Is the guess right? A right one forgets the failures of its own kind only.

    `No`: `too_many_attempts`, without looking. Counted before it is checked: whoever
    goes away meanwhile has guessed all the same.
    """
    name = f"{kind}:{who}"
    async with access.lanes.of(name):
        no = _not_waited(access, await access.people.sign_in_failures(name))
        if no is not None:
            return no
        await access.people.sign_in_failed(name, access.now())
        if not await check():
            return False
        await access.people.forget_failures(name)
        return True


def _not_waited(access: Access, before: Failures) -> No | None:
    limits = access.settings
    free, first_s = limits.sign_in_failures_max, limits.sign_in_wait_s
    if before.last_at is None or before.count < free:
        return None
    doublings = min(before.count - free, _DOUBLINGS_MAX)
    wait_s = min(first_s * 2**doublings, limits.sign_in_wait_max_s)
    left = before.last_at + timedelta(seconds=wait_s) - access.now()
    if left <= timedelta(0):
        return None
    left_s = ceil(left.total_seconds())
    return No("too_many_attempts", {"minutes": -(-left_s // 60)}, retry_after_s=left_s)
