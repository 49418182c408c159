"""How a socket ends: its close codes, and the words beside them. Must not know sockets."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class End(IntEnum):
    """Why a socket ended, as its close code."""

    BINARY = 1003
    NOT_UNDERSTOOD = 1008
    TOO_LONG = 1009
    RESTART = 1012
    SIGN_IN = 4401
    NOT_ALLOWED = 4403
    UNKNOWN = 4404
    ELSEWHERE = 4409
    """The same ticket is open in so many newer places: this page connects again when somebody looks
    at it, not by itself.
    """
    TOO_MANY = 4429


REASONS: Final = {
    End.BINARY: "text only",
    End.NOT_UNDERSTOOD: "not understood",
    End.TOO_LONG: "too long",
    End.SIGN_IN: "sign in again",
    End.NOT_ALLOWED: "not allowed",
    End.UNKNOWN: "no such thing",
    End.ELSEWHERE: "open elsewhere",
    End.TOO_MANY: "too many",
}


class Ended(Exception):
    """This socket ends now, with this code."""

    def __init__(self, end: End) -> None:
        super().__init__(end.name)
        self.end = end
