"""Who may have how many open sockets, so that nobody's take all: strangers, phones, sign-ins.

A newer socket shuts out an older one of the same holder, not somebody else's; only where the house
is full does whoever holds most give way. Must not know what is watched, nor cookies.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from queue_server.settings import Settings
from queue_server.web.ends import End, Ended

_LOOK_AGAIN_S: Final = 1.0
"""How often a full part for unproven phones looks who has been seen meanwhile."""

T = TypeVar("T")
Cut = Callable[[End], None]
"""Ends an open socket from our side; returns at once."""


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose a socket is: a ticket, or an account or device that signed in."""

    name: str
    address: str | None = None
    """Where a phone comes from; None for staff and screens."""
    proven: Callable[[], bool] = _always
    """Has anybody seen that the ticket's holder is there?"""


@dataclass(frozen=True, slots=True, eq=False)
class _Seat:
    """One open socket."""

    holder: Holder
    cut: Cut


class Entering:
    """A socket that has not said yet whose it is."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._limit: asyncio.Timeout | None = None
        self._displaced = False

    @contextlib.asynccontextmanager
    async def within(self, seconds: float) -> AsyncIterator[None]:
        """Raises `Ended` when the time is over, or the place is needed."""
        try:
            async with asyncio.timeout(0 if self._displaced else seconds) as self._limit:
                yield
        except TimeoutError:
            raise Ended(End.TOO_MANY if self._displaced else End.SIGN_IN) from None

    def displace(self) -> None:
        """Another comes in; this one goes at once if all it does is wait for its hello."""
        self._displaced = True
        if self._limit is not None and not self._limit.expired():
            self._limit.reschedule(0)


class Places:
    """All places of one server."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._entering: dict[str, dict[Entering, None]] = {}
        self._unsigned = 0
        # By the holder's name, in the order in which they were taken.
        self._phones: dict[str, dict[_Seat, None]] = {}
        self._sign_ins: dict[str, dict[_Seat, None]] = {}
        self._phones_count = self._sign_ins_count = 0
        self._by_address: Counter[str] = Counter()
        self._unproven: dict[_Seat, None] = {}
        self._looked_s = 0.0

    # Before it is known whose it is

    @contextlib.contextmanager
    def entrance(self, address: str) -> Iterator[Entering]:
        """While a socket signs in. Where too many do, the oldest of the address with most leaves:
        an honest one is through within a moment.
        """
        if self._unsigned >= self._settings.sockets_entering_max:
            oldest = _first(max(self._entering.values(), key=len))
            self._came_in(oldest)
            oldest.displace()
        entering = Entering(address)
        self._entering.setdefault(address, {})[entering] = None
        self._unsigned += 1
        try:
            yield entering
        finally:
            self._came_in(entering)

    def _came_in(self, entering: Entering) -> None:
        self._unsigned -= _dropped(self._entering, entering.address, entering)

    # Once it is known

    @contextlib.contextmanager
    def seat(self, holder: Holder, cut: Cut) -> Iterator[None]:
        """A place while the block runs. Raises `Ended` where there is none."""
        if holder.address is None:
            self._need_room(holder)
        else:
            self._need_room_for_phone(holder, holder.address)
        seat = _Seat(holder, cut)
        self._sit(seat)
        try:
            yield
        finally:
            self._stand_up(seat)

    def _need_room_for_phone(self, holder: Holder, address: str) -> None:
        settings, own = self._settings, self._phones.get(holder.name, {})
        if len(own) >= settings.sockets_per_ticket_max:
            self._displace(_first(own), End.ELSEWHERE)
            return
        most = settings.sockets_max * (1 - settings.sockets_kept_share)
        if self._phones_count >= most or self._by_address[address] >= self._address_max:
            raise Ended(End.TOO_MANY)
        if self._unproven_full() and not holder.proven():
            raise Ended(End.TOO_MANY)
        self._need_room(holder)

    @property
    def _address_max(self) -> int:
        return self._settings.sockets_per_address_max

    def _need_room(self, holder: Holder) -> None:
        """In a full house the sign-in with most gives way to whoever has fewer: a stolen one must
        not shut out the others.
        """
        if self._phones_count + self._sign_ins_count < self._settings.sockets_max:
            return
        fullest = max(self._sign_ins.values(), key=len, default={})
        own = self._sign_ins.get(holder.name, {})
        if len(fullest) <= max(len(own), 1):
            raise Ended(End.TOO_MANY)
        self._displace(_first(fullest), End.TOO_MANY)

    def _unproven_full(self) -> bool:
        most = self._settings.sockets_max * self._settings.sockets_unproven_share
        now_s = asyncio.get_running_loop().time()
        if len(self._unproven) >= most and now_s - self._looked_s >= _LOOK_AGAIN_S:
            self._looked_s = now_s
            self._unproven = {s: None for s in self._unproven if not s.holder.proven()}
        return len(self._unproven) >= most

    def _displace(self, seat: _Seat, end: End) -> None:
        """Its place is free from now on, its socket a moment later."""
        self._stand_up(seat)
        seat.cut(end)

    def _sit(self, seat: _Seat) -> None:
        holder = seat.holder
        if holder.address is None:
            self._sign_ins.setdefault(holder.name, {})[seat] = None
            self._sign_ins_count += 1
            return
        self._phones.setdefault(holder.name, {})[seat] = None
        self._phones_count += 1
        self._by_address[holder.address] += 1
        if not holder.proven():
            self._unproven[seat] = None

    def _stand_up(self, seat: _Seat) -> None:
        """A second time does nothing."""
        holder = seat.holder
        if holder.address is None:
            self._sign_ins_count -= _dropped(self._sign_ins, holder.name, seat)
        elif _dropped(self._phones, holder.name, seat):
            self._phones_count -= 1
            self._by_address[holder.address] -= 1
            if not self._by_address[holder.address]:
                del self._by_address[holder.address]
            self._unproven.pop(seat, None)


def _first(of: dict[T, None]) -> T:
    return next(iter(of))


def _dropped(groups: dict[str, dict[T, None]], name: str, one: T) -> bool:
    """Takes one out of its group; False where it is in none. A group without anybody is none."""
    group = groups.get(name, {})
    if one not in group:
        return False
    del group[one]
    if not group:
        del groups[name]
    return True
