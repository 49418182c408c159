"""PINs of six digits: unlocking one's own session, and a guard's second factor on their tablet.

Must not know pages.
"""

from __future__ import annotations

from queue_server.people import Account, Role, Session, Token
from queue_server.people.choosing import chosen_pin
from queue_server.people.no import No
from queue_server.people.proving import Proving


async def save(here: Proving, account: Account, pin: str) -> No | None:
    """Replaces another. `No`: `bad_pin`, `common_pin`."""
    chosen = chosen_pin(pin)
    if isinstance(chosen, No):
        return chosen
    await here.people.save_pin(account.id, await here.passwords.hash(chosen))
    return None


async def check(here: Proving, account: Account, pin: str) -> bool:
    """Is it the account's PIN? Without one it takes as long, and is not."""
    return await here.passwords.fits(await here.people.pin_hash(account.id), pin[:40])


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
