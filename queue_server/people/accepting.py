"""Accepting an invitation: a new account, or the way back into one's own.

Must not know who may invite whom.
"""

from __future__ import annotations

import secrets
from typing import Final

from queue_server.people import Account, Invitation, NameTaken, Spent
from queue_server.people.access import Access
from queue_server.people.choosing import chosen_password, chosen_username
from queue_server.people.keys import token_hash
from queue_server.people.no import No
from queue_server.people.passwords import Passwords
from queue_server.people.text import clean_line

_NAME_LETTERS_MAX: Final = 60
_GUESSED: Final = ("password", "code", "pin", "recovery")


async def opened(access: Access, token: str | None) -> Invitation | No:
    """The invitation of this token. `No`: `unknown_invitation` when it has ended."""
    found = await access.people.invitation(token_hash(token), access.now()) if token else None
    return found or No("unknown_invitation")


async def accept(
    access: Access,
    passwords: Passwords,
    invited: Invitation,
    branch_name: str,
    *,
    name: str,
    username: str,
    password: str,
) -> Account | No:
    """The new account. `No`: `unknown_invitation`, `name_taken`, and those of `choosing`."""
    chosen = chosen_username(username)
    if isinstance(chosen, No):
        return chosen
    name = clean_line(name)[:_NAME_LETTERS_MAX] or invited.name or chosen
    hashed = await _hashed(access, passwords, password, (chosen, name, branch_name))
    if isinstance(hashed, No):
        return hashed
    account = Account(
        id=secrets.token_hex(8),
        username=chosen,
        display_name=name,
        role=invited.role,
        branch=invited.branch,
        password_hash=hashed,
        created_at=access.now(),
    )
    try:
        await access.people.accept_invitation(invited.token_hash, account, access.now())
    except Spent:
        return No("unknown_invitation")
    except NameTaken:
        return No("name_taken", {"username": chosen})
    await access.trail(account, "account_made", about=chosen)
    return account


async def come_back(
    access: Access, passwords: Passwords, invited: Invitation, branch_name: str, password: str
) -> Account | No:
    """A new password for the invitation's account; its factors are gone and set up anew.

    `No`: `unknown_invitation`, and those of `choosing`.
    """
    account = await access.people.account(invited.account or "")
    if account is None:
        return No("unknown_invitation")
    about = (account.username, account.display_name, branch_name)
    hashed = await _hashed(access, passwords, password, about)
    if isinstance(hashed, No):
        return hashed
    try:
        account = await access.people.accept_return(invited.token_hash, hashed, access.now())
    except Spent:
        return No("unknown_invitation")
    # Whoever locked them out by guessing has not won: what they waited for is over.
    for kind in _GUESSED:
        await access.people.forget_failures(f"{kind}:{account.id}")
    access.forget()
    await access.trail(account, "account_returned", about=account.username)
    return account


async def _hashed(
    access: Access, passwords: Passwords, password: str, about: tuple[str, ...]
) -> str | No:
    chosen = chosen_password(access.settings, password, about)
    return chosen if isinstance(chosen, No) else await passwords.hash(chosen)
