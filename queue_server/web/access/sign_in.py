"""Signing in, step by step: the password, then the second factor; and unlocking.

Owns the order of the steps and what each of them leads to. Must not know how a page asks for them.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import Response

from queue_server.people import Account, SignedIn, Stage, apps, attempts, pins, recovery
from queue_server.people.attempts import Kind
from queue_server.people.choosing import normal
from queue_server.people.keys import digest
from queue_server.people.no import No
from queue_server.serving.networks import network_of
from queue_server.web import trail
from queue_server.web.access import devices, known, sessions
from queue_server.web.access.recent import keep_recent
from queue_server.web.context import Site, site_of
from queue_server.web.errors import Problem, problem_of
from queue_server.web.respond import see_other

_log = structlog.get_logger("web")
_NAME_LETTERS_MAX: Final = 80
UNLOCKS_MAX: Final = 5


@dataclass(frozen=True, slots=True)
class Ways:
    """What somebody may prove themselves by at this machine, beside the password."""

    code: bool
    passkey: bool
    recovery: bool
    pin: bool

    @property
    def any(self) -> bool:
        return self.code or self.passkey or self.recovery or self.pin


async def with_password(request: Request, username: str, password: str) -> tuple[str, SignedIn]:
    """A session that awaits the second factor, or its setting up: its token.

    Raises `Problem` 401 `wrong_sign_in`, 429 `too_many_attempts`, `too_many_requests`.
    """
    site = site_of(request)
    username = username.strip()[:_NAME_LETTERS_MAX]
    account = await site.people.account_named(username)
    # Unknown names are counted too, under a hash: what people mistype may be a password.
    counted = known.counted_as(request, account) if account else _nobodys(username)
    too_long = len(password) > site.settings.password_letters_max
    kept = account.password_hash if account and not account.disabled else None

    is_stranger = account is None or counted == account.id

    async def fits() -> bool:
        typed = "" if too_long else normal(password)
        return await site.passwords.fits(kept, typed, by_stranger=is_stranger)

    with site.crowd.place(network_of(request.scope)) if is_stranger else nullcontext():
        right = await _guess(site, "password", counted, account, "sign_in_failed", fits)
    if not right:
        raise Problem(401, "wrong_sign_in")
    assert account is not None
    factors = await site.people.factors(account.id)
    stage = Stage.FACTOR if factors.any or factors.pin else Stage.ENROL
    token, signed_in = await sessions.begin(request, account, stage)
    _log.info("password_right", account=account.id, stage=stage.value)
    return token, signed_in


def _nobodys(username: str) -> str:
    """How a name nobody has is counted: by the letters it would be found by, as others are."""
    return digest("name", username.casefold())


async def ways(request: Request, signed_in: SignedIn) -> Ways:
    """What the second factor may be here; for a locked session: what unlocks it."""
    site, account = site_of(request), signed_in.account
    factors = await site.people.factors(account.id)
    if signed_in.session.stage is Stage.LOCKED:
        return Ways(factors.totp, factors.passkeys > 0, False, factors.pin)
    pin = factors.pin and pins.is_factor(account, signed_in.session, await devices.tablet(request))
    return Ways(factors.totp, factors.passkeys > 0, factors.recovery_codes > 0, pin)


async def with_second(request: Request, signed_in: SignedIn, kind: Kind, typed: str) -> None:
    """Is it right? Raises `Problem` 401 `wrong_<kind>`, 429 `too_many_attempts`.

    Wrong ones count for the account: a stolen password buys no endless guesses.
    """
    site, account = site_of(request), signed_in.account
    here = await ways(request, signed_in)
    allowed = {"code": here.code, "recovery": here.recovery, "pin": here.pin}

    async def fits() -> bool:
        if not allowed.get(kind, False):
            return False
        if kind == "code":
            return await apps.check(site, account, typed)
        if kind == "recovery":
            return await recovery.check(site, account, typed)
        return await pins.check(site, account, typed)

    if not await _guess(site, kind, account.id, account, "second_factor_failed", fits):
        raise Problem(401, f"wrong_{kind}")
    if kind == "recovery":
        left = (await site.people.factors(account.id)).recovery_codes
        await trail.record(site, account, "recovery_used", about=str(left))


async def proven(request: Request, signed_in: SignedIn, by: str) -> tuple[str, SignedIn]:
    """The second factor (or what unlocks) was right: the full session's token.

    `by` names it for the trail: `totp`, `passkey`, `recovery`, `pin`.
    """
    site = site_of(request)
    was_locked = signed_in.session.stage is Stage.LOCKED
    token, full = await sessions.make_full(site, signed_in)
    what = "unlocked" if was_locked else "sign_in"
    _log.info(what, account=full.account.id, by=by)
    await trail.record(site, full.account, what, about=by)
    return token, full


def enter(
    request: Request,
    token: str,
    signed_in: SignedIn,
    leads_to: str,
    *,
    strongly: bool = True,
    flash: str | None = None,
) -> Response:
    """Leads on with the new session; as `take`. The next page says `flash`."""
    response = see_other(request, sessions.way_on(signed_in, leads_to), flash)
    take(request, response, token, signed_in, strongly=strongly)
    return response


def take(
    request: Request, response: Response, token: str, signed_in: SignedIn, *, strongly: bool = True
) -> None:
    """This browser takes the session over. Whoever came to a full one `strongly` may change their
    own ways in for some minutes; a PIN that unlocked a screen is too easily overlooked for that.
    """
    sessions.keep(request, response, token)
    if signed_in.session.stage is Stage.FULL:
        known.keep(request, response, signed_in.account)
        if strongly:
            keep_recent(request, response, site_of(request), signed_in)


async def unlock_failed(site: Site, signed_in: SignedIn) -> bool:
    """Counts a wrong try at a lock; a few end the session: true when this one did."""
    name = f"unlock:{signed_in.session.id}"
    if (await site.people.sign_in_failed(name, site.now())).count < UNLOCKS_MAX:
        return False
    await site.people.forget_failures(name)
    await sessions.end(site, signed_in, "session_ended")
    return True


async def _guess(
    site: Site,
    kind: Kind,
    who: str,
    account: Account | None,
    what: str,
    fits: attempts.Check,
) -> bool:
    """As `attempts.guess`, and what was wrong stands in the trail."""
    right = await attempts.guess(site.access, kind, who, fits)
    if isinstance(right, No):
        if account is not None:
            _log.info(what, account=account.id, kind=kind, code=right.code)
        raise problem_of(right)
    if not right:
        _log.info(what, account=account.id if account else None, kind=kind)
        if account is not None:
            await trail.record(site, account, what, about=kind, outcome=f"wrong_{kind}")
        else:
            # Names nobody has stand in no trail: anybody could fill it with them. Something is
            # written all the same, or the answer would come sooner and say that nobody has it.
            await site.people.sign_in_failed("nobody", site.now())
    return right
