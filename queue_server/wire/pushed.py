"""What comes down a socket: a whole view, or a heartbeat."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct


class PushedView(Struct, frozen=True):
    seq: int
    view: msgspec.Raw


class Heartbeat(Struct, frozen=True):
    """What you show is right up to `seq`, at this time."""

    seq: int
    at: datetime
