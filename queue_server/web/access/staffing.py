"""Who looks after whose account: inviting, the way back in, disabling, ending sessions.

Owns these rules: a supervisor their branch's officers, guards and supervisors; an administrator
everybody within reach. Nobody does it to themselves, and the last administrator stays. Must not
know pages.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from queue_server.people import Account, Invitation, Role, Spent
from queue_server.people import Role as Kept
from queue_server.people.callers import Caller
from queue_server.people.keys import digest, new_token, token_hash
from queue_server.people.text import clean_line
from queue_server.web import trail
from queue_server.web.context import Site
from queue_server.web.errors import Problem

_OF_A_BRANCH: Final = (Kept.OFFICER, Kept.GUARD, Kept.SUPERVISOR)
EVERYBODY: Final = (*_OF_A_BRANCH, Kept.AUDITOR, Kept.ADMIN)
_NAME_LETTERS_MAX: Final = 60


@dataclass(frozen=True, slots=True)
class Issued:
    """A one-use link's token, shown once, and what it leads to."""

    token: str
    invitation: Invitation


def is_free(caller: Caller) -> bool:
    """An administrator of every branch."""
    return caller.role is Role.ADMIN and caller.branch is None


def roles_to_invite(caller: Caller, branch: str | None) -> tuple[Kept, ...]:
    """As what they may invite somebody, into this branch or (None) into all of them."""
    if branch is None:
        return (Kept.ADMIN, Kept.AUDITOR) if is_free(caller) else ()
    if caller.role is Role.ADMIN and caller.branch in (None, branch):
        return EVERYBODY
    if caller.role is Role.SUPERVISOR and caller.branch == branch:
        return _OF_A_BRANCH
    return ()


def looks_after(caller: Caller, role: Kept, branch: str | None) -> bool:
    """May they look after an account (or an open invitation) of this role and branch?"""
    return is_free(caller) or role in roles_to_invite(caller, branch)


async def invite(
    site: Site, caller: Caller, role: str, branch: str | None, name: str, request_id: str
) -> Issued:
    """A one-use link to an account. Cancelling may leave one that nobody knows.

    Raises `Problem` 403 `not_allowed`, 409 `already_shown`.
    """
    wanted = next((one for one in roles_to_invite(caller, branch) if one.value == role), None)
    if wanted is None:
        raise Problem(403, "not_allowed")
    valid_s = site.settings.invitation_valid_s
    issued = await _issue(site, caller, wanted, branch, name, request_id, valid_s)
    await trail.record(site, caller, "invited", branch=branch, about=f"{role} {name}")
    return issued


async def way_back(site: Site, caller: Caller, account_id: str, request_id: str) -> Issued:
    """A one-use link by which somebody sets a new password and new factors; until it is used, the
    old ones hold. It replaces an older link. Raises `Problem` 404, 409 `not_yourself`,
    `already_shown`.
    """
    account = await _other(site, caller, account_id)
    issued = await _issue(
        site,
        caller,
        account.role,
        account.branch,
        account.display_name or account.username,
        request_id,
        site.settings.return_valid_s,
        account.id,
    )
    for one in await site.people.invitations(site.now()):
        if one.account == account.id and one.id != issued.invitation.id:
            await site.people.revoke_invitation(one.id)
    await trail.record(
        site, caller, "way_back_given", branch=account.branch, about=account.username
    )
    return issued


async def _issue(
    site: Site,
    caller: Caller,
    role: Kept,
    branch: str | None,
    name: str,
    request_id: str,
    valid_s: int,
    account: str | None = None,
) -> Issued:
    """Pressing twice is asking once, and a link is shown once: the second press hears so."""
    now = site.now()
    named = digest("invitation", caller.by, request_id) if request_id else secrets.token_hex(16)
    if any(one.id == named for one in await site.people.invitations(now)):
        raise Problem(409, "already_shown")
    token = new_token()
    invitation = Invitation(
        token_hash=token_hash(token),
        role=role,
        branch=branch,
        created_at=now,
        expires_at=now + timedelta(seconds=valid_s),
        invited_by=caller.by,
        id=named,
        name=clean_line(name)[:_NAME_LETTERS_MAX],
        account=account,
    )
    try:
        await site.people.add_invitation(invitation)
    except Spent:
        raise Problem(403, "not_allowed") from None
    return Issued(token, invitation)


async def revoke(site: Site, caller: Caller, invitation_id: str) -> None:
    """The link opens nothing any more. Raises `Problem` 404 `unknown_invitation`."""
    found = next(
        (one for one in await site.people.invitations(site.now()) if one.id == invitation_id), None
    )
    if found is None or not looks_after(caller, found.role, found.branch):
        raise Problem(404, "unknown_invitation")
    await site.people.revoke_invitation(found.id)
    about = f"{found.role.value} {found.name}"
    await trail.record(site, caller, "invitation_revoked", branch=found.branch, about=about)


async def disable(site: Site, caller: Caller, account_id: str) -> Account:
    """Sessions and tokens end at once. Raises `Problem` 404, 409 `not_yourself`, `last_admin`."""
    async with site.staffing:  # two administrators disabling each other: one of them stays
        account = await _other(site, caller, account_id)
        if _keeps_the_house(account) and await _is_last(site, account):
            raise Problem(409, "last_admin")
        await site.people.set_disabled(account.id, True)
    site.sign_ins.forget()
    await trail.record(
        site, caller, "account_disabled", branch=account.branch, about=account.username
    )
    return account


async def enable(site: Site, caller: Caller, account_id: str) -> Account:
    """They may sign in again, as before. Raises `Problem` 404, 409 `not_yourself`."""
    account = await _other(site, caller, account_id)
    await site.people.set_disabled(account.id, False)
    await trail.record(
        site, caller, "account_enabled", branch=account.branch, about=account.username
    )
    return account


async def end_sessions(site: Site, caller: Caller, account_id: str) -> Account:
    """Signed out everywhere. Raises `Problem` 404, 409 `not_yourself`."""
    account = await _other(site, caller, account_id)
    await site.people.end_sessions(account.id)
    site.sign_ins.forget()
    await trail.record(site, caller, "session_ended", branch=account.branch, about=account.username)
    return account


async def accounts_of(site: Site, caller: Caller, branch: str | None) -> Sequence[Account]:
    """Whom they look after in this branch; None: everywhere."""
    return [
        account
        for account in await site.people.accounts()
        if branch in (None, account.branch) and looks_after(caller, account.role, account.branch)
    ]


async def invitations_of(site: Site, caller: Caller, branch: str | None) -> Sequence[Invitation]:
    """Open links they look after in this branch; None: everywhere."""
    return [
        one
        for one in await site.people.invitations(site.now())
        if branch in (None, one.branch) and looks_after(caller, one.role, one.branch)
    ]


async def _other(site: Site, caller: Caller, account_id: str) -> Account:
    """An account they look after that is not their own. What they may not see does not exist."""
    if account_id == caller.account:
        raise Problem(409, "not_yourself")
    account = await site.people.account(account_id)
    if account is None or not looks_after(caller, account.role, account.branch):
        raise Problem(404, "unknown_account")
    return account


def _keeps_the_house(account: Account) -> bool:
    return account.role is Kept.ADMIN and account.branch is None and not account.disabled


async def _is_last(site: Site, account: Account) -> bool:
    others = [one for one in await site.people.accounts() if one.id != account.id]
    return not any(_keeps_the_house(one) for one in others)
