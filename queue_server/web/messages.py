"""What a socket hears from its other side: these messages, and no others.

Owns their names in the policy table and their shapes. Must not know sockets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from queue_server import wire

MESSAGES: Final[Mapping[str, type[wire.Hello]]] = {"hello": wire.Hello}
"""By the message's one field, which is its action in the table."""

_NAMED: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])


class NotUnderstood(Exception):
    """No message that anybody declared."""


def read_message(text: str) -> tuple[str, wire.Hello]:
    """Its action, and what it says. Raises `NotUnderstood`."""
    try:
        (action,) = _NAMED.decode(text)
        return action, msgspec.json.decode(text, type=MESSAGES[action])
    except (msgspec.MsgspecError, ValueError, LookupError, RecursionError):
        raise NotUnderstood from None
