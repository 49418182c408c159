"""Changing one's password, taking ways in away, ending one's sessions.

Owns that the last second factor stays, and that each change is on the trail. Whether somebody may
change them just now is the caller's to ask (`access.recent`). Must not know pages.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from queue_server.people import Account, Factors, Role, Spent
from queue_server.people.choosing import chosen_password, normal
from queue_server.web import trail
from queue_server.web.access import attempts
from queue_server.web.context import Site
from queue_server.web.errors import Problem, granted


async def need_password(site: Site, account: Account, password: str, counted_as: str) -> None:
    """Wrong ones count under that name. Raises `Problem` 401 `wrong_password`, 429
    `too_many_attempts`.
    """
    typed = normal(password[: site.settings.password_letters_max])

    async def check() -> bool:
        return await site.passwords.fits(account.password_hash, typed)

    if not await attempts.guess(site, "password", counted_as, check):
        await trail.record(site, account, "confirmed", about="password", outcome="wrong_password")
        raise Problem(401, "wrong_password")
    await trail.record(site, account, "confirmed", about="password")


async def change_password(site: Site, account: Account, password: str) -> Account:
    """All sessions end. Raises `Problem` 422 where it may not be chosen, 401 when the account got
    another password meanwhile, or was disabled.
    """
    about = (account.username, account.display_name, site.days.name(account.branch))
    chosen = granted(chosen_password(site.settings, password, about))
    hashed = await site.passwords.hash(chosen)
    try:
        changed = await site.people.set_password(account.id, account.password_hash, hashed)
    except Spent:
        raise Problem(401, "sign_in_needed") from None
    site.sign_ins.forget()
    await trail.record(site, account, "password_changed")
    return changed


async def remove_passkey(site: Site, account: Account, passkey_id: str) -> None:
    """Raises `Problem` 409 `last_factor`, 404 `not_found`."""

    async def remove() -> None:
        if not await site.people.remove_passkey(account.id, passkey_id):
            raise Problem(404, "not_found")

    await _remove(site, account, "passkey", remove)


async def remove_app(site: Site, account: Account) -> None:
    """The authenticator app. Raises `Problem` 409 `last_factor`."""
    await _remove(site, account, "totp", lambda: site.people.remove_totp(account.id))


async def remove_pin(site: Site, account: Account) -> None:
    """Raises `Problem` 409 `last_factor` for a guard who has nothing else."""
    await _remove(site, account, "pin", lambda: site.people.save_pin(account.id, None))


async def _remove(
    site: Site, account: Account, what: str, remove: Callable[[], Awaitable[None]]
) -> None:
    """One at a time: two removals at once must not take the last two."""
    async with site.access.lanes.of(f"factors:{account.id}"):
        if not _suffices(account, await site.people.factors(account.id), without=what):
            raise Problem(409, "last_factor")
        await remove()
    await trail.record(site, account, "factor_removed", about=what)


def _suffices(account: Account, factors: Factors, without: str) -> bool:
    """Is there a second factor left? A guard's PIN is one, on their tablet."""
    left = Factors(
        totp=factors.totp and without != "totp",
        passkeys=factors.passkeys - (without == "passkey"),
        pin=factors.pin and without != "pin",
    )
    return left.any or (account.role is Role.GUARD and left.pin)


async def end_session(site: Site, account: Account, session_id: str) -> None:
    """One of the account's own. Raises `Problem` 404 `not_found` for any other."""
    if all(one.id != session_id for one in await site.people.sessions(account.id, site.now())):
        raise Problem(404, "not_found")
    await site.people.end_session(session_id)
    site.sign_ins.forget()
    await trail.record(site, account, "session_ended", about=account.username)


async def end_others(site: Site, account: Account, session_id: str) -> None:
    """All but this one."""
    await site.people.end_sessions(account.id, except_id=session_id)
    site.sign_ins.forget()
    await trail.record(site, account, "session_ended", about=account.username)
