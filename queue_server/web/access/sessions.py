"""Sessions: beginning one, stepping up, locking, ending, and where each stage goes on.

Owns their lifetimes. Every step up is a new session with a new token: one planted or overseen
before it opens nothing. Must not know what proves somebody, nor how a page looks.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

import structlog
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from queue_server.people import Account, Role, Session, SignedIn, Spent, Stage
from queue_server.people.keys import new_token, token_hash
from queue_server.people.left_alone import is_left_alone
from queue_server.web import cookies, trail
from queue_server.web.access import devices
from queue_server.web.access.browsers import browser_name
from queue_server.web.context import Site, site_of
from queue_server.web.errors import Problem

_log = structlog.get_logger("web")
_WAYS: Final = {
    Stage.FACTOR: "/sign-in/second",
    Stage.ENROL: "/account/second-factor",
    Stage.LOCKED: "/unlock",
}
_NEXT_LETTERS_MAX: Final = 300


async def current(connection: HTTPConnection) -> SignedIn | None:
    """Whose browser this is, however far they have come; a session left alone is locked by this.

    Only a full one may do anything: whoever asks for rights asks `identity.staff` instead.
    """
    site = site_of(connection)
    token = cookies.read(connection, cookies.SESSION)
    found = await site.people.signed_in(token_hash(token), site.now()) if token else None
    if found is None or not is_left_alone(found.session, site.settings, site.now()):
        return found
    return await _locked(site, found, "idle")


async def need(connection: HTTPConnection, *stages: Stage) -> SignedIn:
    """The session at one of these stages. Raises `Problem` 401 `sign_in_needed`."""
    found = await current(connection)
    if found is None or found.session.stage not in stages:
        raise Problem(401, "sign_in_needed")
    return found


async def begin(request: Request, account: Account, stage: Stage) -> tuple[str, SignedIn]:
    """A fresh session after the account's password: its token. It ends soon unless it becomes a
    full one. Raises `Problem` 401 when another password holds meanwhile.
    """
    site, now = site_of(request), site_of(request).now()
    tablet = await devices.tablet(request)
    seconds = site.settings.enrol_s if stage is Stage.ENROL else site.settings.second_step_s
    until = now + timedelta(seconds=seconds)
    token = new_token()
    session = Session(
        id=secrets.token_hex(8),
        token_hash=token_hash(token),
        account=account.id,
        created_at=now,
        seen_at=now,
        idle_expires_at=until,
        expires_at=until,
        label=browser_name(request.headers.get("user-agent", "")),
        stage=stage,
        active_at=now,
        device=tablet.id if tablet is not None and tablet.branch == account.branch else None,
    )
    try:
        # Hashing takes a while: a way back in may have been used since the account was read.
        await site.people.add_session(session, account.password_hash)
    except Spent:
        raise Problem(401, "wrong_sign_in") from None
    return token, SignedIn(session, account)


async def make_full(site: Site, signed_in: SignedIn) -> tuple[str, SignedIn]:
    """A full session in place of this one, with a new token. Unlocking does not prolong it.

    Raises `Problem` 401 when the old one is over meanwhile.
    """
    old, now, token = signed_in.session, site.now(), new_token()
    longest = now + timedelta(seconds=site.settings.session_max_s)
    session = replace(
        old,
        id=secrets.token_hex(8),
        token_hash=token_hash(token),
        seen_at=now,
        active_at=now,
        idle_expires_at=now + timedelta(seconds=site.settings.session_idle_s),
        expires_at=old.expires_at if old.stage is Stage.LOCKED else longest,
        stage=Stage.FULL,
    )
    try:
        await site.people.replace_session(old.token_hash, session, now)
    except Spent:
        raise Problem(401, "sign_in_needed") from None
    site.sign_ins.forget()
    return token, replace(signed_in, session=session)


def keep(request: Request, response: Response, token: str) -> None:
    """From now on this browser is that session."""
    seconds = site_of(request).settings.session_max_s
    cookies.keep(request, response, cookies.SESSION, token, seconds)


async def lock(request: Request) -> None:
    """Locks a full session of this browser. Harmless when there is none."""
    found = await current(request)
    if found is not None and found.session.stage is Stage.FULL:
        await _locked(site_of(request), found, "pressed")


async def _locked(site: Site, signed_in: SignedIn, why: str) -> SignedIn:
    was_open = await site.people.lock_session(signed_in.session.id)
    site.sign_ins.forget()
    # Of several windows of a desk left alone, one finds it open.
    if was_open:
        await trail.record(site, signed_in.account, "locked", about=why)
    return replace(signed_in, session=replace(signed_in.session, stage=Stage.LOCKED))


async def end(site: Site, signed_in: SignedIn, why: str) -> None:
    """It opens nothing any more. `why` is the trail's code for it."""
    await site.people.end_session(signed_in.session.id)
    site.sign_ins.forget()
    _log.info(why, account=signed_in.account.id)
    await trail.record(site, signed_in.account, why)


async def sign_out(request: Request, response: Response) -> None:
    """Ends the session in the database, then in the browser. Harmless when there is none."""
    found = await current(request)
    if found is not None:
        await end(site_of(request), found, "signed_out")
    for cookie in (cookies.SESSION, cookies.RECENT, cookies.ENROL):
        cookies.drop(request, response, cookie)


def way_on(signed_in: SignedIn | None, leads_to: str = "") -> str:
    """The page where this session goes on, and where it wants to go then."""
    if signed_in is not None and signed_in.session.stage is Stage.FULL:
        return leads_to or home_of(signed_in.account)
    path = _WAYS[signed_in.session.stage] if signed_in is not None else "/sign-in"
    return f"{path}?{urlencode({'next': leads_to})}" if leads_to else path


def home_of(account: Account) -> str:
    """Where somebody begins to work after signing in."""
    if account.role.value == Role.OFFICER:
        return "/desk"
    if account.role.value == Role.AUDITOR:
        return f"/audit/{account.branch}" if account.branch else "/audit"
    if account.branch is None:
        return "/people"
    surface = "guard" if account.role.value == Role.GUARD else "supervisor"
    return f"/{surface}/{account.branch}"


def own_path(path: str) -> str:
    """An address of this site, or nothing: a link must not lead people elsewhere."""
    is_own = path.startswith("/") and not path.startswith(("//", "/\\"))
    plain = path.isprintable() and "\\" not in path and len(path) <= _NEXT_LETTERS_MAX
    return path if is_own and plain else ""
