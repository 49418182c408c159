"""Accepting an invitation: a new account, or the way back into one's own.

The link's secret goes into a cookie at once, so that it leaves the address. Must not know pages,
nor who may invite whom.
"""

from __future__ import annotations

import secrets

import structlog
from starlette.requests import Request

from queue_server.people import Account, Invitation, NameTaken, SignedIn, Spent, Stage
from queue_server.people.choosing import chosen_password, chosen_username
from queue_server.people.keys import token_hash
from queue_server.people.text import clean_line
from queue_server.web import cookies, trail
from queue_server.web.access import sessions
from queue_server.web.context import Site, site_of
from queue_server.web.errors import Problem, granted

_log = structlog.get_logger("web")
_NAME_LETTERS_MAX = 60


async def opened(request: Request, token: str | None = None) -> Invitation:
    """The invitation of this token, or of this browser. Raises `Problem` 404 when it has ended."""
    site = site_of(request)
    token = token or cookies.read(request, cookies.INVITE)
    found = await site.people.invitation(token_hash(token), site.now()) if token else None
    if found is None:
        raise Problem(404, "unknown_invitation")
    return found


async def accept(
    request: Request, invited: Invitation, name: str, username: str, password: str
) -> tuple[str, SignedIn]:
    """Makes the account; the session that sets its second factor up: its token.

    Raises `Problem` 404 `unknown_invitation`, 409 `name_taken`, 422 of `choosing`.
    """
    site = site_of(request)
    username = granted(chosen_username(username))
    name = clean_line(name)[:_NAME_LETTERS_MAX] or invited.name or username
    about = (username, name, branch_name(site, invited))
    account = Account(
        id=secrets.token_hex(8),
        username=username,
        display_name=name,
        role=invited.role,
        branch=invited.branch,
        password_hash=await _hashed(site, password, about),
        created_at=site.now(),
    )
    try:
        await site.people.accept_invitation(invited.token_hash, account, site.now())
    except Spent:
        raise Problem(404, "unknown_invitation") from None
    except NameTaken:
        raise Problem(409, "name_taken", username=username) from None
    _log.info("account_made", account=account.id, role=account.role.value)
    await trail.record(site, account, "account_made", about=username)
    return await sessions.begin(request, account, Stage.ENROL)


async def come_back(request: Request, invited: Invitation, password: str) -> tuple[str, SignedIn]:
    """A new password for the invitation's account; its factors are gone and set up anew.

    Raises `Problem` 404 `unknown_invitation`, 422 of `choosing`.
    """
    site = site_of(request)
    account = await site.people.account(invited.account or "")
    if account is None:
        raise Problem(404, "unknown_invitation")
    about = (account.username, account.display_name, branch_name(site, invited))
    hashed = await _hashed(site, password, about)
    try:
        account = await site.people.accept_return(invited.token_hash, hashed, site.now())
    except Spent:
        raise Problem(404, "unknown_invitation") from None
    # Whoever locked them out by guessing has not won: what they waited for is over.
    for kind in ("password", "code", "pin", "recovery"):
        await site.people.forget_failures(f"{kind}:{account.id}")
    site.sign_ins.forget()
    _log.info("account_returned", account=account.id)
    await trail.record(site, account, "account_returned", about=account.username)
    return await sessions.begin(request, account, Stage.ENROL)


def branch_name(site: Site, invited: Invitation) -> str:
    """What people call the branch one is invited to; empty for all of them."""
    return site.days.name(invited.branch)


async def _hashed(site: Site, password: str, about: tuple[str, ...]) -> str:
    return await site.passwords.hash(granted(chosen_password(site.settings, password, about)))
