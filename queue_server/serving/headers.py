"""The security headers of every answer.

Owns what a browser is told to allow. Must not know what is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
        "display-capture=(), publickey-credentials-get=(self)"
    ),
}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; media-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "connect-src {connect}; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types our-pages"
)
_HOST: Final = re.compile(r"[A-Za-z0-9.\-]{1,253}(:[0-9]{1,5})?")
_HOSTS_REMEMBERED_MAX: Final = 64
_HSTS: Final = "max-age=31536000"


@lru_cache(_HOSTS_REMEMBERED_MAX)
def content_security_policy(host: str, secure: bool, scripts: str = "") -> str:
    """What a page may load, and whom it may talk to: this host, nobody else.

    `scripts`: the hashes of those that stand in pages themselves.

    The sockets' address is written out: for iPhones up to iOS 15 `'self'` is no socket.
    """
    connect = "'self'"
    if _HOST.fullmatch(host):
        connect += f" {'wss' if secure else 'ws'}://{host}"
    upgrade = "; upgrade-insecure-requests" if secure else ""
    return _POLICY.format(connect=connect, scripts=scripts and f" {scripts}") + upgrade


class SecureHeaders:
    """Adds the security headers to whatever is answered; HSTS only where TLS was used.

    Nothing is kept by a browser or a proxy unless its handler says so.
    """

    def __init__(self, app: ASGIApp, scripts: str = "") -> None:
        self._app = app
        self._scripts = scripts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                names = {name.lower() for name, _ in given}
                message["headers"] = given + [
                    one for one in _headers(scope, self._scripts) if one[0] not in names
                ]
            await send(message)

        await self._app(scope, receive, with_headers)


# As they go over the wire: added to every answer there is.
_RAW_ALWAYS: Final = tuple(
    (name.lower().encode(), value.encode()) for name, value in _ALWAYS.items()
)


def _headers(scope: Scope, scripts: str) -> Iterator[tuple[bytes, bytes]]:
    asked, secure = Headers(scope=scope), scope["scheme"] == "https"
    yield from _RAW_ALWAYS
    policy = content_security_policy(asked.get("host", ""), secure, scripts)
    yield b"content-security-policy", policy.encode()
    yield b"referrer-policy", _referrer_policy(asked).encode()
    yield b"cache-control", b"no-store"
    if secure:
        yield b"strict-transport-security", _HSTS.encode()


def _referrer_policy(asked: Headers) -> str:
    """A page's address goes nowhere: a ticket's is its secret.

    A browser that says nothing of where a request comes from (plain http in the branch's network,
    old iPhones) would then post our own forms with `Origin: null`, which looks like another site's:
    there our own pages, and only they, hear the address.
    """
    is_page = "text/html" in asked.get("accept", "")
    says_where_from = any(name.startswith("sec-fetch-") for name in asked)
    return "same-origin" if is_page and not says_where_from else "no-referrer"
