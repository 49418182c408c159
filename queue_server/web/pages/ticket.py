"""The ticket's page, and what its holder may ask.

The page's module (`static/ticket/`) asks here for JSON, forms without scripts get redirects; both
go the same way. It asks here and not at `/api/v1` because a browser may also be signed in as staff:
at these addresses it is always the ticket's holder. A browser may keep several numbers: every form
says which it is about. Must not know the rules of calling.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire
from queue_server.asking.joining.checks import check_code
from queue_server.asking.verbs import buttons
from queue_server.people.keys import TicketName
from queue_server.web.asked import ask
from queue_server.web.bodies import form_fields
from queue_server.web.context import Site, site_of
from queue_server.web.errors import Problem, problem_response
from queue_server.web.forms import ask_of_form
from queue_server.web.identity import Caller, holder, person
from queue_server.web.inside import way_out
from queue_server.web.pages.held import link_path, others_than, ticket_path, view_of
from queue_server.web.respond import base_of, language_of_request, render, see_other
from queue_server.web.tickets import held_tickets, secret_of

# Without scripts the page loads itself again: often enough to be called in time, seldom enough for
# prepaid data.
REFRESH_S: Final = 30
REFRESH_NEAR_S: Final = 5
VERBS: Final = buttons("ticket")


async def ticket_page(request: Request) -> Response:
    """GET /ticket: the page, or the view alone for the page's own module."""
    caller = await person(request)
    if caller.ticket is None:
        return no_ticket(request)
    if wants_json(request):
        return _json(view_of(site_of(request), caller.ticket, language_of_request(request)))
    return page_of(request, caller.ticket)


async def ticket_command(request: Request) -> Response:
    """POST /ticket/{verb}, or below the link of the ticket where a browser keeps no cookies: defer,
    coming, cancel, rejoin, rating. The form says which number it is about.
    """
    verb = str(request.path_params["verb"])
    if verb not in VERBS:
        raise Problem(404, "not_found")
    fields = await form_fields(request)
    caller = holder(request, fields.get("of"))
    name = caller.ticket
    if name is None:
        return no_ticket(request)
    try:
        what = ask_of_form(request, caller, verb, name.branch, fields, number=name.number)
        await ask(site_of(request), what)
    except Problem as problem:
        if wants_json(request):
            return problem_response(problem, language_of_request(request))
        return see_other(request, back_to(request, caller), flash=problem)
    if wants_json(request):
        return _json(view_of(site_of(request), name, language_of_request(request)))
    return see_other(request, back_to(request, caller))


def back_to(request: Request, caller: Caller) -> str:
    """The page a ticket's form was posted from."""
    secret = request.path_params.get("secret")
    if secret is not None:
        return link_path(secret)
    return ticket_path(caller.ticket, caller.held) if caller.ticket else "/ticket"


def page_of(request: Request, name: TicketName, at: str = "") -> Response:
    """The page of a ticket. `at`: its link, where the browser keeps nothing; such a page loads
    itself again, for it can hold no socket.
    """
    site, held = site_of(request), held_tickets(request)
    view = view_of(site, name, language_of_request(request))
    secret = secret_of(site, name)
    link = site.keys.ticket_link(secret, base_of(request)) if secret else ""
    return render(
        request,
        "ticket/ticket.html",
        view=view,
        at=at or "/ticket",
        of="" if at else str(name),
        others=others_than(name, site, held),
        link=link,
        way_out=way_out(request, link),
        one_each=site.days.plan(name.branch).rules.one_live_ticket,
        refresh_s=REFRESH_NEAR_S if "awake" in view.face.blocks else REFRESH_S,
        check=_check(site, name),
    )


def _check(site: Site, name: TicketName) -> str:
    ticket = site.days.ticket(name.branch, name.date, name.number)
    return check_code(site.keys, ticket.ticket_id) if ticket is not None else ""


def no_ticket(request: Request) -> Response:
    """This browser keeps no such number."""
    if wants_json(request):
        return problem_response(Problem(401, "sign_in_needed"), language_of_request(request))
    site, held = site_of(request), held_tickets(request)
    return render(
        request,
        "ticket/none.html",
        404,
        branches=list(site.days.branches().values()),
        others=others_than(None, site, held),
    )


def wants_json(request: Request) -> bool:
    """Does the page's own module ask?"""
    return request.headers.get("accept", "").startswith("application/json")


def _json(view: wire.TicketView) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(wire.encode(view), 200, headers, "application/json")
