"""Paired devices: which one a browser is, how one becomes one by a one-use link, and what their
branch may do with them.

Becoming one by a code is `pairing`'s. Must not know pages.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import structlog
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from queue_server.people import DEVICE_ROLES, Role, Spent, Token
from queue_server.people.callers import Caller
from queue_server.people.keys import new_token, token_hash
from queue_server.people.text import clean_line
from queue_server.web import cookies, trail
from queue_server.web.context import Site, site_of
from queue_server.web.cookies import Cookie
from queue_server.web.errors import Problem

_log = structlog.get_logger("web")
LABEL_LETTERS_MAX: Final = 40
PLACE_LETTERS_MAX: Final = 80


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
        Kind("board", Role.DISPLAY, cookies.DISPLAY, cookies.PAIRING_BOARD),
        Kind("kiosk", Role.KIOSK, cookies.KIOSK, cookies.PAIRING_KIOSK),
        Kind("tablet", Role.TABLET, cookies.TABLET, cookies.PAIRING_TABLET),
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
    site = site_of(request)
    secret = new_token()
    try:
        paired = await site.people.exchange_device_key(
            token_hash(key), secrets.token_hex(8), token_hash(secret), site.now()
        )
    except Spent:
        raise Problem(404, "key_spent") from None
    if paired.branch != branch or paired.role is not kind.role:
        raise Problem(403, "not_allowed")
    keep_token(request, response, kind, secret)
    _log.info("device_paired", device=paired.id, kind=kind.name, branch=branch)
    await trail.record(
        site, None, "device_paired", branch=branch, about=f"{kind.name} {paired.label}"
    )


# What a branch may do with its devices


async def devices(site: Site, branch: str) -> Sequence[Token]:
    """The branch's, as long as they count; oldest first."""
    return [token for token in await site.people.tokens() if _is_device(token, branch)]


async def rename(
    site: Site, caller: Caller, branch: str, token_id: str, label: str, place: str
) -> str:
    """The name it has now. Raises `Problem` 404 `unknown_device`."""
    token = await _device(site, branch, token_id)
    label, place = names(KIND_OF[token.role], label, place)
    await site.people.rename_token(token.id, label, place)
    await trail.record(site, caller, "device_renamed", branch=branch, about=f"{token.id} {label}")
    return label


async def revoke(site: Site, caller: Caller, branch: str, token_id: str) -> str:
    """It counts no more at once, nor do sessions begun on it (a PIN counts on a paired tablet
    alone); an open screen hears of it within seconds. The name it had.

    Raises `Problem` 404 `unknown_device`.
    """
    token = await _device(site, branch, token_id)
    await site.people.revoke_token(token.id, site.now())
    site.sign_ins.forget()
    await trail.record(
        site, caller, "device_revoked", branch=branch, about=f"{token.id} {token.label}"
    )
    return token.label


def is_here(site: Site, token: Token) -> bool:
    """Does it watch something at this very moment?"""
    return site.sockets.has(f"t{token.token_hash}")


def names(kind: Kind, label: str, place: str) -> tuple[str, str]:
    """As they are kept: one line each, never without a name."""
    label = clean_line(label)[:LABEL_LETTERS_MAX]
    return label or kind.name, clean_line(place)[:PLACE_LETTERS_MAX]


async def _device(site: Site, branch: str, token_id: str) -> Token:
    for token in await devices(site, branch):
        if token.id == token_id:
            return token
    raise Problem(404, "unknown_device")


def _is_device(token: Token, branch: str) -> bool:
    return (
        token.branch == branch
        and token.account is None
        and token.role in DEVICE_ROLES
        and token.revoked_at is None
    )
