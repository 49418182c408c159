"""Authenticator apps: offering a secret, confirming it, and checking a code (RFC 6238).

A secret on offer is kept by the browser alone, sealed for its session, until a right code confirms
it: an app that works is never replaced by one that was not tried. Must not know pages.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server.people import Account, SignedIn, Totp
from queue_server.web import cookies
from queue_server.web.context import Site

STEP_S: Final = 30
_DIGITS: Final = 6
_SEPARATOR: Final = "\x1f"
# Clocks differ, and people type slowly: the step before and the one after are taken too.
_AROUND: Final = (0, -1, 1)


def offered(request: Request, site: Site, signed_in: SignedIn) -> str | None:
    """The secret this browser was offered; None when there is none, or it is another session's."""
    secret, _, mac = (cookies.read(request, cookies.ENROL) or "").partition(".")
    expected = _mac(site, signed_in, secret)
    return secret if secret and hmac.compare_digest(mac.encode(), expected.encode()) else None


def new_secret() -> str:
    """160 bits, in base32."""
    import pyotp

    return str(pyotp.random_base32())


def keep_offer(
    request: Request, response: Response, site: Site, signed_in: SignedIn, secret: str
) -> None:
    """The next page of this session offers the same secret."""
    sealed = f"{secret}.{_mac(site, signed_in, secret)}"
    cookies.keep(request, response, cookies.ENROL, sealed, site.settings.enrol_s)


def address(secret: str, account: Account, issuer: str) -> str:
    """What the QR says to the app."""
    import pyotp

    return str(pyotp.TOTP(secret).provisioning_uri(name=account.username, issuer_name=issuer))


async def confirm(site: Site, account: Account, secret: str, code: str) -> bool:
    """From now on this app is the account's, if the code is its own."""
    now, step = site.now(), _step_of(site, secret, code)
    if step is None:
        return False
    await site.people.save_totp(Totp(account.id, secret, now))
    return await site.people.use_totp_step(account.id, step, now)


async def check(site: Site, account: Account, code: str) -> bool:
    """Is it a code of the account's app, of now, and not used before?"""
    kept = await site.people.totp(account.id)
    if kept is None or kept.confirmed_at is None:
        return False
    step = _step_of(site, kept.secret, code)
    return step is not None and await site.people.use_totp_step(account.id, step, site.now())


def code_now(kept: Totp, now_s: float) -> str | None:
    """A code that would be taken now: of this step, or of the next where it was used already."""
    import pyotp

    now = int(now_s) // STEP_S
    step = next((one for one in (now, now + 1) if one > kept.last_step), None)
    return None if step is None else str(pyotp.TOTP(kept.secret).generate_otp(step))


def _step_of(site: Site, secret: str, code: str) -> int | None:
    """The step whose code this is. All are compared, each in constant time."""
    import pyotp

    digits = "".join(code.split())
    if len(digits) != _DIGITS or not digits.isascii():
        return None
    totp, now = pyotp.TOTP(secret), int(site.now().timestamp()) // STEP_S
    fits = [step for step in (now + by for by in _AROUND) if _is(totp.generate_otp(step), digits)]
    return fits[0] if fits else None


def _is(code: str, typed: str) -> bool:
    return hmac.compare_digest(code.encode(), typed.encode())


def _mac(site: Site, signed_in: SignedIn, secret: str) -> str:
    named = _SEPARATOR.join(("enrol", signed_in.session.id, signed_in.account.id, secret))
    mac = hmac.digest(site.keys.cookie, named.encode(), "sha256")
    return urlsafe_b64encode(mac).decode().rstrip("=")
