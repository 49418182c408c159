"""The second step of signing in, and unlocking: by what somebody may prove themselves here, whether
it is right, and what follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from queue_server.people import Account, SignedIn, Stage, Token, apps, attempts, pins, recovery
from queue_server.people.access import Access
from queue_server.people.attempts import Kind
from queue_server.people.no import No
from queue_server.people.proving import Proving
from queue_server.people.sessions import end, make_full

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


async def ways(access: Access, signed_in: SignedIn, tablet: Token | None) -> Ways:
    """What the second factor may be here; for a locked session: what unlocks it."""
    account = signed_in.account
    factors = await access.people.factors(account.id)
    if signed_in.session.stage is Stage.LOCKED:
        return Ways(factors.totp, factors.passkeys > 0, False, factors.pin)
    pin = factors.pin and pins.is_factor(account, signed_in.session, tablet)
    return Ways(factors.totp, factors.passkeys > 0, factors.recovery_codes > 0, pin)


async def with_second(
    here: Proving, signed_in: SignedIn, tablet: Token | None, kind: Kind, typed: str
) -> No | None:
    """Is it right? `No`: `wrong_<kind>`, `too_many_attempts`.

    Wrong ones count for the account: a stolen password buys no endless guesses.
    """
    access, account = here.access, signed_in.account
    may = await ways(access, signed_in, tablet)
    allowed = {"code": may.code, "recovery": may.recovery, "pin": may.pin}

    async def fits() -> bool:
        if not allowed.get(kind, False):
            return False
        if kind == "code":
            return await apps.check(here, account, typed)
        if kind == "recovery":
            return await recovery.check(here, account, typed)
        return await pins.check(here, account, typed)

    right = await attempts.guess(access, kind, account.id, fits)
    if isinstance(right, No):
        return right
    if not right:
        await tell_wrong(access, account, "second_factor_failed", kind)
        return No(f"wrong_{kind}")
    if kind == "recovery":
        left = (await access.people.factors(account.id)).recovery_codes
        await access.trail(account, "recovery_used", about=str(left))
    return None


async def tell_wrong(access: Access, account: Account, what: str, kind: Kind) -> None:
    """A wrong try stands in the trail."""
    await access.trail(account, what, about=kind, outcome=f"wrong_{kind}")


async def proven(access: Access, signed_in: SignedIn, by: str) -> tuple[str, SignedIn] | No:
    """The second factor (or what unlocks) was right: the full session's token.

    `by` names it for the trail: `totp`, `passkey`, `recovery`, `pin`, `enrolled`. `No`:
    `sign_in_needed` when the session is over meanwhile.
    """
    was_locked = signed_in.session.stage is Stage.LOCKED
    full = await make_full(access, signed_in)
    if not isinstance(full, No):
        await access.trail(full[1].account, "unlocked" if was_locked else "sign_in", about=by)
    return full


async def unlock_failed(access: Access, signed_in: SignedIn) -> bool:
    """Counts a wrong try at a lock; a few end the session: true when this one did."""
    name = f"unlock:{signed_in.session.id}"
    if (await access.people.sign_in_failed(name, access.now())).count < UNLOCKS_MAX:
        return False
    await access.people.forget_failures(name)
    await end(access, signed_in, "session_ended")
    return True
