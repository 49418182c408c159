"""Who somebody is, once for the whole house."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """As whom somebody asks. One browser may be several of them; one request is one."""

    ANONYMOUS = "anonymous"
    PARTICIPANT = "participant"
    """A ticket's secret is all they have: no account."""
    DISPLAY = "display"
    KIOSK = "kiosk"
    TABLET = "tablet"
    """A guard's shared tablet: it may do nothing by itself, and is half of a second factor."""
    OFFICER = "officer"
    GUARD = "guard"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    AUDITOR = "auditor"


DEVICE_ROLES: Final = frozenset({Role.DISPLAY, Role.KIOSK, Role.TABLET})
