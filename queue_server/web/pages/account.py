"""Signing in and out, and accepting an invitation.

Owns these three pages. Sessions and passwords are `web.signing`'s.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from queue_server.look.words import Words
from queue_server.web.bodies import form_fields
from queue_server.web.context import site_of
from queue_server.web.errors import Problem
from queue_server.web.pages.shown import Refused
from queue_server.web.respond import language_of_request, refused_with, render, see_other
from queue_server.web.signing import (
    accept_invitation,
    home_of,
    invitation,
    keep_session,
    sign_in,
    sign_out,
)

_NEXT_LETTERS_MAX = 300


async def sign_in_page(request: Request) -> Response:
    """GET /sign-in; `?next=` is where one wanted to go."""
    return _sign_in(request, _own_path(request.query_params.get("next", "")))


async def sign_in_post(request: Request) -> Response:
    """POST /sign-in: on to where one wanted to go, or the form again with what was wrong."""
    fields = await form_fields(request)
    leads_to = _own_path(fields.get("next", ""))
    username = fields.get("username", "")
    try:
        token = await sign_in(request, username, fields.get("password", ""))
    except Problem as problem:
        return refused_with(problem, _sign_in(request, leads_to, username, problem))
    return await _enter(request, token, leads_to)


async def sign_out_post(request: Request) -> Response:
    """POST /sign-out"""
    words = Words(language_of_request(request))
    response = see_other(request, "/sign-in", flash=words("account-signed-out"))
    await sign_out(request, response)
    return response


async def invite_page(request: Request) -> Response:
    """GET /invite/{token}"""
    return await _invite(request)


async def invite_post(request: Request) -> Response:
    """POST /invite/{token}: the account is made and signed in."""
    fields = await form_fields(request)
    username = fields.get("username", "")
    token = str(request.path_params["token"])
    try:
        session = await accept_invitation(request, token, username, fields.get("password", ""))
    except Problem as problem:
        return refused_with(problem, await _invite(request, username, problem))
    return await _enter(request, session, "")


async def _enter(request: Request, token: str, leads_to: str) -> Response:
    caller = await site_of(request).sign_ins.by_session(token)
    response = see_other(request, leads_to or (home_of(caller) if caller else "/"))
    keep_session(request, response, token)
    return response


def _sign_in(
    request: Request, leads_to: str, username: str = "", problem: Problem | None = None
) -> Response:
    return render(
        request,
        "account/sign_in.html",
        problem.status if problem else 200,
        next=leads_to,
        username=username[:80],
        refused=_refused(request, problem),
    )


async def _invite(request: Request, username: str = "", problem: Problem | None = None) -> Response:
    """The form while the invitation is good. Raises `Problem` 404 when it is not."""
    site = site_of(request)
    token = str(request.path_params["token"])
    invited = await invitation(request, token)
    plan = site.days.branches().get(invited.branch or "")
    return render(
        request,
        "account/invite.html",
        problem.status if problem else 200,
        token=token,
        role=invited.role.value,
        branch_name=plan.name if plan else "",
        username=username[:80],
        password_letters_min=site.settings.password_letters_min,
        refused=_refused(request, problem),
    )


def _refused(request: Request, problem: Problem | None) -> Refused | None:
    if problem is None:
        return None
    return Refused("form", *problem.text(language_of_request(request)))


def _own_path(path: str) -> str:
    """An address of this site, or nothing: a link must not lead people elsewhere."""
    is_own = path.startswith("/") and not path.startswith(("//", "/\\"))
    plain = path.isprintable() and "\\" not in path and len(path) <= _NEXT_LETTERS_MAX
    return path if is_own and plain else ""
