"""Locking a desk, and coming back to it.

Owns these pages. A locked session shows nothing but whose it is.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from queue_server.look.words import Words
from queue_server.people import SignedIn, Stage
from queue_server.people.attempts import Kind
from queue_server.people.second_step import unlock_failed
from queue_server.web.access import passkeys, sessions, sign_in
from queue_server.web.bodies import form_fields
from queue_server.web.context import site_of
from queue_server.web.errors import Problem
from queue_server.web.pages.account.shown import demo_code, refused
from queue_server.web.respond import language_of_request, refused_with, render, see_other


async def lock_post(request: Request) -> Response:
    """POST /lock: until its owner unlocks it, this browser shows nothing of the line."""
    fields = await form_fields(request)
    await sessions.lock(request)
    found = await sessions.current(request)
    return see_other(request, sessions.way_on(found, sessions.own_path(fields.get("next", ""))))


async def unlock_page(request: Request) -> Response:
    """GET /unlock; whoever is at another step is led there."""
    leads_to = sessions.own_path(request.query_params.get("next", ""))
    found = await sessions.current(request)
    if found is None or found.session.stage is not Stage.LOCKED:
        return see_other(request, sessions.way_on(found, leads_to))
    return await _page(request, found, leads_to)


async def unlock_post(request: Request) -> Response:
    """POST /unlock: on where one was; a few wrong tries end the session."""
    found = await sessions.need(request, Stage.LOCKED)
    fields = await form_fields(request)
    leads_to = sessions.own_path(fields.get("next", ""))
    by_pin = bool(fields.get("pin"))
    kind: Kind = "pin" if by_pin else "code"
    try:
        await sign_in.with_second(request, found, kind, fields.get(kind, ""))
    except Problem as problem:
        if problem.status == 401 and await unlock_failed(site_of(request).access, found):
            text = Words(language_of_request(request))("account-unlock-ended")
            return see_other(request, sessions.way_on(None, leads_to), flash=text, kind="refused")
        return refused_with(problem, await _page(request, found, leads_to, problem))
    token, full = await sign_in.proven(request, found, "pin" if by_pin else "totp")
    # Six digits seen over a shoulder open this screen again; they change no way in.
    return sign_in.enter(request, token, full, leads_to, strongly=not by_pin)


async def _page(
    request: Request, found: SignedIn, leads_to: str, problem: Problem | None = None
) -> Response:
    return render(
        request,
        "account/unlock.html",
        problem.status if problem else 200,
        next=leads_to,
        name=found.account.display_name or found.account.username,
        ways=await sign_in.ways(request, found),
        passkeys_here=passkeys.works_here(request),
        demo_code=await demo_code(request, found),
        refused=refused(request, problem),
    )
