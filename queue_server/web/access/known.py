"""Browsers somebody has signed in with before: strangers' guesses must not make them wait there.

A cookie holds, for each account that signed in here, a sealed name of this browser; failures there
are counted under that name, apart from everybody else's. It opens nothing. Must not know pages.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server.people import Account
from queue_server.web import cookies
from queue_server.web.context import Site, site_of

# The officers of one shared PC; more than these begin as strangers again.
_ACCOUNTS_MAX: Final = 12
_BETWEEN: Final = "~"
_SEPARATOR: Final = "\x1f"


def counted_as(request: Request, account: Account) -> str:
    """Under which name this account's failures count here: its own, or this browser's for it."""
    site = site_of(request)
    name = next((one for one in _names(request) if _is_of(site, account, one)), None)
    return account.id if name is None else f"{account.id}@{name.partition('.')[0]}"


def keep(request: Request, response: Response, account: Account) -> None:
    """They signed in here, wholly: this browser is known for them from now on."""
    site, names = site_of(request), _names(request)
    if any(_is_of(site, account, one) for one in names):
        return
    mark = secrets.token_hex(8)
    names = [f"{mark}.{_mac(site, account, mark)}", *names][:_ACCOUNTS_MAX]
    cookies.keep(
        request, response, cookies.KNOWN, _BETWEEN.join(names), site.settings.known_browser_s
    )


def _names(request: Request) -> list[str]:
    value = cookies.read(request, cookies.KNOWN)
    return value.split(_BETWEEN)[:_ACCOUNTS_MAX] if value else []


def _is_of(site: Site, account: Account, name: str) -> bool:
    mark, _, mac = name.partition(".")
    return hmac.compare_digest(mac.encode(), _mac(site, account, mark).encode())


def _mac(site: Site, account: Account, mark: str) -> str:
    # Another password begins anew: what was known of the old one is worth nothing.
    named = _SEPARATOR.join(("known", account.id, account.password_hash, mark))
    mac = hmac.digest(site.keys.cookie, named.encode(), "sha256")
    return urlsafe_b64encode(mac).decode().rstrip("=")
