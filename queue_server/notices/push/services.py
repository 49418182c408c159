"""Which push services there are. A subscription is an address somebody else chose: nothing is ever
sent to any other host, and no redirect is followed.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from urllib.parse import SplitResult, urlsplit

ENDPOINT_LETTERS_MAX: Final = 1_024
"""The longest in use have about 700."""
KNOWN: Final = frozenset(
    {
        "fcm.googleapis.com",
        "android.googleapis.com",
        "updates.push.services.mozilla.com",
        "web.push.apple.com",
    }
)
"""Chrome and what is made of it, its older self, Firefox, Safari."""
KNOWN_BELOW: Final = (".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
"""Firefox, Safari, Edge."""


def is_known(endpoint: str, extra: Collection[str] = ()) -> bool:
    """May anything be sent there? `extra`: origins of one's own (`push_services_extra`)."""
    parts = _parts(endpoint)
    if parts is None:
        return False
    if f"{parts.scheme}://{parts.netloc}" in extra:
        return True
    host = parts.netloc
    return parts.scheme == "https" and (host in KNOWN or host.endswith(KNOWN_BELOW))


def origin(endpoint: str) -> str:
    """`https://host`: for whom a signature counts."""
    parts = urlsplit(endpoint)
    return f"{parts.scheme}://{parts.netloc}"


def _parts(endpoint: str) -> SplitResult | None:
    """None for what no browser would give: `netloc` is then a host, at most with a port."""
    plain = endpoint.isascii() and endpoint.isprintable() and not set(' \\@#"<>') & set(endpoint)
    if not plain or len(endpoint) > ENDPOINT_LETTERS_MAX:
        return None
    try:
        parts = urlsplit(endpoint)
    except ValueError:
        return None
    return parts if parts.netloc and parts.path.startswith("/") else None
