"""The officer's pages: choosing a counter, and the desk itself.

Owns what the desk's address and buttons mean. What the page says is `desk_shown`'s.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire
from queue_server.asking.verbs import buttons
from queue_server.live import finding
from queue_server.live.topics import DeskTopic, GuardTopic
from queue_server.look.words import Words
from queue_server.people.policy import may, only_at_held_counter
from queue_server.web.context import Site, branch_of, site_of
from queue_server.web.errors import Problem
from queue_server.web.identity import Caller, staff
from queue_server.web.pages.choice_shown import DeskChoice
from queue_server.web.pages.desk_shown import LISTS, Desk
from queue_server.web.pages.doing import Pressed, carry_out, pressed, refused
from queue_server.web.pages.looking import Looking, look
from queue_server.web.pages.shown import PlanWords, RefusalShown
from queue_server.web.policy import need
from queue_server.web.respond import language_of_request, refused_with, render, see_other

# Where a refusal of these is shown; of every other verb, at the ticket's own place.
PLACES: Final = {
    "call_next": "call",
    "open": "call",
    "resume": "call",
    "undo": "call",
    "pause": "bar",
    "close": "bar",
}
NUMBER_LETTERS_MAX: Final = 10
DESK_VERBS: Final = buttons("desk")


async def choose_desk(request: Request) -> Response:
    """GET /desk: the counters of every branch this person may work in."""
    caller, site = await staff(request), site_of(request)
    need(caller, "desk_page", caller.branch or next(iter(site.days.branches()), None))
    words = Words(language_of_request(request))
    branches = [one for one in site.days.branches() if may(caller, "desk_page", one)]
    choices = [_choice(site, words, caller, one) for one in branches]
    return render(request, "desk/choose.html", branches=choices, me=caller.name)


def _choice(site: Site, words: Words, caller: Caller, branch: str) -> DeskChoice:
    view = site.hub.view(GuardTopic(branch))
    own = frozenset(site.days.counters_held(branch, caller.by))
    plan = finding.plan(site.hub, branch)
    return DeskChoice(view, plan, PlanWords(words, plan), own)


async def desk_page(request: Request) -> Response:
    """GET /desk/{branch}/{counter}"""
    branch = branch_of(request)
    caller = await staff(request)
    need(caller, "desk_page", branch)
    return _page(request, caller, branch)


async def desk_command(request: Request) -> Response:
    """POST /desk/{branch}/{counter}/do/{verb}: back to the desk, or the desk with the refusal."""
    branch = branch_of(request)
    caller = await staff(request)
    need(caller, "desk_page", branch)
    what = await pressed(request, DESK_VERBS)
    counter = str(request.path_params["counter"])
    try:
        await carry_out(request, caller, branch, what, counter=counter)
    except Problem as problem:
        refusal = refused(request, problem, PLACES.get(what.verb, what.number))
        return refused_with(problem, _page(request, caller, branch, what, refusal, problem.status))
    looking = _looking(request, branch, counter)
    return see_other(request, f"/desk/{branch}/{counter}{looking.address}")


def _page(
    request: Request,
    caller: Caller,
    branch: str,
    what: Pressed | None = None,
    refusal: RefusalShown | None = None,
    status: int = 200,
) -> Response:
    counter = str(request.path_params["counter"])
    site = site_of(request)
    view, plan = _view(site, branch, counter), finding.plan(site.hub, branch)
    looking = _looking(request, branch, counter)
    picked = what.number if what else request.query_params.get("ticket", "")
    desk = Desk(
        view,
        plan,
        site.now(),
        mine=_mine(site, caller, branch, counter),
        may_next=_may_next(site, caller, branch),
        looking=looking,
        picked=finding.ticket(site.hub, branch, picked[:NUMBER_LETTERS_MAX]),
    )
    return render(
        request,
        "desk/desk.html",
        status,
        view=view,
        desk=desk,
        now=desk.now,
        shown=PlanWords(Words(language_of_request(request)), plan),
        looking=looking,
        keep=looking.address,
        me=caller.name,
        here=f"/desk/{branch}/{counter}",
        refused=refusal and desk.placed(refusal),
    )


def _looking(request: Request, branch: str, counter: str) -> Looking:
    try:
        return look(site_of(request).hub, branch, request.query_params, LISTS, counter)
    except KeyError:
        raise _unknown(counter) from None


def _unknown(counter: str) -> Problem:
    return Problem(404, "unknown_counter", counter=counter[:80])


def _view(site: Site, branch: str, counter: str) -> wire.DeskView:
    try:
        return site.hub.view(DeskTopic(branch, counter))
    except KeyError:
        raise _unknown(counter) from None


def _mine(site: Site, caller: Caller, branch: str, counter: str) -> bool:
    """May they press this desk's buttons? The rules decide again when they do."""
    if not may(caller, "call_next", branch):
        return False
    free = site.days.holder(branch, counter) in (None, caller.by)
    return free or not only_at_held_counter(caller.role)


def _may_next(site: Site, caller: Caller, branch: str) -> bool:
    granted = site.days.may_hand_to_front(branch)
    return may(caller, "transfer_next", branch, granted=granted)
