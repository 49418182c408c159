"""Setting up second factors, first ones and further ones.

Owns what a session may do on the way: who has only a password may set up an account's first factor,
never a further one.
"""

from __future__ import annotations

from queue_server.people import SignedIn, Stage, Token, apps, attempts, pins, recovery
from queue_server.people.access import Access
from queue_server.people.no import No
from queue_server.people.proving import Proving
from queue_server.people.second_step import proven


async def may_go_on(access: Access, signed_in: SignedIn, *, is_recent: bool) -> bool:
    """May this session set factors up? A first one with the password alone; what follows only by
    whoever proved themselves, or set the first one up, minutes ago.
    """
    if is_recent:
        return True
    if signed_in.session.stage is Stage.FULL:
        return False
    factors = await access.people.factors(signed_in.account.id)
    return not (factors.any or factors.pin)


async def add_app(here: Proving, signed_in: SignedIn, secret: str, code: str) -> No | None:
    """`No`: `wrong_code`, `too_many_attempts`."""

    async def fits() -> bool:
        return await apps.confirm(here, signed_in.account, secret, code)

    right = await attempts.guess(here.access, "enrol", signed_in.session.id, fits)
    if isinstance(right, No):
        return right
    if not right:
        return No("wrong_code")
    await added(here.access, signed_in, "totp")
    return None


async def add_pin(here: Proving, signed_in: SignedIn, tablet: Token | None, pin: str) -> No | None:
    """Anybody's who is signed in; a guard's on their tablet is a factor too.

    `No`: `not_allowed`, `bad_pin`, `common_pin`.
    """
    account = signed_in.account
    is_factor = pins.is_factor(account, signed_in.session, tablet)
    if signed_in.session.stage is not Stage.FULL and not is_factor:
        return No("not_allowed")
    no = await pins.save(here, account, pin)
    if no is None:
        await added(here.access, signed_in, "pin")
    return no


async def added(access: Access, signed_in: SignedIn, what: str) -> None:
    """A factor more. After the first one whoever else only knew the password begins again."""
    if signed_in.session.stage is not Stage.FULL:
        await access.people.end_sessions(signed_in.account.id, signed_in.session.id)
        access.forget()
    await access.trail(signed_in.account, "factor_added", about=what)


async def new_codes(here: Proving, signed_in: SignedIn) -> list[str] | No:
    """Recovery codes, for whoever has a factor. `No`: `not_allowed`."""
    account = signed_in.account
    if not (await here.people.factors(account.id)).any:
        return No("not_allowed")
    codes = await recovery.renew(here, account)
    await here.access.trail(account, "factor_added", about="recovery")
    return codes


async def finish(
    here: Proving, signed_in: SignedIn, tablet: Token | None
) -> tuple[str, SignedIn] | No:
    """Signed in: the full session's token. `No`: `not_allowed` without a factor."""
    factors = await here.people.factors(signed_in.account.id)
    pin_counts = factors.pin and pins.is_factor(signed_in.account, signed_in.session, tablet)
    if not factors.any and not pin_counts:
        return No("not_allowed")
    return await proven(here.access, signed_in, "enrolled")
