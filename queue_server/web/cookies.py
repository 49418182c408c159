"""The cookies of this site: their names, how long they last, who may send them.

All are HttpOnly. Under TLS they carry the `__Host-` prefix, so that no neighbour domain can plant
one. Must not know what they open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from starlette.requests import HTTPConnection
from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Cookie:
    """One kind of cookie."""

    name: str
    same_site: Literal["strict", "lax"]


SESSION: Final = Cookie("session", "strict")
RECENT: Final = Cookie("recent", "strict")
ENROL: Final = Cookie("enrol", "strict")
KNOWN: Final = Cookie("known", "strict")
# Lax, all of these: they are set on the way of a redirect that began in a camera or another app,
# and a strict one would not be sent on the second step. None of them lets staff's commands through.
# One for each kind, so that one browser may be a board and a kiosk at once, as in a demo.
INVITE: Final = Cookie("invite", "lax")
DISPLAY: Final = Cookie("display", "lax")
KIOSK: Final = Cookie("kiosk", "lax")
TABLET: Final = Cookie("tablet", "lax")
# What a screen waiting to be paired proves itself by. Also one for each kind.
PAIRING_BOARD: Final = Cookie("pairing-board", "lax")
PAIRING_KIOSK: Final = Cookie("pairing-kiosk", "lax")
PAIRING_TABLET: Final = Cookie("pairing-tablet", "lax")
TICKET: Final = Cookie("ticket", "lax")
BROWSER: Final = Cookie("browser", "lax")
JOIN: Final = Cookie("join", "lax")
LANGUAGE: Final = Cookie("lang", "lax")
FLASH: Final = Cookie("flash", "strict")

_LETTERS_MAX: Final = 2_000


def is_secure(connection: HTTPConnection) -> bool:
    """Did it come over TLS (as the trusted proxy says)?"""
    return connection.url.scheme in ("https", "wss")


def _name(connection: HTTPConnection, cookie: Cookie) -> str:
    return f"__Host-{cookie.name}" if is_secure(connection) else cookie.name


def read(connection: HTTPConnection, cookie: Cookie) -> str | None:
    """Its value; None when it is absent, empty or absurd."""
    value = connection.cookies.get(_name(connection, cookie))
    return value if value and len(value) <= _LETTERS_MAX and value.isascii() else None


def keep(
    connection: HTTPConnection, response: Response, cookie: Cookie, value: str, seconds: int
) -> None:
    """Sets it on the response."""
    response.set_cookie(
        _name(connection, cookie),
        value,
        max_age=seconds,
        httponly=True,
        secure=is_secure(connection),
        samesite=cookie.same_site,
    )


def drop(connection: HTTPConnection, response: Response, cookie: Cookie) -> None:
    """Takes it away."""
    response.delete_cookie(
        _name(connection, cookie),
        httponly=True,
        secure=is_secure(connection),
        samesite=cookie.same_site,
    )
