"""The short memory of looked-up sign-ins: who asks, believed for a moment.

Owns also when a session's or a screen's last use is written down. Must not know requests.
"""

from __future__ import annotations

import contextlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from queue_server.people import People, SignedIn, Stage, StoreUnavailable, Token
from queue_server.people.callers import Caller, caller_of_token
from queue_server.people.keys import token_hash
from queue_server.people.left_alone import active_at, is_left_alone
from queue_server.people.limits import PeopleLimits

_Believed = OrderedDict[str, tuple[float, Caller | None]]
"""Until when (monotonic seconds) who is believed to be asking, by credential."""


class SignIns:
    """Looks sessions and tokens up, and believes the answer for a moment."""

    def __init__(self, people: People, settings: PeopleLimits, now: Callable[[], datetime]) -> None:
        self._people = people
        self._settings = settings
        self._now = now
        self._believed: _Believed = OrderedDict()
        self._active: OrderedDict[str, datetime] = OrderedDict()
        """When a person last did something, as it is written down, by session."""

    async def by_session(self, token: str, *, by_person: bool = False) -> Caller | None:
        """Whose session this is; None unless it is a full one that was not left alone.

        `by_person`: somebody did something just now, which keeps it from being locked.
        """
        hashed = token_hash(token)
        caller = await self.again(f"s{hashed}")
        if by_person and caller is not None:
            await self._did_something(hashed)
        return caller

    async def by_token(self, token: str) -> Caller | None:
        return await self.again(f"t{token_hash(token)}")

    async def again(self, credential: str) -> Caller | None:
        """Who this is by now; None when it opens nothing any more. Cancelling does no harm."""
        believed = self._believed
        found = believed.get(credential)
        if found is not None and found[0] > time.monotonic():
            return found[1]
        look_up: Callable[[str], Awaitable[Caller | None]]
        look_up = self._session if credential[0] == "s" else self._token
        caller = await look_up(credential[1:])
        self._believe(believed, credential, caller)
        return caller

    def forget(self) -> None:
        """Somebody signed out, or rights changed here: look everything up again.

        What is just being looked up may be old already: it is not believed a second time.
        """
        self._believed = OrderedDict()

    def _believe(self, believed: _Believed, credential: str, caller: Caller | None) -> None:
        until = time.monotonic() + self._settings.sign_in_cached_s
        believed[credential] = (until, caller)
        believed.move_to_end(credential)
        while len(believed) > self._settings.sign_ins_cached_max:
            believed.popitem(last=False)

    async def _session(self, hashed: str) -> Caller | None:
        now = self._now()
        signed_in = await self._people.signed_in(hashed, now)
        if signed_in is None or signed_in.session.stage is not Stage.FULL:
            return None
        if is_left_alone(signed_in.session, self._settings, now):
            return None
        await self._seen(hashed, signed_in, now)
        self._note_active(hashed, active_at(signed_in.session))
        account = signed_in.account
        return Caller(
            role=account.role,
            account=account.id,
            name=account.display_name or account.username,
            branch=account.branch,
            credential=f"s{hashed}",
        )

    async def _seen(self, hashed: str, signed_in: SignedIn, now: datetime) -> None:
        every = timedelta(seconds=self._settings.session_seen_every_s)
        if now - signed_in.session.seen_at >= every:
            idle = now + timedelta(seconds=self._settings.session_idle_s)
            await self._people.touch_session(hashed, now, idle)

    async def _did_something(self, hashed: str) -> None:
        now, before = self._now(), self._active.get(hashed)
        every = timedelta(seconds=self._settings.session_seen_every_s)
        if before is None or now - before >= every:
            idle = now + timedelta(seconds=self._settings.session_idle_s)
            await self._people.touch_session(hashed, now, idle, now)
            self._note_active(hashed, now)

    def _note_active(self, hashed: str, at: datetime) -> None:
        self._active[hashed] = at
        self._active.move_to_end(hashed)
        while len(self._active) > self._settings.sign_ins_cached_max:
            self._active.popitem(last=False)

    async def _token(self, hashed: str) -> Caller | None:
        now = self._now()
        token = await self._people.token(hashed, now)
        if token is None:
            return None
        if token.account is None:
            await self._device_seen(token, now)
        return caller_of_token(token, f"t{hashed}")

    async def _device_seen(self, token: Token, now: datetime) -> None:
        every = timedelta(seconds=self._settings.device_seen_every_s)
        if token.seen_at is None or now - token.seen_at >= every:
            # A remark for the list of devices: where it cannot be written, the screen works on.
            with contextlib.suppress(StoreUnavailable):
                await self._people.token_seen(token.id, now)
