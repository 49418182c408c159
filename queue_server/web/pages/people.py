"""The people page: who works here, who is invited, and what is done about an account.

Owns what its addresses and buttons mean. Who may do what to whom is `people`'s, what a row
says `people_shown`'s.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server.look.words import Words
from queue_server.people import Account, Role, disabling, inviting, looking_after
from queue_server.people.access import Access
from queue_server.people.callers import Caller
from queue_server.people.no import No
from queue_server.web.bodies import form_fields
from queue_server.web.context import site_of
from queue_server.web.entered import Entered
from queue_server.web.errors import Problem, granted
from queue_server.web.pages import people_shown
from queue_server.web.pages.shown import RefusalShown
from queue_server.web.respond import (
    base_of,
    language_of_request,
    refused_with,
    render,
    see_other,
)

_ACTS: Final[Mapping[str, Callable[[Access, Caller, str], Awaitable[Account | No]]]] = {
    "disable": disabling.disable,
    "enable": disabling.enable,
    "end-sessions": disabling.end_sessions,
}


async def people_page(entered: Entered) -> Response:
    """GET /people/{branch}"""
    return await _page(entered.request, entered.caller, entered.branch)


async def people_command(entered: Entered) -> Response:
    """POST /people/{branch}/do/{verb}"""
    return await _command(entered.request, entered.caller, entered.branch)


async def everyone_page(entered: Entered) -> Response:
    """GET /people: everybody of every branch; `?branch=` leads on to one of them."""
    request = entered.request
    chosen = request.query_params.get("branch", "")
    if entered.site.days.exists(chosen):
        return see_other(request, _here(chosen))
    return await _page(request, entered.caller, None)


async def everyone_command(entered: Entered) -> Response:
    """POST /people/do/{verb}"""
    return await _command(entered.request, entered.caller, None)


async def _command(request: Request, caller: Caller, branch: str | None) -> Response:
    """Does it, and leads back; a link is shown at once, on this one answer and never again."""
    verb, fields = str(request.path_params["verb"]), await form_fields(request)
    try:
        if verb in ("invite", "way-back"):
            issued = await _issue(request, caller, branch, verb, fields)
            return await _page(request, caller, branch, issued=issued)
        name = await _do(request, caller, verb, fields)
    except Problem as problem:
        if problem.status == 401 or problem.code == "not_found":
            raise
        return await _page(request, caller, branch, problem=problem)
    words = Words(language_of_request(request))
    return see_other(request, _here(branch), flash=words(f"people-done-{verb}", name=name))


async def _issue(
    request: Request, caller: Caller, branch: str | None, verb: str, fields: Mapping[str, str]
) -> inviting.Issued:
    site, request_id = site_of(request), fields.get("request_id", "")
    if verb == "way-back":
        account = fields.get("account", "")
        return granted(await inviting.way_back(site.access, caller, account, request_id))
    into = branch if branch is not None else fields.get("branch") or None
    if into is not None and not site.days.exists(into):
        raise Problem(404, "unknown_branch", branch=into)
    role, name = fields.get("role", ""), fields.get("name", "")
    return granted(await inviting.invite(site.access, caller, role, into, name, request_id))


async def _do(request: Request, caller: Caller, verb: str, fields: Mapping[str, str]) -> str:
    """Whom it was done to."""
    site = site_of(request)
    if verb == "revoke":
        granted(await inviting.revoke(site.access, caller, fields.get("invitation", "")))
        return ""
    if verb not in _ACTS:
        raise Problem(404, "not_found")
    account = granted(await _ACTS[verb](site.access, caller, fields.get("account", "")))
    return account.display_name or account.username


def _here(branch: str | None) -> str:
    return f"/people/{branch}" if branch else "/people"


async def _page(
    request: Request,
    caller: Caller,
    branch: str | None,
    *,
    issued: inviting.Issued | None = None,
    problem: Problem | None = None,
) -> Response:
    site = site_of(request)
    plans = site.days.branches()
    asked = people_shown.PeopleAsked.of(request.query_params)
    response = render(
        request,
        "people/people.html",
        problem.status if problem else 200,
        here=_here(branch),
        branch=branch,
        everywhere=looking_after.is_free(caller),
        branch_names={name: plan.name for name, plan in plans.items()},
        shown=await people_shown.page_of(site, caller, branch, asked),
        invitations=await looking_after.invitations_of(site.access, caller, branch),
        roles=[role.value for role in _roles(caller, branch)],
        issued=issued,
        link=f"{base_of(request)}/invite/{issued.token}" if issued else "",
        zone=people_shown.zone_of(site, branch or caller.branch),
        now=site.now(),
        me=caller.name,
        refused=_refused(request, problem),
    )
    return refused_with(problem, response) if problem else response


def _roles(caller: Caller, branch: str | None) -> tuple[Role, ...]:
    """Everybody's page invites into a branch or, as one of two roles, into all of them."""
    return looking_after.roles_to_invite(caller, branch) if branch else looking_after.EVERYBODY


def _refused(request: Request, problem: Problem | None) -> RefusalShown | None:
    if problem is None:
        return None
    return RefusalShown("people", *problem.text(language_of_request(request)))
