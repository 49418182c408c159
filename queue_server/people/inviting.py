"""Inviting somebody, and the way back in for whoever lost password or second factor.

Owns one-use links until they are opened: who gives them, for how long, that pressing twice is
asking once, and that a newer way back replaces an older.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from queue_server.people import Account, Invitation, Role, Spent
from queue_server.people.access import Access
from queue_server.people.keys import digest, new_token, token_hash
from queue_server.people.looking_after import Carer, looks_after, other, roles_to_invite
from queue_server.people.no import No
from queue_server.people.text import clean_line

_NAME_LETTERS_MAX: Final = 60


@dataclass(frozen=True, slots=True)
class Issued:
    """A one-use link's token, shown once, and what it leads to."""

    token: str
    invitation: Invitation


@dataclass(frozen=True, slots=True)
class _Wanted:
    role: Role
    branch: str | None
    name: str
    valid_s: int
    account: str | None = None


async def invite(
    access: Access,
    keeper: Carer,
    role: str,
    branch: str | None,
    name: str,
    request_id: str = "",
) -> Issued | No:
    """A one-use link to an account: `not_allowed`, `already_shown`.

    Cancelling may leave one that nobody knows.
    """
    found = next((one for one in roles_to_invite(keeper, branch) if one.value == role), None)
    if found is None:
        return No("not_allowed")
    wanted = _Wanted(found, branch, name, access.settings.invitation_valid_s)
    issued = await _issue(access, keeper, wanted, request_id)
    if isinstance(issued, Issued):
        await access.trail(keeper, "invited", branch=branch, about=_about(issued.invitation))
    return issued


async def way_back(
    access: Access, keeper: Carer, account_id: str, request_id: str = ""
) -> Issued | No:
    """A one-use link by which somebody sets a new password and new factors; until it is used, the
    old ones hold. It replaces an older link: `unknown_account`, `not_yourself`, `already_shown`.
    """
    account = await other(access, keeper, account_id)
    if isinstance(account, No):
        return account
    issued = await _issue(access, keeper, _back(access, account), request_id)
    if isinstance(issued, Issued):
        await _end_older(access, issued.invitation)
        branch, about = account.branch, account.username
        await access.trail(keeper, "way_back_given", branch=branch, about=about)
    return issued


async def revoke(access: Access, keeper: Carer, invitation_id: str) -> Invitation | No:
    """The link opens nothing any more: `unknown_invitation`."""
    open_ones = await access.people.invitations(access.now())
    found = next((one for one in open_ones if one.id == invitation_id), None)
    if found is None or not looks_after(keeper, found.role, found.branch):
        return No("unknown_invitation")
    await access.people.revoke_invitation(found.id)
    await access.trail(keeper, "invitation_revoked", branch=found.branch, about=_about(found))
    return found


def _back(access: Access, account: Account) -> _Wanted:
    name, valid_s = account.display_name or account.username, access.settings.return_valid_s
    return _Wanted(account.role, account.branch, name, valid_s, account.id)


async def _issue(access: Access, keeper: Carer, wanted: _Wanted, request_id: str) -> Issued | No:
    """Pressing twice is asking once, and a link is shown once: the second press hears so."""
    now, token = access.now(), new_token()
    named = digest("invitation", keeper.by, request_id) if request_id else secrets.token_hex(16)
    if any(one.id == named for one in await access.people.invitations(now)):
        return No("already_shown")
    invitation = Invitation(
        token_hash=token_hash(token),
        role=wanted.role,
        branch=wanted.branch,
        created_at=now,
        expires_at=now + timedelta(seconds=wanted.valid_s),
        invited_by=keeper.by,
        id=named,
        name=clean_line(wanted.name)[:_NAME_LETTERS_MAX],
        account=wanted.account,
    )
    try:
        await access.people.add_invitation(invitation)
    except Spent:
        return No("not_allowed")
    return Issued(token, invitation)


async def _end_older(access: Access, newest: Invitation) -> None:
    for one in await access.people.invitations(access.now()):
        if one.account == newest.account and one.id != newest.id:
            await access.people.revoke_invitation(one.id)


def _about(invitation: Invitation) -> str:
    return f"{invitation.role.value} {invitation.name}"
