"""Who is asking: from a bearer token, a session, a paired device, a ticket, or nothing.

One browser may be several people's at once (in a demo it is signed in, shows the board and holds a
ticket): `staff`, `display`, `kiosk` and `person` ask for one of its faces, `who` takes the
strongest. Must not know what anyone may do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from starlette.requests import HTTPConnection

from queue_server.people import DEVICE_ROLES, Role
from queue_server.people.callers import Caller as Caller
from queue_server.serving.networks import network_of
from queue_server.web import cookies
from queue_server.web.context import site_of
from queue_server.web.errors import Problem
from queue_server.web.tickets import chosen_ticket, held_tickets, ticket_name

_BEARER: Final = "bearer "
LIVE_HEADER: Final = "lapak-live"
"""What a page sends along with what it fetches by itself: no person did anything."""
UNASKED: Final = "unasked"
"""The same in the address of a page that loads itself again: `look/static/again.js`."""
_TOKEN_LETTERS_MAX: Final = 400


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
        return Caller(role=Role.PARTICIPANT, ticket=ticket, address=network_of(connection.scope))
    caller = await site.sign_ins.by_token(token)
    if caller is None:
        raise Problem(401, "sign_in_needed")
    return replace(caller, address=network_of(connection.scope))


async def staff(connection: HTTPConnection) -> Caller:
    """Whoever is signed in in this browser; anonymous when nobody is."""
    token = cookies.read(connection, cookies.SESSION)
    sign_ins, by_person = site_of(connection).sign_ins, _is_by_person(connection)
    caller = await sign_ins.by_session(token, by_person=by_person) if token else None
    return replace(caller or Caller(), address=network_of(connection.scope))


def _is_by_person(connection: HTTPConnection) -> bool:
    """Pages opened and buttons pressed; not sockets, nor what a page does by itself."""
    is_request = connection.scope["type"] == "http"
    by_itself = LIVE_HEADER in connection.headers or UNASKED in connection.query_params
    return is_request and not by_itself


async def display(connection: HTTPConnection) -> Caller:
    """The paired board this browser is; anonymous when it is none."""
    return await _device(connection, cookies.DISPLAY)


async def kiosk(connection: HTTPConnection) -> Caller:
    """The paired kiosk this browser is; anonymous when it is none."""
    return await _device(connection, cookies.KIOSK)


async def tablet(connection: HTTPConnection) -> Caller:
    """The paired guard's tablet this browser is; anonymous when it is none."""
    return await _device(connection, cookies.TABLET)


async def _device(connection: HTTPConnection, cookie: cookies.Cookie) -> Caller:
    token = cookies.read(connection, cookie)
    caller = await site_of(connection).sign_ins.by_token(token) if token else None
    if caller is None or caller.role.value not in DEVICE_ROLES:
        return Caller(address=network_of(connection.scope))
    return replace(caller, address=network_of(connection.scope))


async def person(connection: HTTPConnection) -> Caller:
    """Somebody with a phone: the holder of a ticket, or nobody yet. Never staff.

    `?of=` says which of several numbers it is about.
    """
    return holder(connection, connection.query_params.get("of"))


def holder(connection: HTTPConnection, of: str | None) -> Caller:
    """As `person`, about the number `of`: it needs no database.

    Where a browser keeps no cookies the address itself carries its number.
    """
    secret, held = connection.path_params.get("secret"), held_tickets(connection)
    ticket = chosen_ticket(held, of)
    if secret is not None:
        ticket = ticket_name(site_of(connection), secret)
    return Caller(
        role=Role.PARTICIPANT if ticket else Role.ANONYMOUS,
        ticket=ticket,
        held=held,
        browser=cookies.read(connection, cookies.BROWSER),
        join=cookies.read(connection, cookies.JOIN),
        address=network_of(connection.scope),
    )
