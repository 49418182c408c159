"""A participant's button "erase my data", and the page that says what is gone and what stays.

Must not know what is erased, nor how.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from queue_server.look.words import Words
from queue_server.web import cookies
from queue_server.web.context import branch_of, site_of
from queue_server.web.erasing import erase_own
from queue_server.web.errors import Problem
from queue_server.web.identity import person
from queue_server.web.respond import language_of_request, render, see_other


async def erase_post(request: Request) -> Response:
    """POST /ticket/erase."""
    try:
        erased = await erase_own(site_of(request), await person(request))
    except Problem as problem:
        return see_other(request, "/ticket", flash=problem)
    if erased.live:
        words = Words(language_of_request(request))
        return see_other(request, "/ticket", flash=words("privacy-erased-live"))
    response = see_other(request, f"/erased/{erased.name.branch}")
    for cookie in (cookies.TICKET, cookies.BROWSER, cookies.JOIN):
        cookies.drop(request, response, cookie)
    return response


async def erased_page(request: Request) -> Response:
    """GET /erased/{branch}."""
    plan = site_of(request).days.plan(branch_of(request))
    return render(request, "privacy/erased.html", plan=plan)
