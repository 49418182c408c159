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
from queue_server.web.context import Site
from queue_server.web.errors import Problem

Kind = Literal["password", "code", "pin", "recovery", "enrol"]
Check = Callable[[], Awaitable[bool]]
# Doubling further than this would overflow before it is cut to the longest wait.
_DOUBLINGS_MAX: Final = 20


async def guess(site: Site, kind: Kind, who: str, check: Check) -> bool:
    """Is the guess right? A right one forgets the failures of its own kind only.

    Raises `Problem` 429 `too_many_attempts` without looking. Counted before it is checked: whoever
    goes away meanwhile has guessed all the same.
    """
    name = f"{kind}:{who}"
    async with site.access.lanes.of(name):
        _need_waited(site, await site.people.sign_in_failures(name))
        await site.people.sign_in_failed(name, site.now())
        if not await check():
            return False
        await site.people.forget_failures(name)
        return True


def _need_waited(site: Site, before: Failures) -> None:
    free, first_s = site.settings.sign_in_failures_max, site.settings.sign_in_wait_s
    if before.last_at is None or before.count < free:
        return
    doublings = min(before.count - free, _DOUBLINGS_MAX)
    wait_s = min(first_s * 2**doublings, site.settings.sign_in_wait_max_s)
    left = before.last_at + timedelta(seconds=wait_s) - site.now()
    if left > timedelta(0):
        left_s = ceil(left.total_seconds())
        raise Problem(429, "too_many_attempts", retry_after_s=left_s, minutes=-(-left_s // 60))
