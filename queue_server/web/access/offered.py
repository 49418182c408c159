"""The secret an authenticator app is offered, kept by the browser alone and sealed for its session
until a right code confirms it: an app that works is never replaced by one that was not tried.

Must not know pages, nor codes.
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

_SEPARATOR: Final = "\x1f"


def offered(request: Request, site: Site, signed_in: SignedIn) -> str | None:
    """The secret this browser was offered; None when there is none, or it is another session's."""
    secret, _, mac = (cookies.read(request, cookies.ENROL) or "").partition(".")
    expected = _mac(site, signed_in, secret)
    return secret if secret and hmac.compare_digest(mac.encode(), expected.encode()) else None


def keep_offer(
    request: Request, response: Response, site: Site, signed_in: SignedIn, secret: str
) -> None:
    """The next page of this session offers the same secret."""
    sealed = f"{secret}.{_mac(site, signed_in, secret)}"
    cookies.keep(request, response, cookies.ENROL, sealed, site.settings.enrol_s)


def _mac(site: Site, signed_in: SignedIn, secret: str) -> str:
    named = _SEPARATOR.join(("enrol", signed_in.session.id, signed_in.account.id, secret))
    mac = hmac.digest(site.keys.cookie, named.encode(), "sha256")
    return urlsafe_b64encode(mac).decode().rstrip("=")
