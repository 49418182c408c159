"""The join page: one question, which service. Its answer is a number.

Owns what a person is told before taking one. Must not know how a number is issued.
"""

from __future__ import annotations

import random
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire
from queue_server.asking.joining.codes import Verdict
from queue_server.live.topics import BranchTopic
from queue_server.people.keys import TicketName
from queue_server.web.context import Site, branch_of, site_of
from queue_server.web.identity import Caller, person
from queue_server.web.inside import way_out
from queue_server.web.pages.held import living, ticket_path, view_of
from queue_server.web.pages.scan import goes_along, scan_of, scanned, wants_another
from queue_server.web.pages.take import KEPT
from queue_server.web.respond import base_of, render, see_other
from queue_server.web.tickets import keep_browser

# A closed page opens itself. Spread, for a whole queue at the door holds the same page.
REOPEN_MIN_S: Final = 20
REOPEN_MAX_S: Final = 600
REOPEN_BY_HAND_S: Final = 30
REOPEN_SPREAD_S: Final = 15
FULL_AGAIN_S: Final = 60  # a place may be given back, a long wait become shorter


async def join_page(request: Request) -> Response:
    """GET /b/{branch}; `?j=` is the hall's code, kept as a cookie and taken out of the address.

    `?another`: for somebody else with this phone, where the branch gives one browser several.
    """
    site, branch = site_of(request), branch_of(request)
    caller = await person(request)
    own = _own_ticket(site, caller, branch)
    code = request.query_params.get("j")
    if code is not None and not goes_along(request, site, caller, branch):
        return await scanned(request, branch, code, caller, own)
    if own is not None and own.branch == branch and not wants_another(request, site, branch):
        return see_other(request, ticket_path(own, caller.held))
    response = _page(request, branch, caller, own)
    keep_browser(request, response)
    return response


def _page(request: Request, branch: str, caller: Caller, own: TicketName | None) -> Response:
    site = site_of(request)
    view = site.hub.view(BranchTopic(branch))
    plan = site.days.plan(branch)
    now = site.now()
    scan = scan_of(site, caller, branch)
    proven = scan is not None and scan.is_right
    given = _given(view, proven)
    state = _state(view, proven, given)
    return render(
        request,
        "join/join.html",
        view=view,
        now=now,
        own=view_of(site, own) if own is not None else None,
        own_path=ticket_path(own, caller.held) if own is not None else "",
        another=wants_another(request, site, branch),
        services=sorted(view.services, key=lambda one: one.letter not in given),
        way_out=way_out(request, f"{base_of(request)}{request.url.path}?{request.url.query}"),
        proven=proven,
        until=scan.until if scan is not None and proven else None,
        is_over=scan is not None and scan.verdict is Verdict.SCAN_OVER,
        state=state,
        given=given,
        lapse_min=plan.rules.unproven_lapse_min,
        reopen_s=_look_again_s(state, view.opens_at, now),
        chosen={name: request.query_params.get(name, "") for name in KEPT},
    )


def _state(view: wire.BranchView, proven: bool, given: frozenset[str]) -> str:
    """Which page it is: the question, or why there is none now."""
    if not view.open:
        return "closed"
    if not proven and not view.unproven_allowed:
        return "scan"
    if view.services and not given:
        return "full"
    return "question"


def _given(view: wire.BranchView, proven: bool) -> frozenset[str]:
    """The services of which somebody who looks now, from the hall or from afar, gets a number."""
    wanted = [one for one in view.services if not one.too_long]
    return frozenset(one.letter for one in wanted if (one.left if proven else one.left_afar) != 0)


def _own_ticket(site: Site, caller: Caller, branch: str) -> TicketName | None:
    """A living number of this browser: of this branch before any other."""
    found = living(site, caller.held)
    return next((one for one in found if one.branch == branch), next(iter(found), None))


def _look_again_s(state: str, opens_at: datetime | None, now: datetime) -> int | None:
    """In how many seconds a page without any number to give looks again; None while it has some.

    A place may be given back, and opened by hand it may be at any moment.
    """
    if state == "full":
        after_s = FULL_AGAIN_S
    elif state != "closed":
        return None
    elif opens_at is None:
        after_s = REOPEN_BY_HAND_S
    else:
        left_s = int((opens_at - now).total_seconds())
        after_s = min(max(left_s, REOPEN_MIN_S), REOPEN_MAX_S)
    return after_s + random.randrange(REOPEN_SPREAD_S)  # noqa: S311 - spreads load, hides nothing
