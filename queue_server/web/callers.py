"""Who asks, once known: the caller, and the short memory of looked-up sign-ins.

Must not know requests, nor what anyone may do.
"""

from __future__ import annotations

import contextlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.settings import Settings
from queue_server.store.people import People, Session, SignedIn, Stage, StoreUnavailable, Token
from queue_server.web.keys import TicketName, token_hash
from queue_server.web.policy import Role


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks. What is None does not apply."""

    role: Role = Role.ANONYMOUS
    account: str | None = None
    name: str | None = None
    """What colleagues call them; for devices their label."""
    branch: str | None = None
    """The branch they are bound to; None for an admin or auditor of all, and for participants."""
    counter: str | None = None
    """The counter a token was made for."""
    device: str | None = None
    ticket: TicketName | None = None
    browser: str | None = None
    """The browser's own random cookie: a secret, never stored as it is."""
    join: str | None = None
    """What the browser keeps of a scan of the hall's QR."""
    address: str = ""
    credential: str | None = None
    """What an open socket asks about again: the hash of its token or session."""

    @property
    def ticket_branch(self) -> str | None:
        return self.ticket.branch if self.ticket else None

    @property
    def by(self) -> str:
        """Who it was, for the log: opaque, and nobody's for participants."""
        if self.account is not None:
            return self.account
        return f"device:{self.device}" if self.device is not None else ""

    @property
    def owner(self) -> str:
        """Whose idempotency keys these are."""
        if self.account is not None or self.device is not None:
            return self.by
        # The browser before the ticket: a lost answer to "a number, please" is asked for again
        # with whatever ticket the browser held before.
        if self.browser is not None:
            return f"browser:{self.browser}"
        if self.ticket is not None:
            return f"ticket:{self.ticket}"
        # Programs without cookie or token: a stranger elsewhere must not meet their keys.
        return f"address:{self.address}"


_Believed = OrderedDict[str, tuple[float, Caller | None]]
"""Until when (monotonic seconds) who is believed to be asking, by credential."""


class SignIns:
    """Looks sessions and tokens up, and believes the answer for a moment."""

    def __init__(self, people: People, settings: Settings, now: Callable[[], datetime]) -> None:
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
            role=Role(account.role.value),
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
        return _caller_of_token(token, f"t{hashed}")

    async def _device_seen(self, token: Token, now: datetime) -> None:
        every = timedelta(seconds=self._settings.device_seen_every_s)
        if token.seen_at is None or now - token.seen_at >= every:
            # A remark for the list of devices: where it cannot be written, the screen works on.
            with contextlib.suppress(StoreUnavailable):
                await self._people.token_seen(token.id, now)


def active_at(session: Session) -> datetime:
    """When a person last did something there."""
    return session.active_at or session.created_at


def is_left_alone(session: Session, settings: Settings, now: datetime) -> bool:
    """Has nobody done anything there for so long that it is to be locked?"""
    lock = timedelta(seconds=settings.session_lock_s)
    return session.stage is Stage.FULL and now - active_at(session) >= lock


def _caller_of_token(token: Token, credential: str) -> Caller:
    is_device = token.account is None
    return Caller(
        role=Role(token.role.value),
        account=token.account,
        name=token.label,
        branch=token.branch,
        counter=token.counter,
        device=token.id if is_device else None,
        credential=credential,
    )
