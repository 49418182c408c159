"""Who is asking: from a bearer token, a session, a paired device, a ticket, or nothing.

Owns the callers and the short memory of looked-up sign-ins. One browser may be several people's at
once (in a demo it is signed in, shows the board and holds a ticket): `staff`, `display`, `kiosk`
and `person` ask for one of its faces, `who` takes the strongest. Must not know what anyone may do.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from starlette.requests import HTTPConnection

from queue_server.settings import Settings
from queue_server.store.people import DEVICE_ROLES, People, SignedIn, Token
from queue_server.web import cookies
from queue_server.web.context import Site, site_of
from queue_server.web.errors import Problem
from queue_server.web.keys import TicketName, token_hash
from queue_server.web.policy import Role
from queue_server.web.tickets import ticket_name

_BEARER: Final = "bearer "
_TOKEN_LETTERS_MAX: Final = 400


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


class SignIns:
    """Looks sessions and tokens up, and believes the answer for a moment."""

    def __init__(self, people: People, settings: Settings, now: Callable[[], datetime]) -> None:
        self._people = people
        self._settings = settings
        self._now = now
        self._believed: OrderedDict[str, tuple[float, Caller | None]] = OrderedDict()

    async def by_session(self, token: str) -> Caller | None:
        return await self.again(f"s{token_hash(token)}")

    async def by_token(self, token: str) -> Caller | None:
        return await self.again(f"t{token_hash(token)}")

    async def again(self, credential: str) -> Caller | None:
        """Who this is by now; None when it opens nothing any more. Cancelling does no harm."""
        found = self._believed.get(credential)
        if found is not None and found[0] > time.monotonic():
            return found[1]
        look_up: Callable[[str], Awaitable[Caller | None]]
        look_up = self._session if credential[0] == "s" else self._token
        caller = await look_up(credential[1:])
        self._believe(credential, caller)
        return caller

    def forget(self) -> None:
        """Somebody signed out, or rights changed here: look everything up again."""
        self._believed.clear()

    def _believe(self, credential: str, caller: Caller | None) -> None:
        until = time.monotonic() + self._settings.sign_in_cached_s
        self._believed[credential] = (until, caller)
        self._believed.move_to_end(credential)
        while len(self._believed) > self._settings.sign_ins_cached_max:
            self._believed.popitem(last=False)

    async def _session(self, hashed: str) -> Caller | None:
        now = self._now()
        signed_in = await self._people.signed_in(hashed, now)
        if signed_in is None:
            return None
        await self._seen(hashed, signed_in, now)
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

    async def _token(self, hashed: str) -> Caller | None:
        token = await self._people.token(hashed, self._now())
        return None if token is None else _caller_of_token(token, f"t{hashed}")


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


def _address(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""


async def who(connection: HTTPConnection) -> Caller:
    """The one asker of a request to the API: bearer token, else session, device, ticket, nobody.

    Raises `Problem` 401 for a bearer token that opens nothing.
    """
    header = connection.headers.get("authorization")
    if header is not None:
        if header[: len(_BEARER)].lower() != _BEARER:
            raise Problem(401, "sign_in_needed")
        return await by_bearer(connection, header[len(_BEARER) :].strip())
    for face in (staff, display, kiosk):
        caller = await face(connection)
        if caller.role is not Role.ANONYMOUS:
            return caller
    return await person(connection)


async def by_bearer(connection: HTTPConnection, token: str) -> Caller:
    """Whoever this token is of: staff, a device, or a ticket's holder. Raises `Problem` 401."""
    if not 0 < len(token) <= _TOKEN_LETTERS_MAX:
        raise Problem(401, "sign_in_needed")
    site = site_of(connection)
    if (ticket := ticket_name(site, token)) is not None:
        return Caller(role=Role.PARTICIPANT, ticket=ticket, address=_address(connection))
    caller = await site.sign_ins.by_token(token)
    if caller is None:
        raise Problem(401, "sign_in_needed")
    return replace(caller, address=_address(connection))


async def staff(connection: HTTPConnection) -> Caller:
    """Whoever is signed in in this browser; anonymous when nobody is."""
    token = cookies.read(connection, cookies.SESSION)
    caller = await site_of(connection).sign_ins.by_session(token) if token else None
    return replace(caller or Caller(), address=_address(connection))


async def display(connection: HTTPConnection) -> Caller:
    """The paired board this browser is; anonymous when it is none."""
    return await _device(connection, cookies.DISPLAY)


async def kiosk(connection: HTTPConnection) -> Caller:
    """The paired kiosk this browser is; anonymous when it is none."""
    return await _device(connection, cookies.KIOSK)


async def _device(connection: HTTPConnection, cookie: cookies.Cookie) -> Caller:
    token = cookies.read(connection, cookie)
    caller = await site_of(connection).sign_ins.by_token(token) if token else None
    if caller is None or caller.role.value not in DEVICE_ROLES:
        return Caller(address=_address(connection))
    return replace(caller, address=_address(connection))


async def person(connection: HTTPConnection) -> Caller:
    """Somebody with a phone: the holder of a ticket, or nobody yet. Never staff."""
    return person_of(site_of(connection), connection)


def person_of(site: Site, connection: HTTPConnection) -> Caller:
    """As `person`: it needs no database."""
    secret = cookies.read(connection, cookies.TICKET)
    ticket = ticket_name(site, secret) if secret else None
    return Caller(
        role=Role.PARTICIPANT if ticket else Role.ANONYMOUS,
        ticket=ticket,
        browser=cookies.read(connection, cookies.BROWSER),
        join=cookies.read(connection, cookies.JOIN),
        address=_address(connection),
    )
