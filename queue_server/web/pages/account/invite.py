"""Being invited: a new account, or the way back into one's own.

Owns these pages. The link's secret is moved into a cookie before anything is shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from queue_server.people import Invitation
from queue_server.web import cookies
from queue_server.web.access import invitations, sign_in
from queue_server.web.bodies import form_fields
from queue_server.web.context import site_of
from queue_server.web.errors import Problem
from queue_server.web.pages.account.shown import refused
from queue_server.web.respond import refused_with, render, see_other

_NAME_LETTERS_MAX = 80


async def open_invitation(request: Request) -> Response:
    """GET /invite/{token}: on to the same page without the secret in its address."""
    token = str(request.path_params["token"])
    await invitations.opened(request, token)
    response = see_other(request, "/invite")
    cookies.keep(request, response, cookies.INVITE, token, site_of(request).settings.enrol_s)
    return response


async def invite_page(request: Request) -> Response:
    """GET /invite: the form, while the invitation is good."""
    return await _page(request, await invitations.opened(request), {})


async def invite_post(request: Request) -> Response:
    """POST /invite: the account is there; a second factor is set up next."""
    fields = await form_fields(request)
    invited = await invitations.opened(request)
    password = fields.get("password", "")
    try:
        if invited.account is not None:
            token, begun = await invitations.come_back(request, invited, password)
        else:
            name, username = fields.get("name", ""), fields.get("username", "")
            token, begun = await invitations.accept(request, invited, name, username, password)
    except Problem as problem:
        return refused_with(problem, await _page(request, invited, fields, problem))
    response = sign_in.enter(request, token, begun, "")
    cookies.drop(request, response, cookies.INVITE)
    return response


async def _page(
    request: Request,
    invited: Invitation,
    fields: Mapping[str, str],
    problem: Problem | None = None,
) -> Response:
    site = site_of(request)
    account = await site.people.account(invited.account) if invited.account else None
    return render(
        request,
        "account/invite.html",
        problem.status if problem else 200,
        role=invited.role.value,
        branch_name=invitations.branch_name(site, invited),
        returning=account.username if account else "",
        name=fields.get("name", invited.name)[:_NAME_LETTERS_MAX],
        username=fields.get("username", "")[:_NAME_LETTERS_MAX],
        password_letters_min=site.settings.password_letters_min,
        password_letters_max=site.settings.password_letters_max,
        refused=refused(request, problem),
    )
