"""Where a request comes from, as far as limits are concerned.

One phone has a whole IPv6 network of addresses for itself: counted one by one, every limit by
address would be none. Must not know what is limited.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address
from typing import Final

from starlette.types import Scope

# What a provider gives a household or a phone at the least: the half of an address it fills itself.
_OWN_BITS: Final = 64


def network_of(scope: Scope) -> str:
    """An IPv4 address, or the network of an IPv6 one; empty where there is none."""
    client = scope.get("client")
    return _network(client[0]) if client else ""


@lru_cache(maxsize=10_000)
def _network(host: str) -> str:
    if ":" not in host:
        return host
    try:
        address = IPv6Address(host)
    except AddressValueError:
        return host
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return f"{IPv6Address(int(address) >> _OWN_BITS << _OWN_BITS)}/{_OWN_BITS}"
