"""Having proven oneself again a moment ago: what changing one's own ways in asks for.

A cookie of its own says so, for this session alone and for minutes: a session left open, or taken,
is not enough to plant another way in. Must not know what proves.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server.people import SignedIn
from queue_server.web import cookies
from queue_server.web.context import Site
from queue_server.web.errors import Problem

_SEPARATOR: Final = "\x1f"


def keep_recent(request: Request, response: Response, site: Site, signed_in: SignedIn) -> None:
    """They have just proven who they are."""
    until = int(site.now().timestamp()) + site.settings.recent_s
    value = f"{until}.{_mac(site, signed_in, until)}"
    cookies.keep(request, response, cookies.RECENT, value, site.settings.recent_s)


def is_recent(request: Request, site: Site, signed_in: SignedIn) -> bool:
    """Has this very session proven itself minutes ago?"""
    until, _, mac = (cookies.read(request, cookies.RECENT) or "").partition(".")
    if not (until.isascii() and until.isdigit() and len(until) <= 12):
        return False
    expected = _mac(site, signed_in, int(until))
    return hmac.compare_digest(mac.encode(), expected.encode()) and (
        site.now().timestamp() < int(until)
    )


def need_recent(request: Request, site: Site, signed_in: SignedIn) -> None:
    """Raises `Problem` 403 `confirm_first` when they have not."""
    if not is_recent(request, site, signed_in):
        raise Problem(403, "confirm_first")


def _mac(site: Site, signed_in: SignedIn, until: int) -> str:
    """Bound to the session's token: a new one, at unlocking or signing in, begins anew."""
    named = _SEPARATOR.join(("recent", signed_in.session.token_hash, str(until)))
    mac = hmac.digest(site.keys.cookie, named.encode(), "sha256")
    return urlsafe_b64encode(mac).decode().rstrip("=")
