"""The second step of signing in: a code, a passkey, a recovery code, or a guard's PIN.

Owns this page. What proves somebody is `access`'s; passkeys post to addresses of their own.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server.look.words import Words
from queue_server.people import SignedIn, Stage
from queue_server.people.attempts import Kind
from queue_server.web.access import passkeys, sessions, sign_in
from queue_server.web.bodies import form_fields
from queue_server.web.context import site_of
from queue_server.web.errors import Problem
from queue_server.web.pages.account.shown import demo_code, refused
from queue_server.web.respond import language_of_request, refused_with, render, see_other

_NAMES: Final[dict[Kind, str]] = {"code": "totp", "recovery": "recovery", "pin": "pin"}
_TOLD_FROM: Final = 3


async def second_page(request: Request) -> Response:
    """GET /sign-in/second; whoever is at another step is led there."""
    leads_to = sessions.own_path(request.query_params.get("next", ""))
    found = await sessions.current(request)
    if found is None or found.session.stage is not Stage.FACTOR:
        return see_other(request, sessions.way_on(found, leads_to))
    return await _page(request, found, leads_to)


async def second_post(request: Request) -> Response:
    """POST /sign-in/second: signed in, or the form again with what was wrong."""
    found = await sessions.need(request, Stage.FACTOR)
    fields = await form_fields(request)
    leads_to = sessions.own_path(fields.get("next", ""))
    kind: Kind = next((kind for kind in _NAMES if fields.get(kind)), "code")
    try:
        await sign_in.with_second(request, found, kind, fields.get(kind, ""))
    except Problem as problem:
        return refused_with(problem, await _page(request, found, leads_to, kind, problem))
    token, full = await sign_in.proven(request, found, _NAMES[kind])
    flash = await _codes_left(request, full) if kind == "recovery" else None
    return sign_in.enter(request, token, full, leads_to, flash=flash)


async def _codes_left(request: Request, full: SignedIn) -> str | None:
    """How many recovery codes are left, when they are few."""
    left = (await site_of(request).people.factors(full.account.id)).recovery_codes
    if left > _TOLD_FROM:
        return None
    return Words(language_of_request(request))("account-recovery-left", n=left)


async def _page(
    request: Request,
    found: SignedIn,
    leads_to: str,
    kind: Kind = "code",
    problem: Problem | None = None,
) -> Response:
    return render(
        request,
        "account/second.html",
        problem.status if problem else 200,
        next=leads_to,
        name=found.account.display_name or found.account.username,
        ways=await sign_in.ways(request, found),
        passkeys_here=passkeys.works_here(request),
        recovering=kind == "recovery" or "recovery" in request.query_params,
        demo_code=await demo_code(request, found),
        refused=refused(request, problem),
    )
