"""The office's part about paired devices: list, name, revoke. Never about other tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from queue_server.manage.questions import NameDevice, RevokeDevice, Sorry
from queue_server.people import DEVICE_ROLES, People, Role, Token

KINDS = {Role.DISPLAY: "board", Role.KIOSK: "kiosk", Role.TABLET: "tablet"}


async def list_devices(people: People) -> dict[str, Any]:
    """All of all branches that still count."""
    return {"devices": [_shown(each) for each in await _devices(people)]}


async def name_device(people: People, asked: NameDevice) -> dict[str, Any]:
    """Raises `Sorry`."""
    found = await _found(people, asked.device)
    place = found.place if asked.place is None else asked.place
    await people.rename_token(found.id, asked.label, place)
    return {"branch": found.branch}


async def revoke_device(people: People, asked: RevokeDevice, now: datetime) -> dict[str, Any]:
    """Raises `Sorry`."""
    found = await _found(people, asked.device)
    await people.revoke_token(found.id, now)
    return {"branch": found.branch, "label": found.label}


async def _devices(people: People) -> list[Token]:
    tokens = await people.tokens()
    return [
        each
        for each in tokens
        if each.account is None and each.role in DEVICE_ROLES and each.revoked_at is None
    ]


async def _found(people: People, device: str) -> Token:
    for each in await _devices(people):
        if each.id == device:
            return each
    raise Sorry(f'There is no device "{device}". lapak device list shows all of them.')


def _shown(token: Token) -> dict[str, Any]:
    return {
        "id": token.id,
        "kind": KINDS[token.role],
        "branch": token.branch,
        "name": token.label,
        "place": token.place,
        "paired": token.created_at,
        "seen": token.seen_at,
    }
