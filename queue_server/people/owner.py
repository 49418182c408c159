"""Whoever has a shell on the server: looks after everything, and has no name here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from queue_server.people import Role


@dataclass(frozen=True, slots=True)
class Owner:
    """An administrator of every branch, as rights go; on the trail `lapak`, in no role."""

    by: str = "lapak"
    role: Role = Role.ADMIN
    branch: None = None
    account: None = None
    ticket_branch: None = None


OWNER: Final = Owner()
