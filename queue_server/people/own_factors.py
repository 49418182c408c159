"""Changing one's password, taking ways in away, ending one's sessions.

Owns that the last second factor stays, and that each change is on the trail. Whether somebody may
change them just now is the caller's to ask. Must not know pages.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from queue_server.people import Account, Factors, Role, Spent, attempts
from queue_server.people.access import Access
from queue_server.people.choosing import chosen_password, normal
from queue_server.people.no import No
from queue_server.people.passwords import Passwords


async def confirm_password(
    access: Access, passwords: Passwords, account: Account, password: str, counted_as: str
) -> No | None:
    """Wrong ones count under that name. `No`: `wrong_password`, `too_many_attempts`."""
    typed = normal(password[: access.settings.password_letters_max])

    async def check() -> bool:
        return await passwords.fits(account.password_hash, typed)

    right = await attempts.guess(access, "password", counted_as, check)
    if isinstance(right, No):
        return right
    outcome = "done" if right else "wrong_password"
    await access.trail(account, "confirmed", about="password", outcome=outcome)
    return None if right else No("wrong_password")


async def change_password(
    access: Access, passwords: Passwords, account: Account, password: str, branch_name: str
) -> Account | No:
    """All sessions end. `No` of `choosing`; `sign_in_needed` when the account got another password
    meanwhile, or was disabled.
    """
    about = (account.username, account.display_name, branch_name)
    chosen = chosen_password(access.settings, password, about)
    if isinstance(chosen, No):
        return chosen
    hashed = await passwords.hash(chosen)
    try:
        changed = await access.people.set_password(account.id, account.password_hash, hashed)
    except Spent:
        return No("sign_in_needed")
    access.forget()
    await access.trail(account, "password_changed")
    return changed


async def remove_passkey(access: Access, account: Account, passkey_id: str) -> No | None:
    """`No`: `last_factor`, `not_found`."""

    async def remove() -> No | None:
        gone = await access.people.remove_passkey(account.id, passkey_id)
        return None if gone else No("not_found")

    return await _remove(access, account, "passkey", remove)


async def remove_app(access: Access, account: Account) -> No | None:
    """The authenticator app. `No`: `last_factor`."""

    async def remove() -> None:
        await access.people.remove_totp(account.id)

    return await _remove(access, account, "totp", remove)


async def remove_pin(access: Access, account: Account) -> No | None:
    """`No`: `last_factor` for a guard who has nothing else."""

    async def remove() -> None:
        await access.people.save_pin(account.id, None)

    return await _remove(access, account, "pin", remove)


async def _remove(
    access: Access, account: Account, what: str, remove: Callable[[], Awaitable[No | None]]
) -> No | None:
    """One at a time: two removals at once must not take the last two."""
    async with access.lanes.of(f"factors:{account.id}"):
        if not _suffices(account, await access.people.factors(account.id), without=what):
            return No("last_factor")
        no = await remove()
    if no is None:
        await access.trail(account, "factor_removed", about=what)
    return no


def _suffices(account: Account, factors: Factors, without: str) -> bool:
    """Is there a second factor left? A guard's PIN is one, on their tablet."""
    left = Factors(
        totp=factors.totp and without != "totp",
        passkeys=factors.passkeys - (without == "passkey"),
        pin=factors.pin and without != "pin",
    )
    return left.any or (account.role is Role.GUARD and left.pin)


async def end_session(access: Access, account: Account, session_id: str) -> No | None:
    """One of the account's own. `No`: `not_found` for any other."""
    people = access.people
    if all(one.id != session_id for one in await people.sessions(account.id, access.now())):
        return No("not_found")
    await people.end_session(session_id)
    access.forget()
    await access.trail(account, "session_ended", about=account.username)
    return None


async def end_others(access: Access, account: Account, session_id: str) -> None:
    """All but this one."""
    await access.people.end_sessions(account.id, except_id=session_id)
    access.forget()
    await access.trail(account, "session_ended", about=account.username)
