"""The ticket's pages: the link that opens it, the page, and what its holder may ask.

The page's module (`static/ticket/`) asks here for JSON, forms without scripts get redirects; both
go the same way. It asks here and not at `/api/v1` because a browser may also be signed in as staff:
at these addresses it is always the ticket's holder. Must not know the rules of calling.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire
from queue_server.asking.joining.checks import check_code
from queue_server.asking.verbs import buttons
from queue_server.live.topics import TicketTopic
from queue_server.look.words import Words
from queue_server.people.keys import TicketName
from queue_server.people.policy import may
from queue_server.web.context import Site, site_of
from queue_server.web.errors import Problem, problem_response
from queue_server.web.forms import perform_form
from queue_server.web.identity import person, staff
from queue_server.web.pages.ticket_face import FAMILIES, Steps, face, shown
from queue_server.web.respond import base_of, language_of_request, render, see_other
from queue_server.web.tickets import keep_browser, keep_ticket, secret_of, ticket_name

# Without scripts the page loads itself again: often enough to be called in time, seldom enough for
# prepaid data.
REFRESH_S: Final = 30
VERBS: Final = buttons("ticket")


async def open_ticket(request: Request) -> Response:
    """GET /t/{secret}: from now on this browser holds the ticket, its address not."""
    secret = str(request.path_params["secret"])
    name = ticket_name(site_of(request), secret)
    if name is None:
        return _no_ticket(request)
    if may(await staff(request), "guard_page", name.branch):
        # A guard who scans somebody's phone wants to find the number, not to become its holder.
        return see_other(request, f"/guard/{name.branch}?q={name.number}")
    response = see_other(request, "/ticket")
    keep_ticket(request, response, secret)
    keep_browser(request, response)
    return response


async def ticket_page(request: Request) -> Response:
    """GET /ticket: the page, or the view alone for the page's own module."""
    caller = await person(request)
    if caller.ticket is None:
        return _no_ticket(request)
    site = site_of(request)
    view = _view(site, caller.ticket)
    if _wants_json(request):
        return _json(view)
    return _page(request, site, caller.ticket, view)


async def ticket_command(request: Request) -> Response:
    """POST /ticket/{verb}: defer, coming, cancel, rejoin, rating."""
    verb = str(request.path_params["verb"])
    if verb not in VERBS:
        raise Problem(404, "not_found")
    caller = await person(request)
    if caller.ticket is None:
        return _no_ticket(request)
    name = caller.ticket
    try:
        await perform_form(request, caller, verb, name.branch, number=name.number)
    except Problem as problem:
        if _wants_json(request):
            return problem_response(problem, language_of_request(request))
        return see_other(request, "/ticket", flash=problem)
    if _wants_json(request):
        return _json(_view(site_of(request), name))
    return see_other(request, "/ticket")


def _view(site: Site, name: TicketName) -> wire.TicketView:
    return site.hub.view(TicketTopic(name.branch, name.date, name.number))


def _page(request: Request, site: Site, name: TicketName, view: wire.TicketView) -> Response:
    rules = site.days.plan(name.branch).rules
    steps = Steps(rules.defer_behind, rules.rejoin_behind)
    secret = secret_of(site, name)
    return render(
        request,
        "ticket/ticket.html",
        view=view,
        face=face(view, Words(language_of_request(request)), steps),
        family=FAMILIES[view.stage],
        shown=shown(view),
        steps=steps,
        link=site.keys.ticket_link(secret, base_of(request)) if secret else "",
        refresh_s=REFRESH_S,
        check=_check(site, name),
    )


def _check(site: Site, name: TicketName) -> str:
    ticket = site.days.ticket(name.branch, name.date, name.number)
    return check_code(site.keys, ticket.ticket_id) if ticket is not None else ""


def _no_ticket(request: Request) -> Response:
    if _wants_json(request):
        return problem_response(Problem(401, "sign_in_needed"), language_of_request(request))
    branches = site_of(request).days.branches()
    return render(request, "ticket/none.html", 404, branches=list(branches.values()))


def _wants_json(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def _json(view: wire.TicketView) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(wire.encode(view), 200, headers, "application/json")
