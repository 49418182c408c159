"""Everybody who may come to a door, and what each door answers.

The table is read from the page people read, `docs/policy.md`, and judged here anew: this module
must not ask `queue_server.web.policy` what it thinks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.structure.tables import table_of
from tests.web.harness import BRANCH

ELSEWHERE: Final = "tarakan"
PAGE: Final = Path(__file__).parents[2] / "docs" / "policy.md"

STAFF: Final = ("officer", "guard", "supervisor", "admin", "auditor")
OF_ALL: Final = ("admin", "auditor")
OF_WHOLE_HOUSE: Final = "everyone_page"
DEVICES: Final = ("display", "kiosk", "tablet")


@dataclass(frozen=True)
class Door:
    """One address of the table: how it is asked, and the action written beside it."""

    method: str
    path: str
    action: str

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")


def rights() -> dict[str, dict[str, str]]:
    """Action → role → reach, as the page says it."""
    head, *rows = _rows("policy")
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


def doors() -> list[Door]:
    """Every address the page names."""
    _, *rows = _rows("routes")
    return [_door(address, row[0]) for row in rows for address in re.findall(r"[^,]+", row[1])]


def _door(address: str, action: str) -> Door:
    method, _, path = address.strip().rpartition(" ")
    return Door(method or "SOCKET", path, action)


def steps() -> list[tuple[Door, dict[str, str]]]:
    """The steps of signing in: each address, and by stage what it answers."""
    head, *rows = _rows("steps")
    return [(_door(row[0], ""), dict(zip(head[1:], row[1:], strict=True))) for row in rows]


def _rows(name: str) -> list[list[str]]:
    lines = table_of(PAGE.read_text(encoding="utf-8"), name).splitlines()
    cells = [[cell.strip().replace("`", "") for cell in line.split("|")[1:-1]] for line in lines]
    return [row for row in cells if not row[0].startswith("---")]


@dataclass(frozen=True)
class Actor:
    """Somebody with something in the hand."""

    name: str
    role: str
    """The column of the table, while what they hold is good."""
    home: str | None
    cookies: Mapping[str, str] = field(default_factory=dict)
    bearer: str | None = None
    good: bool = True
    """False: revoked, disabled, over, locked, or not signed in to the end."""

    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            **({"Cookie": cookies} if cookies else {}),
            **({"Authorization": f"Bearer {self.bearer}"} if self.bearer else {}),
        }

    def seen_by(self, door: Door) -> str:
        """Which column counts at this door: a page knows one kind of cookie, the API all."""
        if not self.good:
            return "anonymous"
        if self.role == "tablet" and self.bearer is None and not door.path.startswith("/tablet/"):
            return "anonymous"  # its cookie is half of its guard's second factor, and no more
        if door.path.startswith("/api/v1/ticket/push") and self.bearer is None:
            # Asked by the page of a number, whoever else is signed in in its browser.
            return self.role if self.role == "participant" else "anonymous"
        if door.is_api or (door.method == "SOCKET" and self.bearer is not None):
            return self.role
        if self.bearer is not None:
            return "anonymous"
        return self.role if self.role in _looked_for(door.path) else "anonymous"


def _looked_for(path: str) -> tuple[str, ...]:
    """Whose cookies a page looks at, as the policy's page tells in words."""
    if path.startswith(("/b/", "/t/", "/ticket", "/ws/ticket")):
        return ("participant",)
    if path.startswith("/board/") or path.endswith("/board"):
        return ("display", *STAFF)
    if path.startswith("/tablet/"):
        return ("tablet",)
    if path.startswith("/kiosk/") or path.endswith("/kiosk"):
        return ("kiosk", *STAFF)
    return STAFF


def allowed(
    table: Mapping[str, Mapping[str, str]], actor: Actor, door: Door, action: str, branch: str
) -> bool:
    """The page's word, and what it says about its words."""
    column = actor.seen_by(door)
    names_branch = "{branch}" in door.path
    match table[action][column]:
        case "any":
            bound = column in OF_ALL and actor.home is not None
            if bound and action == OF_WHOLE_HOUSE:
                return False
            return not bound or not names_branch or branch == actor.home
        case "own" | "held":
            return not names_branch or branch == actor.home
        case "tkt":
            return not names_branch or branch == BRANCH
        case reach:
            assert reach in ("", "plan"), reach
            return False
