"""What is asked of a process that watches, and what it answers: one JSON line each."""

from __future__ import annotations

import msgspec


class Wanted(msgspec.Struct, frozen=True):
    """One socket to open: its path, and the first message that signs it in."""

    path: str
    hello: str


class Open(msgspec.Struct, frozen=True, tag=True):
    """Opens sockets; answered once each of them has its first view."""

    port: int
    wanted: tuple[Wanted, ...]
    stalled: bool = False
    """These never read again after their first view."""


class Opened(msgspec.Struct, frozen=True):
    took_s: float


class Reach(msgspec.Struct, frozen=True, tag=True):
    """When had a view at least this new arrived, whole, at each socket that reads?"""

    seq: int
    timeout_s: float


class Reached(msgspec.Struct, frozen=True):
    """Moments on the machine's monotonic clock; a socket it never came to has none."""

    at_s: tuple[float, ...]
    missing: int


class Shown(msgspec.Struct, frozen=True, tag=True):
    """What do the sockets show now?"""


class Showing(msgspec.Struct, frozen=True):
    """The newest view at each, and how many of all were cut off."""

    views: tuple[msgspec.Raw, ...]
    closed: int


Question = Open | Reach | Shown
