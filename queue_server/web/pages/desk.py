"""The officer's pages: choosing a counter, and the desk itself.

Owns what the desk's address and buttons mean. What the page says is `desk_shown`'s.
"""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from queue_server import wire
from queue_server.asking.verb import Answered
from queue_server.asking.verbs import buttons
from queue_server.live import finding
from queue_server.live.topics import DeskTopic, GuardTopic
from queue_server.look.words import Words
from queue_server.people.policy import may, only_at_held_counter
from queue_server.web.context import Site
from queue_server.web.entered import Entered
from queue_server.web.errors import Problem
from queue_server.web.identity import Caller
from queue_server.web.pages.choice_shown import DeskChoice
from queue_server.web.pages.desk_shown import LISTS, Desk
from queue_server.web.pages.doing import Buttons, Pressed, PressRefused
from queue_server.web.pages.looking import Looking, look
from queue_server.web.pages.shown import PlanWords
from queue_server.web.respond import render, see_other

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


async def choose_desk(entered: Entered) -> Response:
    """GET /desk: the counters of every branch this person may work in."""
    site, caller = entered.site, entered.caller
    branches = [one for one in site.days.branches() if may(caller, "desk_page", one)]
    choices = [_choice(site, entered.words, caller, one) for one in branches]
    return render(entered.request, "desk/choose.html", branches=choices, me=caller.name)


def _choice(site: Site, words: Words, caller: Caller, branch: str) -> DeskChoice:
    view = site.hub.view(GuardTopic(branch))
    own = frozenset(site.days.counters_held(branch, caller.by))
    plan = finding.plan(site.hub, branch)
    return DeskChoice(view, plan, PlanWords(words, plan), own)


async def desk_page(entered: Entered) -> Response:
    """GET /desk/{branch}/{counter}"""
    return await _page(entered)


def _back(entered: Entered, _what: Pressed, _done: Answered) -> Response:
    counter = _counter(entered)
    looking = _looking(entered, counter)
    return see_other(entered.request, f"/desk/{entered.branch}/{counter}{looking.address}")


async def _page(entered: Entered, refused: PressRefused | None = None) -> Response:
    request, site, caller = entered.request, entered.site, entered.caller
    branch, counter = entered.branch, _counter(entered)
    view, plan = _view(site, branch, counter), finding.plan(site.hub, branch)
    looking = _looking(entered, counter)
    picked = refused.what.number if refused else request.query_params.get("ticket", "")
    desk = Desk(
        view,
        plan,
        site.now(),
        mine=_mine(site, caller, branch, counter),
        may_next=_may_next(site, caller, branch),
        may_work=may(caller, "call_next", branch),
        gives_up=_gives_up(site, caller, branch),
        looking=looking,
        picked=finding.ticket(site.hub, branch, picked[:NUMBER_LETTERS_MAX]),
    )
    return render(
        request,
        "desk/desk.html",
        refused.status if refused else 200,
        view=view,
        desk=desk,
        now=desk.now,
        shown=PlanWords(entered.words, plan),
        looking=looking,
        keep=looking.address,
        me=caller.name,
        here=f"/desk/{branch}/{counter}",
        refused=refused and desk.placed(refused.shown),
    )


def _counter(entered: Entered) -> str:
    return str(entered.request.path_params["counter"])


def _looking(entered: Entered, counter: str) -> Looking:
    asked = entered.request.query_params
    try:
        return look(entered.site.hub, entered.branch, asked, LISTS, counter)
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


def _gives_up(site: Site, caller: Caller, branch: str) -> tuple[str, ...]:
    """What an officer moves away from, by opening this counter."""
    if not only_at_held_counter(caller.role):
        return ()
    return tuple(site.days.gives_up(branch, caller.by))


def _may_next(site: Site, caller: Caller, branch: str) -> bool:
    granted = site.days.may_hand_to_front(branch)
    return may(caller, "transfer_next", branch, granted=granted)


BUTTONS: Final = Buttons(buttons("desk"), PLACES, _page, _back)
