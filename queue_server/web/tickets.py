"""What a phone carries: its ticket's secret, its browser's cookie, the scan of the hall's QR.

Owns how these become and prove something. Must not know the rules of issuing.
"""

from __future__ import annotations

import hmac
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server.people.keys import TicketName, new_token, read_ticket_name
from queue_server.web import cookies
from queue_server.web.context import Site, site_of

_SCAN_REMEMBERED_S: Final = 3_600


def ticket_name(site: Site, secret: str) -> TicketName | None:
    """The ticket this secret opens, of today or of the day before; None when it opens none."""
    name = read_ticket_name(secret)
    if name is None:
        return None
    ticket = site.days.ticket(name.branch, name.date, name.number)
    if ticket is None:
        return None
    right = site.keys.ticket_secret(name.branch, name.date, name.number, ticket.ticket_id)
    return name if hmac.compare_digest(right.encode(), secret.encode()) else None


def secret_of(site: Site, name: TicketName) -> str | None:
    """The secret of a ticket, made again; None when there is no such ticket any more."""
    ticket = site.days.ticket(name.branch, name.date, name.number)
    if ticket is None:
        return None
    return site.keys.ticket_secret(name.branch, name.date, name.number, ticket.ticket_id)


def keep_ticket(request: Request, response: Response, secret: str) -> None:
    """From now on this browser holds the ticket. Its scan is used up."""
    seconds = site_of(request).settings.ticket_cookie_s
    cookies.keep(request, response, cookies.TICKET, secret, seconds)
    cookies.drop(request, response, cookies.JOIN)


def keep_browser(request: Request, response: Response) -> str:
    """The browser's own random name; gives it one where it has none yet."""
    name = cookies.read(request, cookies.BROWSER)
    if name is None:
        name, seconds = new_token(), site_of(request).settings.browser_cookie_s
        cookies.keep(request, response, cookies.BROWSER, name, seconds)
    return name


def keep_scan(request: Request, response: Response, branch: str) -> None:
    """From now on this browser can show that it scanned the hall's QR, for a short while.

    The cookie outlives the scan a little, so that a page can say what has become of it.
    """
    site = site_of(request)
    scan = site.scans.make(branch, keep_browser(request, response))
    cookies.keep(request, response, cookies.JOIN, scan, _SCAN_REMEMBERED_S)
