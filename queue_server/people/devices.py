"""Paired devices: becoming one by a one-use key, naming, revoking. By a code: `pairing`."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from queue_server.people import DEVICE_ROLES, DeviceKey, Role, Spent, Token
from queue_server.people.access import Access
from queue_server.people.keys import new_token, token_hash
from queue_server.people.no import No
from queue_server.people.policy import Asker
from queue_server.people.text import clean_line

KINDS: Final = {Role.DISPLAY: "board", Role.KIOSK: "kiosk", Role.TABLET: "tablet"}
"""What people call a device of this role; its page is `/<kind>/<branch>`."""
_WITH_KEYS: Final = (Role.DISPLAY, Role.KIOSK)
LABEL_LETTERS_MAX: Final = 40
PLACE_LETTERS_MAX: Final = 80


async def devices(access: Access, branch: str | None = None) -> Sequence[Token]:
    """The branch's (None: all), as long as they count; oldest first."""
    return [one for one in await access.people.tokens() if _is_device(one, branch)]


async def rename(
    access: Access,
    who: Asker,
    branch: str | None,
    token_id: str,
    label: str,
    place: str | None = None,
) -> Token | No:
    """As it is now; `place` None leaves it where it stands: `unknown_device`."""
    token = await _device(access, branch, token_id)
    if isinstance(token, No):
        return token
    label, place = names(token.role, label, token.place if place is None else place)
    await access.people.rename_token(token.id, label, place)
    about = f"{token.id} {label}"
    await access.trail(who, "device_renamed", branch=token.branch, about=about)
    return replace(token, label=label, place=place)


async def revoke(access: Access, who: Asker, branch: str | None, token_id: str) -> Token | No:
    """It counts no more at once, nor do sessions begun on it (a PIN counts on a paired tablet
    alone); an open screen hears of it within seconds: `unknown_device`.
    """
    token = await _device(access, branch, token_id)
    if isinstance(token, No):
        return token
    await access.people.revoke_token(token.id, access.now())
    access.forget()
    about = f"{token.id} {token.label}"
    await access.trail(who, "device_revoked", branch=token.branch, about=about)
    return token


async def make_key(
    access: Access, who: Asker, role: Role, branch: str, label: str
) -> tuple[str, DeviceKey] | No:
    """A one-use key for a board's or kiosk's address, and what is kept of it: `no_key_for`."""
    if role not in _WITH_KEYS:
        return No("no_key_for", {"role": role.value})
    secret, now = new_token(), access.now()
    label, _ = names(role, label, "")
    expires = now + timedelta(seconds=access.settings.device_key_valid_s)
    key = DeviceKey(token_hash(secret), role, branch, label, now, expires)
    await access.people.add_device_key(key)
    await access.trail(who, "device_key_made", branch=branch, about=f"{role.value} {label}")
    return secret, key


async def use_key(access: Access, key: str, branch: str, role: Role) -> str | No:
    """The secret of the device this key makes: `key_spent` for an unknown, used or expired one,
    `not_allowed` for another's.
    """
    secret = new_token()
    try:
        paired = await access.people.exchange_device_key(
            token_hash(key), secrets.token_hex(8), token_hash(secret), access.now()
        )
    except Spent:
        return No("key_spent")
    if paired.branch != branch or paired.role is not role:
        return No("not_allowed")
    about = f"{KINDS[role]} {paired.label}"
    await access.trail(None, "device_paired", branch=branch, about=about)
    return secret


def names(role: Role, label: str, place: str) -> tuple[str, str]:
    """As they are kept: one line each, never without a name."""
    label = clean_line(label)[:LABEL_LETTERS_MAX]
    return label or KINDS[role], clean_line(place)[:PLACE_LETTERS_MAX]


async def _device(access: Access, branch: str | None, token_id: str) -> Token | No:
    found = (one for one in await devices(access, branch) if one.id == token_id)
    return next(found, No("unknown_device", {"device": token_id}))


def _is_device(token: Token, branch: str | None) -> bool:
    return (
        branch in (None, token.branch)
        and token.account is None
        and token.role in DEVICE_ROLES
        and token.revoked_at is None
    )
