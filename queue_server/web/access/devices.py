"""Which paired device a browser is, by its cookies, and how it becomes one by a one-use link.

Becoming one by a code is `pairing`'s; what is done with devices is `people.devices`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from queue_server.people import Role, Token
from queue_server.people.devices import KINDS as NAMES
from queue_server.people.devices import use_key as use
from queue_server.people.keys import token_hash
from queue_server.web import cookies
from queue_server.web.context import Site, site_of
from queue_server.web.cookies import Cookie
from queue_server.web.errors import granted


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of screen: its page is `/<name>/<branch>`."""

    name: str
    role: Role
    cookie: Cookie
    """Holds the token, once it is one."""
    pairing: Cookie
    """Holds the secret while it waits to become one."""


KINDS: Final = {
    one.name: one
    for one in (
        Kind(NAMES[Role.DISPLAY], Role.DISPLAY, cookies.DISPLAY, cookies.PAIRING_BOARD),
        Kind(NAMES[Role.KIOSK], Role.KIOSK, cookies.KIOSK, cookies.PAIRING_KIOSK),
        Kind(NAMES[Role.TABLET], Role.TABLET, cookies.TABLET, cookies.PAIRING_TABLET),
    )
}
KIND_OF: Final = {kind.role: kind for kind in KINDS.values()}


async def tablet(connection: HTTPConnection) -> Token | None:
    """The guard's tablet this browser was paired as; None when it is none, or was revoked."""
    secret = cookies.read(connection, cookies.TABLET)
    if secret is None:
        return None
    site = site_of(connection)
    token = await site.people.token(token_hash(secret), site.now())
    return token if token is not None and token.role is Role.TABLET else None


def keep_token(request: Request, response: Response, kind: Kind, secret: str) -> None:
    """From now on this browser is that device, until it is revoked."""
    seconds = site_of(request).settings.browser_cookie_s
    cookies.keep(request, response, kind.cookie, secret, seconds)


async def use_key(request: Request, response: Response, key: str, branch: str, kind: Kind) -> None:
    """Exchanges a one-use link's key for this browser's device cookie.

    Raises `Problem` 404 `key_spent` for an unknown, used or expired one, 403 for another's.
    """
    access = site_of(request).access
    keep_token(request, response, kind, granted(await use(access, key, branch, kind.role)))


def is_here(site: Site, token: Token) -> bool:
    """Does it watch something at this very moment?"""
    return site.sockets.has(f"t{token.token_hash}")
