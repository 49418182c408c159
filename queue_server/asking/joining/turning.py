"""The keys of the hall's codes over time: made, replaced every month, and told to the screens.

Owns when a key is replaced. Must not know how a code is made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from queue_server.asking.joining.codes import Codes
from queue_server.people import JOIN_KEYS_KEPT, JoinKey, StoreUnavailable
from queue_server.people.contract.erasable import Secrets

_log = structlog.get_logger("web")

# After the boundary: a timer may be early by a little, and would tell the old code once more.
_AFTER_S: Final = 0.02


class TurningClock(Protocol):
    def now(self) -> datetime: ...
    async def sleep(self, seconds: float) -> None: ...


class Screens(Protocol):
    """Whoever shows codes."""

    def turn(self, branch: str) -> None: ...


async def first_keys(people: Secrets, clock: TurningClock) -> Sequence[JoinKey]:
    """The stored keys, newest first; the first one is made here."""
    return await people.join_keys() or [await people.new_join_key(clock.now(), JOIN_KEYS_KEPT)]


async def new_key(people: Secrets, clock: TurningClock, codes: Codes) -> JoinKey:
    """Replaces the key at once. Cancelling leaves open whether it was."""
    key = await people.new_join_key(clock.now(), JOIN_KEYS_KEPT)
    codes.use(await people.join_keys())
    _log.info("join_key_new", key=key.id)
    return key


async def turn_for_ever(
    codes: Codes,
    people: Secrets,
    clock: TurningClock,
    key_days: int,
    screens: Screens,
    branches: Callable[[], Iterable[str]],
) -> None:
    """At each step's beginning shows its codes; replaces a key that is old. Cancelling ends it."""
    while True:
        await clock.sleep(codes.left_s() + _AFTER_S)
        if clock.now() - codes.newest.made_at >= timedelta(days=key_days):
            try:
                await new_key(people, clock, codes)
            except StoreUnavailable as why:
                _log.warning("join_key_kept", why=str(why))
        for branch in branches():
            screens.turn(branch)
