"""Pairing a screen by a short code: the screen shows it, somebody signed in types it.

The screen holds a secret, and the code follows from it, so that nothing but hashes is kept. Owns
the code's letters, its lifetime and who may try how often. Must not know pages.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

import structlog
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from queue_server.people import CodeTaken, Failures, Pairing, Spent, Token
from queue_server.people.callers import Caller
from queue_server.people.devices import names
from queue_server.people.keys import new_token, token_hash
from queue_server.people.text import clean
from queue_server.serving.networks import network_of
from queue_server.web import cookies, trail
from queue_server.web.access.devices import Kind, keep_token
from queue_server.web.context import Site, site_of, spend
from queue_server.web.errors import Problem

_log = structlog.get_logger("web")
# Without look-alikes: of 0 O, 1 I L, 2 Z, 5 S, 8 B at most one each is left. 28^8 is 38 bits.
LETTERS: Final = "23456789ACDEFGHJKMNPQRTUVWXY"
CODE_LETTERS: Final = 8
_MISREAD: Final = str.maketrans({"Z": "2", "S": "5", "B": "8"})
_BROWSER_LETTERS_MAX: Final = 160
# Two screens drawing the same of 38 bits is rare; so often in a row it is no accident.
_DRAWS_MAX: Final = 5


@dataclass(frozen=True, slots=True)
class PairingShown:
    """What a waiting screen shows."""

    code: str
    """As people read it: `7KQ4-M2HX`."""
    pairing: Pairing


# The screen's side


async def shown(connection: HTTPConnection, kind: Kind, branch: str) -> PairingShown | None:
    """The code this browser waits with; None when it has none (any more)."""
    secret = cookies.read(connection, kind.pairing)
    if secret is None:
        return None
    site = site_of(connection)
    pairing = await site.people.pairing(token_hash(secret), site.now())
    if pairing is None or (pairing.role, pairing.branch) != (kind.role, branch):
        return None
    code = _code_of(secret)
    return PairingShown(f"{code[:4]}-{code[4:]}", pairing)


async def begin(request: Request, response: Response, kind: Kind, branch: str) -> None:
    """A new code for this browser; an older one of it ends. Raises `Problem` 429."""
    site = site_of(request)
    address = network_of(request.scope)
    settings = site.settings
    window_s = settings.pairing_valid_s
    # The address first: whoever is turned away there takes nothing from the branch.
    spend(site, f"pair:{address}", settings.pairings_per_address_max, window_s)
    spend(site, f"pair-at:{branch}", settings.pairings_per_branch_max, window_s)
    before = await shown(request, kind, branch)
    if before is not None:
        await site.people.end_pairing(before.pairing.id)
    browser = clean(request.headers.get("user-agent", ""))[:_BROWSER_LETTERS_MAX]
    secret = await _drawn(site, kind, branch, browser)
    cookies.keep(request, response, kind.pairing, secret, settings.pairing_valid_s)


async def _drawn(site: Site, kind: Kind, branch: str, browser: str) -> str:
    now = site.now()
    for _ in range(_DRAWS_MAX):
        secret = new_token()
        pairing = Pairing(
            id=secrets.token_hex(8),
            secret_hash=token_hash(secret),
            code_hash=_code_hash(site, _code_of(secret)),
            role=kind.role,
            branch=branch,
            browser=browser,
            created_at=now,
            expires_at=now + timedelta(seconds=site.settings.pairing_valid_s),
        )
        try:
            await site.people.add_pairing(pairing)
        except CodeTaken:
            continue
        return secret
    raise Problem(503, "unavailable", retry_after_s=site.settings.unavailable_retry_after_s)


async def exchange(request: Request, response: Response, kind: Kind, branch: str) -> bool:
    """Once approved: this browser becomes the device. False when there is nothing to fetch.

    Cancelling may leave a device that nobody is: it stands in the list and can be revoked.
    """
    waiting = await shown(request, kind, branch)
    if waiting is None or not waiting.pairing.approved_by:
        return False
    site = site_of(request)
    secret = new_token()
    token = Token(
        id=secrets.token_hex(8),
        token_hash=token_hash(secret),
        role=kind.role,
        branch=branch,
        counter=None,
        account=None,
        label=waiting.pairing.label,
        created_at=site.now(),
    )
    try:
        await site.people.exchange_pairing(waiting.pairing.secret_hash, token, site.now())
    except Spent:
        return False
    keep_token(request, response, kind, secret)
    cookies.drop(request, response, kind.pairing)
    _log.info("device_paired", device=token.id, kind=kind.name, branch=branch)
    return True


# The side of whoever types the code


async def find(site: Site, caller: Caller, branch: str, typed: str) -> Pairing:
    """The screen that shows this code. A wrong one counts.

    Raises `Problem` 404 `unknown_pairing`, 409 `pairing_elsewhere`, 429 `too_many_codes`.
    """
    code = read_code(typed)
    if code is None:
        # No code at all, so nobody guessed.
        raise Problem(404, "unknown_pairing")
    await _take_try(site, caller, branch)
    pairing = await site.people.pairing_by_code(_code_hash(site, code), site.now())
    if pairing is not None and pairing.branch == branch:
        await site.people.forget_failures(_tries_of(caller))
        return pairing
    await site.people.sign_in_failed(_tries_at(branch), site.now())
    wrong = "unknown_pairing" if pairing is None else "pairing_elsewhere"
    await trail.record(site, caller, "device_code_wrong", branch=branch, outcome=wrong)
    raise Problem(404 if pairing is None else 409, wrong)


async def approve(
    site: Site, caller: Caller, branch: str, typed: str, kind: Kind, label: str, place: str
) -> str:
    """The screen becomes a device of the branch, and fetches its token by itself; its name.

    Raises `Problem` as `find`, also when another was faster or its kind is not the one looked at.
    """
    pairing = await find(site, caller, branch, typed)
    if pairing.role is not kind.role:
        raise Problem(404, "unknown_pairing")
    label, place = names(kind.role, label, place)
    try:
        await site.people.approve_pairing(pairing.id, label, place, caller.by, site.now())
    except Spent:
        raise Problem(404, "unknown_pairing") from None
    about = f"{kind.name} {label}"
    await trail.record(site, caller, "device_paired", branch=branch, about=about)
    return label


def read_code(typed: str) -> str | None:
    """A code as typed, with or without dash, in any case; None when it can be none."""
    code = re.sub(r"[\s\-–—.]", "", typed).upper().translate(_MISREAD)
    fits = len(code) == CODE_LETTERS and all(letter in LETTERS for letter in code)
    return code if fits else None


async def _take_try(site: Site, caller: Caller, branch: str) -> None:
    """Counts before looking, so that many at once are not more than one after another."""
    settings, now = site.settings, site.now()
    there = await _still_counting(site, _tries_at(branch), now)
    _need_left(site, there, settings.pairing_branch_tries_max - 1, now)
    await _still_counting(site, _tries_of(caller), now)
    mine = await site.people.sign_in_failed(_tries_of(caller), now)
    _need_left(site, mine, settings.pairing_tries_max, now)


async def _still_counting(site: Site, name: str, now: datetime) -> Failures:
    """The failures within the window; older ones are forgiven."""
    failures = await site.people.sign_in_failures(name)
    if failures.first_at is None or now < _ends(site, failures.first_at):
        return failures
    await site.people.forget_failures(name)
    return Failures()


def _need_left(site: Site, failures: Failures, count_max: int, now: datetime) -> None:
    if failures.count <= count_max or failures.first_at is None:
        return
    left_s = max(1, int((_ends(site, failures.first_at) - now).total_seconds()))
    raise Problem(429, "too_many_codes", retry_after_s=left_s, minutes=-(-left_s // 60))


def _ends(site: Site, first_at: datetime) -> datetime:
    return first_at + timedelta(seconds=site.settings.pairing_tries_window_s)


def _tries_of(caller: Caller) -> str:
    return f"pairing:{caller.by}"


def _tries_at(branch: str) -> str:
    return f"pairing-at:{branch}"


# The code


def _code_of(secret: str) -> str:
    number = int.from_bytes(sha256(f"pairing code of {secret}".encode()).digest())
    letters = []
    for _ in range(CODE_LETTERS):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


def _code_hash(site: Site, code: str) -> str:
    """Keyed, and worth something for ten minutes: not to be read off a copy made earlier."""
    return hmac.digest(site.keys.pepper, f"pairing\x1f{code}".encode(), "sha256").hex()
