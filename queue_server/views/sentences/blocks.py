"""How a ticket looks in each stage, and which blocks its page then shows. Knows no sentence."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from queue_server.domain.model import OVER

IN_LINE: Final = frozenset({"waiting", "ready", "next"})
WITH_CODE: Final = IN_LINE | {"unproven"}
TO_BE_CALLED: Final = WITH_CODE | {"parked"}
"""Whose phone may be made to ring."""
NEAR: Final = frozenset({"ready", "next", "called"})
"""Whose screen should stay on: a dark phone shows no call."""
LOOKS: Final = {
    "unproven": ("waiting", "waiting"),
    "waiting": ("waiting", "waiting"),
    "ready": ("ready", "ready"),
    "next": ("ready", "ready"),
    "called": ("called", "called"),
    "serving": ("served", "serving"),
    "finished": ("served", "served"),
    "missed": ("missed", "missed"),
    "parked": ("waiting", "parked"),
    "cancelled": ("missed", "missed"),
    "unserved": ("missed", "closed"),
    "forgotten": ("served", "served"),
}
"""Stage → colour family and icon."""
_OF_STAGES: Final = {
    "qr": WITH_CODE,
    "check": frozenset({"unproven"}),
    "sound": TO_BE_CALLED,
    "roads": TO_BE_CALLED,
    "awake": NEAR,
    # Nothing beside the call, while somebody is called.
    "erase": frozenset(LOOKS) - {"called"},
}
_KEPT_MAX: Final = 1_024


@lru_cache(_KEPT_MAX)
def blocks(stage: str, can: tuple[str, ...], coming: bool) -> tuple[str, ...]:
    """A handful of combinations, asked for again by every phone at every call."""
    # Said already; or so far from the turn that it would mean nothing at the desk.
    mute = coming or stage not in NEAR
    verbs = (verb for verb in can if not (verb == "coming" and mute))
    anew = ("new",) if _can_begin_anew(stage, can) else ()
    return (*verbs, *anew, *(name for name, stages in _OF_STAGES.items() if stage in stages))


def _can_begin_anew(stage: str, can: tuple[str, ...]) -> bool:
    """Is this number over, or as good as: may another be taken?"""
    return stage in OVER or (stage == "missed" and "rejoin" not in can) or "leave" in can
