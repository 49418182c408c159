"""What every message is built from: how codes and numbers are written, and two base shapes."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

Letter = Annotated[str, Meta(pattern="^[A-Z]$")]
Number = Annotated[str, Meta(pattern="^[A-Z]-[0-9]{3,6}$")]
CodeText = Annotated[str, Meta(pattern="^[a-z0-9_]{1,40}$")]
CounterName = Annotated[str, Meta(pattern="^[A-Za-z0-9]{1,8}$")]
LastNumber = Annotated[int, Meta(ge=0, le=9_999)]
"""No day gives more of a letter; a slip of the finger could use up all there are."""
FreeText = Annotated[str, Meta(max_length=500)]


class Request(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """The base of every request body."""


class Shown(Struct, frozen=True):
    """The base of every view and answer."""


def encode(message: object) -> bytes:
    """JSON bytes of any shape above."""
    return msgspec.json.encode(message)
