"""Setting up second factors, first ones and further ones.

Owns what a session may do on the way: who has only a password may set up an account's first factor,
never a further one. Must not know pages.
"""

from __future__ import annotations

from starlette.requests import Request

from queue_server.people import SignedIn, Stage, apps, attempts, pins, recovery
from queue_server.web import trail
from queue_server.web.access import devices, sign_in
from queue_server.web.access.recent import is_recent
from queue_server.web.context import site_of
from queue_server.web.errors import Problem, granted


async def may_go_on(request: Request, signed_in: SignedIn) -> bool:
    """May this session set factors up? A first one with the password alone; what follows only by
    whoever proved themselves, or set the first one up, minutes ago.
    """
    site = site_of(request)
    if is_recent(request, site, signed_in):
        return True
    if signed_in.session.stage is Stage.FULL:
        return False
    factors = await site.people.factors(signed_in.account.id)
    return not (factors.any or factors.pin)


async def add_app(request: Request, signed_in: SignedIn, secret: str, code: str) -> None:
    """Raises `Problem` 401 `wrong_code`, 429 `too_many_attempts`."""
    site, account = site_of(request), signed_in.account

    async def fits() -> bool:
        return await apps.confirm(site, account, secret, code)

    if not granted(await attempts.guess(site.access, "enrol", signed_in.session.id, fits)):
        raise Problem(401, "wrong_code")
    await added(request, signed_in, "totp")


async def add_pin(request: Request, signed_in: SignedIn, pin: str) -> None:
    """Anybody's who is signed in; a guard's on their tablet is a factor too.

    Raises `Problem` 403 `not_allowed`, 422 `bad_pin`, `common_pin`.
    """
    site, account = site_of(request), signed_in.account
    is_factor = await pin_is_factor(request, signed_in)
    if signed_in.session.stage is not Stage.FULL and not is_factor:
        raise Problem(403, "not_allowed")
    granted(await pins.save(site, account, pin))
    await added(request, signed_in, "pin")


async def pin_is_factor(request: Request, signed_in: SignedIn) -> bool:
    """Would a PIN be this account's second factor at this machine?"""
    return pins.is_factor(signed_in.account, signed_in.session, await devices.tablet(request))


async def added(request: Request, signed_in: SignedIn, what: str) -> None:
    """A factor more. After the first one whoever else only knew the password begins again."""
    site = site_of(request)
    if signed_in.session.stage is not Stage.FULL:
        await site.people.end_sessions(signed_in.account.id, signed_in.session.id)
        site.sign_ins.forget()
    await trail.record(site, signed_in.account, "factor_added", about=what)


async def new_codes(request: Request, signed_in: SignedIn) -> list[str]:
    """Recovery codes, for whoever has a factor. Raises `Problem` 403 `not_allowed`."""
    site, account = site_of(request), signed_in.account
    if not (await site.people.factors(account.id)).any:
        raise Problem(403, "not_allowed")
    codes = await recovery.renew(site, account)
    await trail.record(site, account, "factor_added", about="recovery")
    return codes


async def finish(request: Request, signed_in: SignedIn) -> tuple[str, SignedIn]:
    """Signed in: the full session's token. Raises `Problem` 403 `not_allowed` without a factor."""
    factors = await site_of(request).people.factors(signed_in.account.id)
    if not factors.any and not (factors.pin and await pin_is_factor(request, signed_in)):
        raise Problem(403, "not_allowed")
    return await sign_in.proven(request, signed_in, "enrolled")
