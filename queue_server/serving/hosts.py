"""Which `Host` a request may name, and by which names this machine is called.

A link that is handed out leads where its reader's request came to: only to a name that this
machine has, never to one somebody made up. Must not know links.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_HOST: Final = re.compile(rb"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._~-]{1,253})(:[0-9]{0,5})?")
LOOPBACK: Final = re.compile(r"localhost|.+\.localhost|127(\.\d{1,3}){3}|::1")
"""Leads nowhere but to the reader's own machine; browsers, too, trust it without TLS."""


def says_one_host(headers: Iterable[tuple[bytes, bytes]], http_version: str) -> bool:
    """Exactly one, and a possible one; 1.0 may name none (RFC 9112, 3.2)."""
    hosts = [value for name, value in headers if name == b"host"]
    if not hosts:
        return http_version == "1.0"
    return len(hosts) == 1 and _HOST.fullmatch(hosts[0]) is not None


def is_ours(host: str, bound: str, came_to: str | None) -> bool:
    """Is it a name of this machine: where it is bound, the address the connection came to, what
    the system calls itself, or loopback?
    """
    if LOOPBACK.fullmatch(host):
        return True
    return host in {bound.lower(), (came_to or bound).lower(), *_own_names()}


@lru_cache(1)
def _own_names() -> frozenset[str]:
    """As others in a branch's network may call it; without asking a name server."""
    name = socket.gethostname().lower()
    return frozenset({name, f"{name.partition('.')[0]}.local"})
