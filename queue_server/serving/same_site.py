"""Whether a browser says that a page of another site asks. Must not know what is asked."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

_SAME_SITE: Final = frozenset({"same-origin", "none"})
_DEFAULT_PORTS: Final = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def is_foreign(connection: HTTPConnection) -> bool:
    """Does the browser say that a page of another site asks?

    Our own pages may post with `Origin: null`, where their address is told to nobody: that counts
    only beside the browser's own word that it is us.
    """
    site = connection.headers.get("sec-fetch-site")
    if site is not None and site not in _SAME_SITE:
        return True
    if "origin" not in connection.headers:
        return False
    nameless = connection.headers["origin"] == "null"
    return site != "same-origin" if nameless else not _fits(connection.headers)


def _fits(headers: Headers) -> bool:
    """Does `Origin` name this very host and port? The scheme may differ behind a TLS proxy."""
    try:
        origin = urlsplit(headers.get("origin", ""))
        host = urlsplit(f"//{headers.get('host', '')}")
        port = _DEFAULT_PORTS.get(origin.scheme)
        if port is None or not origin.hostname:
            return False
        same_host = origin.hostname == host.hostname
        return same_host and (origin.port or port) == (host.port or port)
    except ValueError:
        return False
