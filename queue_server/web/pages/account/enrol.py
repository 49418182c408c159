"""Setting up a second factor: an authenticator app, a guard's PIN, recovery codes; and passkeys,
which post to addresses of their own.

Owns this page, for whoever signs in for the first time and for whoever adds one later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from queue_server.people import SignedIn, Stage, apps
from queue_server.web import cookies
from queue_server.web.access import enrolling, offered, passkeys, recent, sessions, sign_in
from queue_server.web.bodies import form_fields
from queue_server.web.context import Site, site_of
from queue_server.web.errors import Problem
from queue_server.web.pages.account.shown import refused
from queue_server.web.respond import refused_with, render, see_other

_STAGES = (Stage.ENROL, Stage.FULL)


async def enrol_page(request: Request) -> Response:
    """GET /account/second-factor"""
    found = await sessions.current(request)
    if found is None or found.session.stage not in _STAGES:
        return see_other(request, sessions.way_on(found, sessions.own_path(request.url.path)))
    if await enrolling.may_go_on(request, found):
        return await _page(request, found)
    if found.session.stage is Stage.FULL:
        # Their own page asks them to prove themselves once more.
        return see_other(request, "/account", flash=Problem(403, "confirm_first"))
    return await _begin_again(request, found)


async def enrol_post(request: Request) -> Response:
    """POST /account/second-factor: `do` is `app`, `pin`, `codes` or `kept`."""
    found = await sessions.need(request, *_STAGES)
    if not await enrolling.may_go_on(request, found):
        return await _begin_again(request, found)
    fields = await form_fields(request)
    do = fields.get("do", "")
    try:
        if do == "app":
            return await _app(request, found, fields)
        if do == "pin":
            return await _pin(request, found, fields)
        if do == "codes":
            return await _codes(request, found)
        return await _done(request, found, sessions.own_path(fields.get("next", "")))
    except Problem as problem:
        return refused_with(problem, await _page(request, found, problem=problem))


async def _app(request: Request, found: SignedIn, fields: Mapping[str, str]) -> Response:
    secret = offered.offered(request, site_of(request), found)
    if secret is None:
        raise Problem(401, "wrong_code")
    await enrolling.add_app(request, found, secret, fields.get("code", ""))
    response = await _codes(request, found)
    cookies.drop(request, response, cookies.ENROL)
    return response


async def _pin(request: Request, found: SignedIn, fields: Mapping[str, str]) -> Response:
    await enrolling.add_pin(request, found, fields.get("pin", ""))
    return await _done(request, found, sessions.own_path(fields.get("next", "")))


async def _codes(request: Request, found: SignedIn) -> Response:
    """The new codes, on this one answer and never again."""
    codes = await enrolling.new_codes(request, found)
    response = await _page(request, found, codes=codes)
    recent.keep_recent(request, response, site_of(request), found)
    return response


async def _done(request: Request, found: SignedIn, leads_to: str) -> Response:
    if found.session.stage is Stage.FULL:
        return see_other(request, "/account")
    token, full = await enrolling.finish(request, found)
    return sign_in.enter(request, token, full, leads_to)


async def _begin_again(request: Request, found: SignedIn) -> Response:
    """Somebody set a factor up meanwhile, or it was long ago: the password alone is not enough."""
    if found.session.stage is Stage.FULL:
        raise Problem(403, "confirm_first")
    response = see_other(request, "/sign-in")
    await sessions.sign_out(request, response)
    return response


async def _page(
    request: Request,
    found: SignedIn,
    codes: Sequence[str] = (),
    problem: Problem | None = None,
) -> Response:
    site, account = site_of(request), found.account
    factors = await site.people.factors(account.id)
    secret = offered.offered(request, site, found) or apps.new_secret()
    issuer = _issuer(site, found)
    response = render(
        request,
        "account/enrol.html",
        problem.status if problem else 200,
        first=found.session.stage is Stage.ENROL,
        factors=factors,
        codes=codes,
        secret=secret,
        otpauth=apps.address(secret, account, issuer),
        pin_here=found.session.stage is Stage.FULL or await enrolling.pin_is_factor(request, found),
        pin_alone=await enrolling.pin_is_factor(request, found),
        passkeys_here=passkeys.works_here(request),
        next=sessions.own_path(request.query_params.get("next", "")),
        refused=refused(request, problem),
    )
    if not codes:
        offered.keep_offer(request, response, site, found, secret)
    return response


def _issuer(site: Site, found: SignedIn) -> str:
    """What the app calls us: the branch, so that a list of several is read at a glance."""
    return site.days.name(found.account.branch) or "Lapak"
