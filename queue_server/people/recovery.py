"""Recovery codes: ten on paper, each good once, for whoever lost phone or key.

Must not know pages.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from queue_server.people import Account
from queue_server.people.proving import Proving

_CODES: Final = 10
# Without look-alikes; 12 of 31 letters are 59 bits.
_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH: Final = 12
_GROUP: Final = 4
_SEPARATOR: Final = "\x1f"


async def renew(here: Proving, account: Account) -> list[str]:
    """Ten new ones; the old ones open nothing any more. Never shown again."""
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_CODES)]
    hashes = [await _hash(here, account, one) for one in codes]
    await here.people.save_recovery_codes(account.id, hashes)
    return ["-".join(one[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP)) for one in codes]


async def check(here: Proving, account: Account, code: str) -> bool:
    """Is it one of the account's, not used before? It is used up."""
    typed = "".join(letter for letter in code.upper() if letter.isalnum())
    if len(typed) != _LENGTH or not typed.isascii():
        return False
    return await here.people.use_recovery_code(account.id, await _hash(here, account, typed))


async def _hash(here: Proving, account: Account, code: str) -> str:
    """Slow, under a salt of the account's own: whoever has the database has its keys too."""
    named = _SEPARATOR.join(("recovery", account.id))
    salt = hmac.digest(here.keys.pepper, named.encode(), "sha256")
    return await here.passwords.derive(code, salt)
