"""PINs of six digits: unlocking one's own session, and a guard's second factor on their tablet.

Must not know pages.
"""

from __future__ import annotations

from queue_server.people import Account, Role, Session, Token
from queue_server.web.access.choosing import need_pin
from queue_server.web.context import Site


async def save(site: Site, account: Account, pin: str) -> None:
    """Replaces another. Raises `Problem` 422 `bad_pin`, `common_pin`."""
    need_pin(pin)
    await site.people.save_pin(account.id, await site.passwords.hash(pin))


async def check(site: Site, account: Account, pin: str) -> bool:
    """Is it the account's PIN? Without one it takes as long, and is not."""
    return await site.passwords.fits(await site.people.pin_hash(account.id), pin[:40])


def is_factor(account: Account, session: Session, tablet: Token | None) -> bool:
    """May this account's PIN be its second factor here? A guard's, on a tablet of their branch,
    for a session that was begun on it.
    """
    return (
        account.role is Role.GUARD
        and tablet is not None
        and tablet.branch == account.branch
        and session.device == tablet.id
    )
