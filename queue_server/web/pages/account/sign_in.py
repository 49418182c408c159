"""The first step of signing in, and signing out.

Owns these pages. The acts are `access`'s.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from queue_server.look.words import Words
from queue_server.web.access import sessions, sign_in
from queue_server.web.bodies import form_fields
from queue_server.web.errors import Problem
from queue_server.web.pages.account.shown import refused
from queue_server.web.respond import language_of_request, refused_with, render, see_other

_NAME_LETTERS_MAX = 80


async def sign_in_page(request: Request) -> Response:
    """GET /sign-in; `?next=` is where one wanted to go."""
    return _page(request, sessions.own_path(request.query_params.get("next", "")))


async def sign_in_post(request: Request) -> Response:
    """POST /sign-in: on to the second step, or the form again with what was wrong."""
    fields = await form_fields(request)
    leads_to = sessions.own_path(fields.get("next", ""))
    username = fields.get("username", "")
    try:
        token, begun = await sign_in.with_password(request, username, fields.get("password", ""))
    except Problem as problem:
        return refused_with(problem, _page(request, leads_to, username, problem))
    return sign_in.enter(request, token, begun, leads_to)


async def sign_out_post(request: Request) -> Response:
    """POST /sign-out"""
    words = Words(language_of_request(request))
    response = see_other(request, "/sign-in", flash=words("account-signed-out"))
    await sessions.sign_out(request, response)
    return response


def _page(
    request: Request, leads_to: str, username: str = "", problem: Problem | None = None
) -> Response:
    return render(
        request,
        "account/sign_in.html",
        problem.status if problem else 200,
        next=leads_to,
        username=username[:_NAME_LETTERS_MAX],
        refused=refused(request, problem),
    )
