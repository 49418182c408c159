"""What a phone carries: its tickets' secrets, its browser's cookie, the scan of the hall's QR.

A phone may be a family's: it keeps a few numbers, the newest first, each reachable by its name.
Owns how these become and prove something. Must not know the rules of issuing.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import Final

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from queue_server.people.keys import TicketName, new_token, read_ticket_name
from queue_server.web import cookies
from queue_server.web.context import Site, site_of

HELD_MAX: Final = 5
"""Numbers one phone keeps: a family's, and a cookie of a few hundred letters."""
_BETWEEN: Final = "~"  # in no secret
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


def held_tickets(connection: HTTPConnection) -> tuple[TicketName, ...]:
    """The numbers this browser keeps, the newest first."""
    return tuple(_held(connection).values())


def chosen_ticket(held: tuple[TicketName, ...], of: str | None) -> TicketName | None:
    """The one a page is about, by its name; the newest where it names none."""
    if of:
        return next((one for one in held if str(one) == of), None)
    return held[0] if held else None


def keep_ticket(request: Request, response: Response, secret: str) -> None:
    """From now on this browser holds the ticket too. Its scan is used up."""
    others = [one for one in _held(request) if one != secret]
    _keep(request, response, [secret, *others[: HELD_MAX - 1]])
    cookies.drop(request, response, cookies.JOIN)


def let_go(request: Request, response: Response, name: TicketName) -> None:
    """This browser keeps the number no more; the others stay."""
    _keep(request, response, [secret for secret, one in _held(request).items() if one != name])


def _keep(request: Request, response: Response, secrets: Sequence[str]) -> None:
    if not secrets:
        cookies.drop(request, response, cookies.TICKET)
        return
    seconds = site_of(request).settings.ticket_cookie_s
    cookies.keep(request, response, cookies.TICKET, _BETWEEN.join(secrets), seconds)


def _held(connection: HTTPConnection) -> dict[str, TicketName]:
    """Secret -> ticket, of those that still open one."""
    site, kept = site_of(connection), cookies.read(connection, cookies.TICKET) or ""
    secrets = kept.split(_BETWEEN, HELD_MAX)[:HELD_MAX]
    found = ((one, ticket_name(site, one)) for one in secrets)
    return {secret: name for secret, name in found if name is not None}


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
