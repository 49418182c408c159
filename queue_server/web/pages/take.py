"""The join page's one form: its answer is a number, or the reason why not.

Must not know how a number is issued.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire
from queue_server.asking.joining.codes import Verdict
from queue_server.asking.joining.issuing import browser_of
from queue_server.look.words import Words
from queue_server.people.keys import TicketName
from queue_server.web.asked import ask
from queue_server.web.bodies import form_fields
from queue_server.web.context import Site, branch_of, site_of
from queue_server.web.errors import Problem
from queue_server.web.forms import ask_of_form
from queue_server.web.identity import Caller, person
from queue_server.web.pages.held import living
from queue_server.web.pages.scan import scan_of
from queue_server.web.pages.ticket_link import opened
from queue_server.web.respond import language_of_request, see_other

KEPT: Final = ("service", "priority")  # what need not be chosen again after a refusal


async def take_ticket(request: Request) -> Response:
    """POST /b/{branch}/ticket: leads to the number, or back with the reason why not."""
    branch = branch_of(request)
    fields = await form_fields(request)
    was_proven = "scanned" in fields
    kept = {name: fields.get(name, "")[:5] for name in KEPT}
    back = f"/b/{branch}?{urlencode(kept | ({'another': 1} if 'another' in fields else {}))}"
    if not fields.get("service"):
        words = Words(language_of_request(request))
        return see_other(request, back, flash=words("pages-join-choose"), kind="refused")
    try:
        caller = await person(request)
        if was_proven:
            await _need_scan(site_of(request), caller, branch)
        what = ask_of_form(request, caller, "issue", branch, fields)
        done = await ask(site_of(request), what)
    except Problem as problem:
        return see_other(request, back, flash=problem)
    assert isinstance(done.answer, wire.IssueAnswer)
    if done.answer.secret is None:
        return see_other(request, "/ticket")
    return opened(request, done.answer.secret)


async def _need_scan(site: Site, caller: Caller, branch: str) -> None:
    """Somebody was told that this number would count at once: it does, or none is taken.

    Whoever holds a number here is given it again, and an answer lost on the way is repeated.
    """
    scan = scan_of(site, caller, branch)
    verdict = scan.verdict if scan is not None else Verdict.SCAN_OVER
    if verdict is Verdict.RIGHT or await _holds_one(site, caller, branch):
        return
    raise Problem(409, verdict.value)


async def _holds_one(site: Site, caller: Caller, branch: str) -> bool:
    """Has this browser a number that it would simply be given again?"""
    browser = await browser_of(site, caller, branch)
    if browser is None:
        return False
    day, numbers = site.days.date(branch), site.days.numbers_of_browser(branch, browser)
    names = (TicketName(branch, day, one) for one in numbers)
    return bool(living(site, tuple(names)))
