"""A participant's button "erase my data", and the page that says what is gone and what stays.

Must not know what is erased, nor how.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from queue_server.asking.ask import Ask
from queue_server.look.words import Words
from queue_server.web import cookies
from queue_server.web.asked import ask
from queue_server.web.bodies import form_fields
from queue_server.web.context import branch_of, site_of
from queue_server.web.errors import Problem
from queue_server.web.identity import Caller, holder
from queue_server.web.pages.ticket import back_to
from queue_server.web.respond import language_of_request, render, see_other
from queue_server.web.tickets import let_go


async def erase_post(request: Request) -> Response:
    """POST /ticket/erase, or below the link of the ticket. Other numbers of this phone stay."""
    fields = await form_fields(request)
    caller = holder(request, fields.get("of"))
    back = back_to(request, caller)
    try:
        branch = caller.ticket_branch or ""
        what = Ask("erase", caller, branch, lambda shape: shape(), _number(caller))
        erased = (await ask(site_of(request), what)).answer
    except Problem as problem:
        return see_other(request, back, flash=problem)
    if erased.live:
        words = Words(language_of_request(request))
        return see_other(request, back, flash=words("privacy-erased-live"))
    response = see_other(request, f"/erased/{branch}")
    if caller.ticket is not None:
        let_go(request, response, caller.ticket)
    if set(caller.held) <= {caller.ticket}:
        for cookie in (cookies.BROWSER, cookies.JOIN):
            cookies.drop(request, response, cookie)
    return response


def _number(caller: Caller) -> str:
    return caller.ticket.number if caller.ticket else ""


async def erased_page(request: Request) -> Response:
    """GET /erased/{branch}."""
    plan = site_of(request).days.plan(branch_of(request))
    return render(request, "privacy/erased.html", plan=plan)
