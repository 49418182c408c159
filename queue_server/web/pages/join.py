"""The join page: one question, which service. Its answer is a number.

Owns what a person is told before taking one. Must not know how a number is issued.
"""

from __future__ import annotations

import random
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire
from queue_server.asking.ask import Ask
from queue_server.asking.joining.codes import Verdict
from queue_server.asking.joining.issuing import browser_of
from queue_server.asking.joining.proving import need_code
from queue_server.asking.joining.scans import Scan
from queue_server.live.topics import BranchTopic, TicketTopic
from queue_server.look.words import Words
from queue_server.people.keys import TicketName
from queue_server.web.asked import ask, with_status
from queue_server.web.bodies import form_fields
from queue_server.web.context import Site, branch_of, site_of
from queue_server.web.errors import Problem
from queue_server.web.forms import ask_of_form
from queue_server.web.identity import Caller, person
from queue_server.web.pages.ticket_face import can_begin_anew
from queue_server.web.respond import language_of_request, render, see_other
from queue_server.web.tickets import keep_browser, keep_scan, keep_ticket

# A closed page opens itself. Spread, for a whole queue at the door holds the same page.
REOPEN_MIN_S: Final = 20
REOPEN_MAX_S: Final = 600
REOPEN_SPREAD_S: Final = 15
FULL_AGAIN_S: Final = 60  # a place may be given back, a long wait become shorter
_KEPT: Final = ("service", "priority")  # what need not be chosen again after a refusal


async def join_page(request: Request) -> Response:
    """GET /b/{branch}; `?j=` is the hall's code, kept as a cookie and taken out of the address."""
    branch = branch_of(request)
    caller = await person(request)
    own = _own_ticket(site_of(request), caller)
    code = request.query_params.get("j")
    if code is not None:
        return await _scanned(request, branch, code, caller, own)
    if own is not None and own.branch == branch:
        return see_other(request, "/ticket")
    response = _page(request, branch, caller, own)
    keep_browser(request, response)
    return response


async def take_ticket(request: Request) -> Response:
    """POST /b/{branch}/ticket: leads to the number, or back with the reason why not."""
    branch = branch_of(request)
    fields = await form_fields(request)
    was_proven = "scanned" in fields
    back = f"/b/{branch}?{urlencode({name: fields.get(name, '')[:5] for name in _KEPT})}"
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
    response = see_other(request, "/ticket")
    if done.answer.secret is not None:
        keep_ticket(request, response, done.answer.secret)
    keep_browser(request, response)
    return response


async def _need_scan(site: Site, caller: Caller, branch: str) -> None:
    """Somebody was told that this number would count at once: it does, or none is taken.

    Whoever holds a number here is given it again, and an answer lost on the way is repeated.
    """
    scan = _scan(site, caller, branch)
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
    return any(not can_begin_anew(_view_of(site, name)) for name in names)


async def _scanned(
    request: Request, branch: str, code: str, caller: Caller, own: wire.TicketView | None
) -> Response:
    """The hall's code, just scanned: for a number that waits for it, else for a new one."""
    site, mine = site_of(request), own is not None and own.branch == branch
    try:
        if own is not None and mine and own.stage == "unproven":
            what = Ask("prove_own", caller, branch, lambda shape: shape(code), own.number)
            await ask(site, what)
            words = Words(language_of_request(request))
            return see_other(request, "/ticket", flash=words("phone-proven"))
        if mine:
            return see_other(request, "/ticket")
        with with_status():
            need_code(site, caller, branch, code)
    except Problem as problem:
        response = see_other(request, "/ticket" if mine else f"/b/{branch}", flash=problem)
        keep_browser(request, response)
        return response
    response = see_other(request, f"/b/{branch}")
    keep_scan(request, response, branch)
    return response


def _page(request: Request, branch: str, caller: Caller, own: wire.TicketView | None) -> Response:
    site = site_of(request)
    view = site.hub.view(BranchTopic(branch))
    plan = site.days.plan(branch)
    now = site.now()
    scan = _scan(site, caller, branch)
    proven = scan is not None and scan.is_right
    state = _state(view, proven)
    return render(
        request,
        "join/join.html",
        view=view,
        now=now,
        own=own,
        proven=proven,
        until=scan.until if scan is not None and proven else None,
        is_over=scan is not None and scan.verdict is Verdict.SCAN_OVER,
        state=state,
        given=_given(view, proven),
        lapse_min=plan.rules.unproven_lapse_min,
        reopen_s=_full_again_s() if state == "full" else _reopen_s(view, now),
        chosen={name: request.query_params.get(name, "") for name in _KEPT},
    )


def _scan(site: Site, caller: Caller, branch: str) -> Scan | None:
    """What this browser kept of the hall's code of this branch; None when nothing."""
    if caller.join is None:
        return None
    return site.scans.read(branch, caller.join, caller.browser)


def _state(view: wire.BranchView, proven: bool) -> str:
    """Which page it is: the question, or why there is none now."""
    if not view.open:
        return "closed"
    if not proven and not view.unproven_allowed:
        return "scan"
    if view.services and not _given(view, proven):
        return "full"
    return "question"


def _given(view: wire.BranchView, proven: bool) -> frozenset[str]:
    """The services of which somebody who looks now, from the hall or from afar, gets a number."""
    wanted = [one for one in view.services if not one.too_long]
    return frozenset(one.letter for one in wanted if (one.left if proven else one.left_afar) != 0)


def _own_ticket(site: Site, caller: Caller) -> wire.TicketView | None:
    """The number this browser holds, unless it is over."""
    if caller.ticket is None:
        return None
    view = _view_of(site, caller.ticket)
    return None if can_begin_anew(view) else view


def _view_of(site: Site, name: TicketName) -> wire.TicketView:
    return site.hub.view(TicketTopic(name.branch, name.date, name.number))


def _full_again_s() -> int:
    """In how many seconds a page without any number to give looks again."""
    return FULL_AGAIN_S + random.randrange(REOPEN_SPREAD_S)  # noqa: S311 - spreads load


def _reopen_s(view: wire.BranchView, now: datetime) -> int | None:
    """In how many seconds a closed page looks again."""
    if view.open or view.opens_at is None:
        return None
    left_s = int((view.opens_at - now).total_seconds())
    spread_s = random.randrange(REOPEN_SPREAD_S)  # noqa: S311 - spreads load, hides nothing
    return min(max(left_s, REOPEN_MIN_S), REOPEN_MAX_S) + spread_s
