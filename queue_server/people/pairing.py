"""Pairing a screen by a short code: the screen shows it, somebody signed in types it.

The screen holds a secret, and the code follows from it, so that nothing but hashes is kept. Owns
a code's lifetime, how many there may be, and who may try how often.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from queue_server.people import CodeTaken, Failures, Pairing, Role, Spent, Token
from queue_server.people.access import Access
from queue_server.people.callers import Caller
from queue_server.people.devices import KINDS, names
from queue_server.people.keys import Keys, new_token, token_hash
from queue_server.people.no import No
from queue_server.people.screen_codes import code_of, read_code, written
from queue_server.people.text import clean

_BROWSER_LETTERS_MAX: Final = 160
# Two screens drawing the same of 38 bits is rare; so often in a row it is no accident.
_DRAWS_MAX: Final = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """A screen without rights, as it asks for a code."""

    role: Role
    branch: str
    browser: str
    """What its browser calls itself."""
    network: str
    """Where it asks from."""


@dataclass(frozen=True, slots=True)
class PairingShown:
    """What a waiting screen shows."""

    code: str
    """As people read it: `7KQ4-M2HX`."""
    pairing: Pairing


# The screen's side


async def shown(access: Access, secret: str, role: Role, branch: str) -> PairingShown | None:
    """The code of the screen with this secret; None when it has none (any more)."""
    pairing = await access.people.pairing(token_hash(secret), access.now())
    if pairing is None or (pairing.role, pairing.branch) != (role, branch):
        return None
    return PairingShown(written(code_of(secret)), pairing)


async def begin(access: Access, keys: Keys, waiting: Waiting) -> str | No:
    """The secret of a new code. Where there are too many already, the oldest that nobody approved
    makes room: of its own network first, then of the network that has most. `No`: `unavailable`.
    """
    now, limits = access.now(), access.settings
    for _ in range(_DRAWS_MAX):
        secret = new_token()
        pairing = Pairing(
            id=secrets.token_hex(8),
            secret_hash=token_hash(secret),
            code_hash=keys.screen_code(code_of(secret)),
            role=waiting.role,
            branch=waiting.branch,
            browser=clean(waiting.browser)[:_BROWSER_LETTERS_MAX],
            created_at=now,
            expires_at=now + timedelta(seconds=limits.pairing_valid_s),
            origin=keys.screen_origin(waiting.network),
        )
        try:
            await access.people.add_pairing(
                pairing, limits.pairings_per_address_max, limits.pairings_per_branch_max
            )
        except CodeTaken:
            continue
        return secret
    return No("unavailable", retry_after_s=1)


async def exchange(access: Access, secret: str, role: Role, branch: str) -> str | None:
    """Once approved: the device's own secret. None when there is nothing to fetch.

    Cancelling may leave a device that nobody is: it stands in the list and can be revoked.
    """
    waiting = await shown(access, secret, role, branch)
    if waiting is None or not waiting.pairing.approved_by:
        return None
    device = new_token()
    token = Token(
        id=secrets.token_hex(8),
        token_hash=token_hash(device),
        role=role,
        branch=branch,
        counter=None,
        account=None,
        label=waiting.pairing.label,
        created_at=access.now(),
    )
    try:
        await access.people.exchange_pairing(waiting.pairing.secret_hash, token, access.now())
    except Spent:
        return None
    return device


# The side of whoever types the code


async def find(access: Access, keys: Keys, caller: Caller, branch: str, typed: str) -> Pairing | No:
    """The screen that shows this code. A wrong one counts.

    `No`: `unknown_pairing`, `pairing_elsewhere`, `too_many_codes`.
    """
    code = read_code(typed)
    if code is None:
        # No code at all, so nobody guessed.
        return No("unknown_pairing")
    no = await _take_try(access, caller, branch)
    if no is not None:
        return no
    pairing = await access.people.pairing_by_code(keys.screen_code(code), access.now())
    if pairing is not None and pairing.branch == branch:
        await access.people.forget_failures(_tries_of(caller))
        return pairing
    await access.people.sign_in_failed(_tries_at(branch), access.now())
    wrong = "unknown_pairing" if pairing is None else "pairing_elsewhere"
    await access.trail(caller, "device_code_wrong", branch=branch, outcome=wrong)
    return No(wrong)


async def approve(
    access: Access,
    keys: Keys,
    caller: Caller,
    branch: str,
    typed: str,
    role: Role,
    label: str,
    place: str,
) -> str | No:
    """The screen becomes a device of the branch, and fetches its token by itself; its name.

    `No` as of `find`, also when another was faster or its kind is not the one looked at.
    """
    pairing = await find(access, keys, caller, branch, typed)
    if isinstance(pairing, No):
        return pairing
    if pairing.role is not role:
        return No("unknown_pairing")
    label, place = names(role, label, place)
    try:
        await access.people.approve_pairing(pairing.id, label, place, caller.by, access.now())
    except Spent:
        return No("unknown_pairing")
    await access.trail(caller, "device_paired", branch=branch, about=f"{KINDS[role]} {label}")
    return label


async def _take_try(access: Access, caller: Caller, branch: str) -> No | None:
    """Counts before looking, so that many at once are not more than one after another."""
    limits, now = access.settings, access.now()
    there = await _still_counting(access, _tries_at(branch), now)
    no = _none_left(access, there, limits.pairing_branch_tries_max - 1, now)
    if no is not None:
        return no
    await _still_counting(access, _tries_of(caller), now)
    mine = await access.people.sign_in_failed(_tries_of(caller), now)
    return _none_left(access, mine, limits.pairing_tries_max, now)


async def _still_counting(access: Access, name: str, now: datetime) -> Failures:
    """The failures within the window; older ones are forgiven."""
    failures = await access.people.sign_in_failures(name)
    if failures.first_at is None or now < _ends(access, failures.first_at):
        return failures
    await access.people.forget_failures(name)
    return Failures()


def _none_left(access: Access, failures: Failures, count_max: int, now: datetime) -> No | None:
    if failures.count <= count_max or failures.first_at is None:
        return None
    left_s = max(1, int((_ends(access, failures.first_at) - now).total_seconds()))
    return No("too_many_codes", {"minutes": -(-left_s // 60)}, retry_after_s=left_s)


def _ends(access: Access, first_at: datetime) -> datetime:
    return first_at + timedelta(seconds=access.settings.pairing_tries_window_s)


def _tries_of(caller: Caller) -> str:
    return f"pairing:{caller.by}"


def _tries_at(branch: str) -> str:
    return f"pairing-at:{branch}"
