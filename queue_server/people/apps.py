"""Authenticator apps: a new secret, confirming it, and checking a code (RFC 6238).

Must not know how a secret is offered, nor pages.
"""

from __future__ import annotations

import hmac
from typing import Final

from queue_server.people import Account, Totp
from queue_server.people.proving import Proving

STEP_S: Final = 30
_DIGITS: Final = 6
# Clocks differ, and people type slowly: the step before and the one after are taken too.
_AROUND: Final = (0, -1, 1)


def new_secret() -> str:
    """160 bits, in base32."""
    import pyotp

    return str(pyotp.random_base32())


def address(secret: str, account: Account, issuer: str) -> str:
    """What the QR says to the app."""
    import pyotp

    return str(pyotp.TOTP(secret).provisioning_uri(name=account.username, issuer_name=issuer))


async def confirm(here: Proving, account: Account, secret: str, code: str) -> bool:
    """From now on this app is the account's, if the code is its own."""
    now, step = here.now(), _step_of(here, secret, code)
    if step is None:
        return False
    await here.people.save_totp(Totp(account.id, secret, now))
    return await here.people.use_totp_step(account.id, step, now)


async def check(here: Proving, account: Account, code: str) -> bool:
    """Is it a code of the account's app, of now, and not used before?"""
    kept = await here.people.totp(account.id)
    if kept is None or kept.confirmed_at is None:
        return False
    step = _step_of(here, kept.secret, code)
    return step is not None and await here.people.use_totp_step(account.id, step, here.now())


def code_now(kept: Totp, now_s: float) -> str | None:
    """A code that would be taken now: of this step, or of the next where it was used already."""
    import pyotp

    now = int(now_s) // STEP_S
    step = next((one for one in (now, now + 1) if one > kept.last_step), None)
    return None if step is None else str(pyotp.TOTP(kept.secret).generate_otp(step))


def _step_of(here: Proving, secret: str, code: str) -> int | None:
    """The step whose code this is. All are compared, each in constant time."""
    import pyotp

    digits = "".join(code.split())
    if len(digits) != _DIGITS or not digits.isascii():
        return None
    totp, now = pyotp.TOTP(secret), int(here.now().timestamp()) // STEP_S
    fits = [step for step in (now + by for by in _AROUND) if _is(totp.generate_otp(step), digits)]
    return fits[0] if fits else None


def _is(code: str, typed: str) -> bool:
    return hmac.compare_digest(code.encode(), typed.encode())
