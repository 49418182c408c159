"""The link of a ticket, `/t/{secret}`: from now on this browser keeps the number, its address not.

A browser that holds another live number is asked first: nothing is swapped behind anybody's back.
One that keeps no cookies is shown the ticket at this very address. Must not know what tickets say.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from queue_server.people.keys import TicketName
from queue_server.people.policy import may
from queue_server.web import cookies
from queue_server.web.context import Site, site_of
from queue_server.web.identity import staff
from queue_server.web.pages.held import (
    ASKED_AGAIN,
    Other,
    link_path,
    others_than,
    ticket_path,
    view_of,
)
from queue_server.web.pages.ticket import no_ticket, page_of
from queue_server.web.respond import render, see_other
from queue_server.web.tickets import held_tickets, keep_browser, keep_ticket, ticket_name


async def open_ticket(request: Request) -> Response:
    """GET /t/{secret}."""
    site, secret = site_of(request), str(request.path_params["secret"])
    name = ticket_name(site, secret)
    if name is None:
        return no_ticket(request)
    if may(await staff(request), "guard_page", name.branch):
        # A guard who scans somebody's phone wants to find the number, not to become its holder.
        return see_other(request, f"/guard/{name.branch}?q={name.number}")
    held = held_tickets(request)
    if name in held:
        return see_other(request, ticket_path(name, held))
    if others := others_than(name, site, held):
        return _ask(request, site, name, others)
    if cookies.read(request, cookies.BROWSER) is None and ASKED_AGAIN in request.query_params:
        return page_of(request, name, at=f"/t/{secret}")
    return opened(request, secret)


async def keep_too(request: Request) -> Response:
    """POST /t/{secret}: yes, this number as well."""
    secret = str(request.path_params["secret"])
    if ticket_name(site_of(request), secret) is None:
        return no_ticket(request)
    return opened(request, secret)


def opened(request: Request, secret: str) -> Response:
    """Gives the browser the number and leads to it, by way of its link where the browser has never
    yet shown that it keeps cookies.
    """
    knows_us = cookies.read(request, cookies.BROWSER) is not None
    response = see_other(request, "/ticket" if knows_us else link_path(secret))
    keep_ticket(request, response, secret)
    keep_browser(request, response)
    return response


def _ask(request: Request, site: Site, name: TicketName, others: tuple[Other, ...]) -> Response:
    view = view_of(site, name)
    return render(request, "ticket/another.html", view=view, others=others)
