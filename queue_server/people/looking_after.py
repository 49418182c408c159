"""Who looks after whose account: a supervisor their branch's officers, guards and supervisors; an
administrator everybody within reach.

Nobody does it to themselves. What somebody may not see does not exist for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from queue_server.people import Account, Invitation, Role
from queue_server.people.access import Access
from queue_server.people.no import No
from queue_server.people.policy import Asker

_OF_A_BRANCH: Final = (Role.OFFICER, Role.GUARD, Role.SUPERVISOR)
OF_ALL: Final = (Role.ADMIN, Role.AUDITOR)
"""Roles that may be of no branch in particular."""
EVERYBODY: Final = (*_OF_A_BRANCH, Role.AUDITOR, Role.ADMIN)


class Carer(Asker, Protocol):
    """Somebody who may look after others."""

    @property
    def account(self) -> str | None: ...


def is_free(keeper: Carer) -> bool:
    """An administrator of every branch."""
    return keeper.role is Role.ADMIN and keeper.branch is None


def roles_to_invite(keeper: Carer, branch: str | None) -> tuple[Role, ...]:
    """As what they may invite somebody, into this branch or (None) into all of them."""
    if branch is None:
        return OF_ALL if is_free(keeper) else ()
    if keeper.role is Role.ADMIN and keeper.branch in (None, branch):
        return EVERYBODY
    if keeper.role is Role.SUPERVISOR and keeper.branch == branch:
        return _OF_A_BRANCH
    return ()


def looks_after(keeper: Carer, role: Role, branch: str | None) -> bool:
    """May they look after an account (or an open invitation) of this role and branch?"""
    return is_free(keeper) or role in roles_to_invite(keeper, branch)


async def accounts_of(access: Access, keeper: Carer, branch: str | None) -> Sequence[Account]:
    """Whom they look after in this branch; None: everywhere."""
    return [
        account
        for account in await access.people.accounts()
        if branch in (None, account.branch) and looks_after(keeper, account.role, account.branch)
    ]


async def invitations_of(access: Access, keeper: Carer, branch: str | None) -> Sequence[Invitation]:
    """Open links they look after in this branch; None: everywhere."""
    return [
        one
        for one in await access.people.invitations(access.now())
        if branch in (None, one.branch) and looks_after(keeper, one.role, one.branch)
    ]


async def other(access: Access, keeper: Carer, account_id: str) -> Account | No:
    """An account they look after that is not their own: `not_yourself`, `unknown_account`."""
    if account_id == keeper.account:
        return No("not_yourself")
    account = await access.people.account(account_id)
    if account is None or not looks_after(keeper, account.role, account.branch):
        return No("unknown_account")
    return account
