"""The hall's code, scanned by a phone: it proves the numbers that wait for it, else the next one.

Must not know what the join page asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from queue_server.asking.ask import Ask
from queue_server.asking.joining.proving import need_code
from queue_server.asking.joining.scans import Scan
from queue_server.look.words import Words
from queue_server.people.keys import TicketName
from queue_server.web.asked import ask, with_status
from queue_server.web.context import Site, site_of
from queue_server.web.errors import Problem
from queue_server.web.identity import Caller
from queue_server.web.inside import is_inside
from queue_server.web.pages.held import living, ticket_path
from queue_server.web.respond import language_of_request, see_other
from queue_server.web.tickets import keep_browser, keep_scan

KEPT_IN_ADDRESS: Final = "kept"
"""Marks an address whose code has been taken already."""


async def scanned(
    request: Request, branch: str, code: str, caller: Caller, own: TicketName | None
) -> Response:
    """The hall's code, just scanned: for numbers that wait for it, else for a new one."""
    site, mine = site_of(request), own is not None and own.branch == branch
    to_own = ticket_path(own, caller.held) if own is not None and mine else ""
    try:
        if unproven := _unproven(site, caller, branch):
            for name in unproven:
                about = replace(caller, ticket=name)
                await ask(site, Ask("prove_own", about, branch, _with_code(code), name.number))
            words = Words(language_of_request(request))
            return see_other(request, to_own, flash=words("phone-proven"))
        if mine and not wants_another(request, site, branch):
            return see_other(request, to_own)
        with with_status():
            need_code(site, caller, branch, code)
    except Problem as problem:
        response = see_other(request, to_own or f"/b/{branch}", flash=problem)
        keep_browser(request, response)
        return response
    response = see_other(request, _after_scan(request, branch, code))
    keep_scan(request, response, branch)
    return response


def _with_code(code: str) -> Callable[[Callable[..., Any]], Any]:
    return lambda shape: shape(code)


def _unproven(site: Site, caller: Caller, branch: str) -> tuple[TicketName, ...]:
    """The numbers of this phone that wait for the hall's code: a family's are proven together."""
    found = living(site, caller.held).items()
    return tuple(name for name, view in found if name.branch == branch and view.stage == "unproven")


def _after_scan(request: Request, branch: str, code: str) -> str:
    """Inside an app's own browser the address keeps the code for its minute, so that opening it in
    the phone's real browser is a scan as well.
    """
    again = [("another", "1")] if "another" in request.query_params else []
    if is_inside(request) and KEPT_IN_ADDRESS not in request.query_params:
        again += [("j", code), (KEPT_IN_ADDRESS, "1")]
    return f"/b/{branch}" + (f"?{urlencode(again)}" if again else "")


def scan_of(site: Site, caller: Caller, branch: str) -> Scan | None:
    """What this browser kept of the hall's code of this branch; None when nothing."""
    if caller.join is None:
        return None
    return site.scans.read(branch, caller.join, caller.browser)


def wants_another(request: Request, site: Site, branch: str) -> bool:
    """Is it for somebody else with this phone, in a branch that gives one browser several?"""
    return "another" in request.query_params and not site.days.plan(branch).rules.one_live_ticket


def goes_along(request: Request, site: Site, caller: Caller, branch: str) -> bool:
    """Has the code done its work, and stays in the address only to be taken out of an app?"""
    if KEPT_IN_ADDRESS not in request.query_params or not is_inside(request):
        return False
    scan = scan_of(site, caller, branch)
    return scan is not None and scan.is_right
