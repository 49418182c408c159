"""Disabling an account, enabling it again, ending its sessions. The last administrator stays."""

from __future__ import annotations

from queue_server.people import Account, LastAdministrator
from queue_server.people.access import Access
from queue_server.people.looking_after import Carer, other
from queue_server.people.no import No


async def disable(access: Access, keeper: Carer, account_id: str) -> Account | No:
    """Sessions and tokens end at once: `unknown_account`, `not_yourself`, `last_admin`."""
    account = await other(access, keeper, account_id)
    if isinstance(account, No):
        return account
    try:
        account = await access.people.set_disabled(account.id, True)
    except LastAdministrator:
        return No("last_admin")
    return await _done(access, keeper, account, "account_disabled")


async def enable(access: Access, keeper: Carer, account_id: str) -> Account | No:
    """They may sign in again, as before: `unknown_account`, `not_yourself`."""
    account = await other(access, keeper, account_id)
    if isinstance(account, No):
        return account
    account = await access.people.set_disabled(account.id, False)
    return await _done(access, keeper, account, "account_enabled")


async def end_sessions(access: Access, keeper: Carer, account_id: str) -> Account | No:
    """Signed out everywhere: `unknown_account`, `not_yourself`."""
    account = await other(access, keeper, account_id)
    if isinstance(account, No):
        return account
    await access.people.end_sessions(account.id)
    return await _done(access, keeper, account, "session_ended")


async def _done(access: Access, keeper: Carer, account: Account, what: str) -> Account:
    access.forget()
    await access.trail(keeper, what, branch=account.branch, about=account.username)
    return account
