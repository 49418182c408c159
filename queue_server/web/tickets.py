"""What a phone carries: its ticket's secret, its browser's cookie, the scan of the hall's QR.

Owns how these become and prove something. Must not know the rules of issuing.
"""

from __future__ import annotations

import hmac
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from queue_server.web import cookies
from queue_server.web.context import Site, site_of
from queue_server.web.keys import TicketName, new_token, read_ticket_name


def ticket_name(site: Site, secret: str) -> TicketName | None:
    """The ticket this secret opens, of today or of the day before; None when it opens none."""
    name = read_ticket_name(secret)
    if name is None:
        return None
    day = site.days.day_of(name.branch, name.date)
    ticket = day.tickets.get(name.number) if day is not None else None
    if ticket is None:
        return None
    right = site.keys.ticket_secret(name.branch, name.date, name.number, ticket.ticket_id)
    return name if hmac.compare_digest(right.encode(), secret.encode()) else None


def secret_of(site: Site, name: TicketName) -> str | None:
    """The secret of a ticket, made again; None when there is no such ticket any more."""
    day = site.days.day_of(name.branch, name.date)
    ticket = day.tickets.get(name.number) if day is not None else None
    if ticket is None:
        return None
    return site.keys.ticket_secret(name.branch, name.date, name.number, ticket.ticket_id)


def keep_ticket(request: Request, response: Response, secret: str) -> None:
    """From now on this browser holds the ticket. Its scan is used up."""
    seconds = site_of(request).settings.ticket_cookie_s
    cookies.keep(request, response, cookies.TICKET, secret, seconds)
    cookies.drop(request, response, cookies.JOIN)


def keep_browser(request: Request, response: Response) -> None:
    """Gives the browser a name of its own, where it has none yet."""
    if cookies.read(request, cookies.BROWSER) is None:
        seconds = site_of(request).settings.browser_cookie_s
        cookies.keep(request, response, cookies.BROWSER, new_token(), seconds)


def scan(request: Request, response: Response, branch: str, code: str) -> bool:
    """Keeps a fresh scan of the hall's QR in the browser; False when the code is not this run's."""
    site = site_of(request)
    if not site.keys.join_code_fits(branch, code):
        return False
    seconds = site.settings.join_cookie_s
    until = site.now() + timedelta(seconds=seconds)
    cookies.keep(request, response, cookies.JOIN, site.keys.scan(branch, until), seconds)
    return True
