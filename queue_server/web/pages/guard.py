"""The guard's pages: the tablet at the door, and the slip of paper.

Owns what their addresses and buttons mean. What the page says is `floor_shown`'s.
"""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from queue_server import wire
from queue_server.asking.verbs import buttons
from queue_server.live import finding
from queue_server.live.topics import GuardTopic
from queue_server.look.words import Words
from queue_server.people.keys import TicketName
from queue_server.people.policy import may
from queue_server.web.entered import Entered
from queue_server.web.errors import Problem
from queue_server.web.pages.doing import carry_out, pressed, refused
from queue_server.web.pages.floor_shown import HANDS, Floor
from queue_server.web.pages.looking import look
from queue_server.web.pages.shown import PlanWords, RefusalShown
from queue_server.web.respond import base_of, language_of_request, refused_with, render, see_other
from queue_server.web.tickets import secret_of

PLACES: Final = {"issue": "issue", "notice": "notice", "continue_numbers": "restored"}
GUARD_VERBS: Final = buttons("guard")


async def guard_page(entered: Entered) -> Response:
    """GET /guard/{branch}; `?q=` finds a number, `?list=` turns the pages of a list."""
    return _page(entered)


async def guard_command(entered: Entered) -> Response:
    """POST /guard/{branch}/do/{verb}: a number leads to its slip, all else back to the door."""
    request, branch = entered.request, entered.branch
    what = await pressed(request, GUARD_VERBS)
    try:
        done = await carry_out(entered, what)
    except Problem as problem:
        place = PLACES.get(what.verb, what.number)
        refusal = refused(request, problem, place)
        return refused_with(problem, _page(entered, refusal, problem.status))
    if isinstance(done.answer, wire.IssueAnswer):
        return see_other(request, _slip_of(branch, done.answer, what.fields.get("print", "")))
    looking = look(entered.site.hub, branch, request.query_params, HANDS)
    words = Words(language_of_request(request))
    on = "on" if what.fields.get("on") == "true" else "off"
    verb = f"prioritise-{on}" if what.verb == "prioritise" else what.verb.replace("_", "-")
    back = f"/guard/{branch}{looking.address}"
    return see_other(request, back, flash=words(f"guard-done-{verb}", number=what.number))


def _slip_of(branch: str, answer: wire.IssueAnswer, at_once: str) -> str:
    return f"/guard/{branch}/slip/{answer.number}{'?print=now' if at_once else ''}"


def _page(entered: Entered, refusal: RefusalShown | None = None, status: int = 200) -> Response:
    request, site, caller = entered.request, entered.site, entered.caller
    branch = entered.branch
    view = site.hub.view(GuardTopic(branch))
    looking = look(site.hub, branch, request.query_params, HANDS)
    floor = Floor(view, site.now(), looking)
    words = Words(language_of_request(request))
    return render(
        request,
        "guard/guard.html",
        status,
        view=view,
        floor=floor,
        now=floor.now,
        shown=PlanWords(words, finding.plan(site.hub, branch)),
        looking=looking,
        keep=looking.address,
        me=caller.name,
        here=f"/guard/{branch}",
        supervisor_link=f"/supervisor/{branch}" if may(caller, "supervisor_page", branch) else None,
        refused=refusal and floor.placed(refusal),
    )


async def slip(entered: Entered) -> Response:
    """GET /guard/{branch}/slip/{number}: as often as needed; `?print=now` prints by itself."""
    request, site, branch = entered.request, entered.site, entered.branch
    number = str(request.path_params["number"]).upper()
    view = site.hub.view(GuardTopic(branch))
    ticket = finding.ticket(site.hub, branch, number)
    secret = secret_of(site, TicketName(branch, site.days.date(branch), number))
    if ticket is None or secret is None:
        raise Problem(404, "unknown_ticket", number=number[:20])
    return render(
        request,
        "guard/slip.html",
        view=view,
        ticket=ticket,
        link=site.keys.ticket_link(secret, base_of(request)),
        back=f"/guard/{branch}",
        printing=request.query_params.get("print") == "now",
        ended=ticket.state in wire.OVER,
    )
