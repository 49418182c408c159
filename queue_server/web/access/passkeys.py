"""Whose passkeys can be used at the address a browser came to. What happens with them is
`people.ceremonies`'s.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final, Literal
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from queue_server.people.ceremonies import Party
from queue_server.people.text import clean
from queue_server.web.access.browsers import browser_name
from queue_server.web.errors import Problem
from queue_server.web.respond import base_of

_LABEL_LETTERS_MAX: Final = 60
_LOCAL: Final = "localhost"
_OWN_PORTS: Final = {"http": 80, "https": 443}

Works = Literal["yes", "plain", "address"]


def party_of(connection: HTTPConnection) -> Party:
    """The relying party of a request: only a browser at this very address can sign for it."""
    base = urlsplit(base_of(connection))
    host, port = base.hostname or "", base.port
    # As browsers write it: without the scheme's own port, without a path.
    shown = f"{host}:{port}" if port not in (None, _OWN_PORTS.get(base.scheme)) else host
    return Party(host, f"{base.scheme}://{shown}")


def works_here(connection: HTTPConnection) -> Works:
    """Can a browser make and use passkeys at the address it came to?

    Not over plain http (but on the machine itself), not where people type numbers for a name, and
    not beside the address everybody else uses.
    """
    party, here = party_of(connection), connection.url.hostname or ""
    if _is_number(here) or here != party.id:
        return "address"
    if here == _LOCAL or here.endswith(f".{_LOCAL}"):
        return "yes"
    return "yes" if party.origin.startswith("https://") else "plain"


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def need_party(connection: HTTPConnection) -> Party:
    """The relying party. Raises `Problem` 409 `passkeys_unavailable` where none works."""
    if works_here(connection) != "yes":
        raise Problem(409, "passkeys_unavailable")
    return party_of(connection)


def label(connection: HTTPConnection, typed: str) -> str:
    """What a passkey made here is called: as somebody typed, else as its browser is."""
    given = clean(typed)[:_LABEL_LETTERS_MAX]
    return given or browser_name(connection.headers.get("user-agent", ""))
