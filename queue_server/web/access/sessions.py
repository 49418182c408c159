"""This browser's session: its cookie, and where each stage goes on.

What sessions are and when they end is `people.sessions`'s. Must not know how a page looks.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

import structlog
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from queue_server.people import Account, Role, SignedIn, Stage, sessions
from queue_server.web import cookies
from queue_server.web.access import devices
from queue_server.web.access.browsers import browser_name
from queue_server.web.context import site_of
from queue_server.web.errors import Problem, granted

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
    token = cookies.read(connection, cookies.SESSION)
    return await sessions.current(site_of(connection).access, token) if token else None


async def need(connection: HTTPConnection, *stages: Stage) -> SignedIn:
    """The session at one of these stages. Raises `Problem` 401 `sign_in_needed`."""
    found = await current(connection)
    if found is None or found.session.stage not in stages:
        raise Problem(401, "sign_in_needed")
    return found


async def begin(request: Request, account: Account, stage: Stage) -> tuple[str, SignedIn]:
    """A fresh session after the account's password: its token. Raises `Problem` 401 when another
    password holds meanwhile.
    """
    tablet = await devices.tablet(request)
    device = tablet.id if tablet is not None and tablet.branch == account.branch else None
    label = browser_name(request.headers.get("user-agent", ""))
    return granted(await sessions.begin(site_of(request).access, account, stage, label, device))


def keep(request: Request, response: Response, token: str) -> None:
    """From now on this browser is that session."""
    seconds = site_of(request).settings.session_max_s
    cookies.keep(request, response, cookies.SESSION, token, seconds)


async def lock(request: Request) -> None:
    """Locks a full session of this browser. Harmless when there is none."""
    found = await current(request)
    if found is not None and found.session.stage is Stage.FULL:
        await sessions.lock(site_of(request).access, found, "pressed")


async def sign_out(request: Request, response: Response) -> None:
    """Ends the session in the database, then in the browser. Harmless when there is none."""
    found = await current(request)
    if found is not None:
        await sessions.end(site_of(request).access, found, "signed_out")
        _log.info("signed_out", account=found.account.id)
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
