"""Signing in and out, accepting an invitation.

Owns these acts and their limits. Must not know how a page asks for them.
"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import Response

from queue_server.store.people import Account, Invitation, NameTaken, Session, Spent
from queue_server.web import cookies
from queue_server.web.context import Site, site_of
from queue_server.web.errors import Problem
from queue_server.web.identity import Caller
from queue_server.web.keys import digest, new_token, token_hash
from queue_server.web.policy import Role

_log = structlog.get_logger("web")
_USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,39}")
_LABEL_LETTERS_MAX: Final = 80


async def sign_in(request: Request, username: str, password: str) -> str:
    """A new session's token. Cancelling leaves at most a session nobody knows the token of.

    Raises `Problem` 401 `wrong_sign_in`, 429 `too_many_attempts`.
    """
    site = site_of(request)
    username = username.strip()[:_LABEL_LETTERS_MAX]
    account = await site.people.account_named(username)
    # Unknown names are counted too, under a hash: what people mistype may be a password.
    counted = account.id if account else digest("name", username.lower())
    await _need_attempt_left(site, counted)
    wrong_length = len(password) > site.settings.password_letters_max
    known = account.password_hash if account and not account.disabled else None
    fits = await site.passwords.fits(known, "" if wrong_length else password)
    if account is None or not fits:
        await site.people.sign_in_failed(counted, site.now())
        _log.info("sign_in_failed", account=account.id if account else None)
        raise Problem(401, "wrong_sign_in")
    await site.people.forget_failures(counted)
    _log.info("signed_in", account=account.id, role=account.role.value)
    return await new_session(site, account, request.headers.get("user-agent", ""))


async def _need_attempt_left(site: Site, counted: str) -> None:
    failures = await site.people.sign_in_failures(counted)
    if failures.last_at is None or failures.count < site.settings.sign_in_failures_max:
        return
    until = failures.last_at + timedelta(seconds=site.settings.sign_in_window_s)
    left_s = int((until - site.now()).total_seconds())
    if left_s <= 0:
        await site.people.forget_failures(counted)
        return
    minutes = -(-left_s // 60)
    raise Problem(429, "too_many_attempts", retry_after_s=left_s, minutes=minutes)


async def new_session(site: Site, account: Account, label: str) -> str:
    """A fresh token at every sign-in: one planted before it opens nothing."""
    token, now = new_token(), site.now()
    session = Session(
        id=secrets.token_hex(8),
        token_hash=token_hash(token),
        account=account.id,
        created_at=now,
        seen_at=now,
        idle_expires_at=now + timedelta(seconds=site.settings.session_idle_s),
        expires_at=now + timedelta(seconds=site.settings.session_max_s),
        label=label[:_LABEL_LETTERS_MAX],
    )
    await site.people.add_session(session)
    return token


def keep_session(request: Request, response: Response, token: str) -> None:
    """From now on this browser is signed in."""
    seconds = site_of(request).settings.session_max_s
    cookies.keep(request, response, cookies.SESSION, token, seconds)


async def sign_out(request: Request, response: Response) -> None:
    """Ends the session in the database, then in the browser. Harmless when there is none."""
    site = site_of(request)
    token = cookies.read(request, cookies.SESSION)
    if token is not None:
        signed_in = await site.people.signed_in(token_hash(token), site.now())
        if signed_in is not None:
            await site.people.end_session(signed_in.session.id)
            _log.info("signed_out", account=signed_in.account.id)
        site.sign_ins.forget()
    cookies.drop(request, response, cookies.SESSION)


async def invitation(request: Request, token: str) -> Invitation:
    """The invitation behind a link. Raises `Problem` 404 when it has ended."""
    site = site_of(request)
    found = await site.people.invitation(token_hash(token), site.now())
    if found is None:
        raise Problem(404, "unknown_invitation")
    return found


async def accept_invitation(request: Request, token: str, username: str, password: str) -> str:
    """Makes the account and signs it in: the session's token.

    Raises `Problem` 404 `unknown_invitation`, 409 `name_taken`, 422 `bad_username`, `bad_password`.
    """
    site = site_of(request)
    invited = await invitation(request, token)
    username = username.strip().lower()
    _need_username(username)
    _need_password(site, password)
    account = Account(
        id=secrets.token_hex(8),
        username=username,
        display_name=username,
        role=invited.role,
        branch=invited.branch,
        password_hash=await site.passwords.hash(password),
        created_at=site.now(),
    )
    try:
        await site.people.accept_invitation(token_hash(token), account, site.now())
    except Spent:
        raise Problem(404, "unknown_invitation") from None
    except NameTaken:
        raise Problem(409, "name_taken", username=username) from None
    _log.info("invitation_accepted", account=account.id, role=account.role.value)
    return await new_session(site, account, request.headers.get("user-agent", ""))


def _need_username(username: str) -> None:
    if not _USERNAME.fullmatch(username):
        raise Problem(422, "bad_username")


def _need_password(site: Site, password: str) -> None:
    least, most = site.settings.password_letters_min, site.settings.password_letters_max
    if not least <= len(password) <= most:
        raise Problem(422, "bad_password", letters_min=least, letters_max=most)


def home_of(caller: Caller) -> str:
    """Where somebody begins to work after signing in."""
    if caller.role is Role.OFFICER:
        return "/desk"
    if caller.branch is not None and caller.role in (Role.GUARD, Role.SUPERVISOR, Role.ADMIN):
        surface = "guard" if caller.role is Role.GUARD else "supervisor"
        return f"/{surface}/{caller.branch}"
    return "/"
