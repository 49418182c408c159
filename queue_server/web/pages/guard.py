"""The guard's pages: the tablet at the door, and the slip of paper.

Owns what their addresses and buttons mean. What the page says is `floor_shown`'s.
"""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from queue_server import wire
from queue_server.asking.verb import Answered
from queue_server.asking.verbs import buttons
from queue_server.live import finding
from queue_server.live.topics import GuardTopic, TicketTopic
from queue_server.people.keys import TicketName
from queue_server.people.policy import may
from queue_server.web.entered import Entered
from queue_server.web.errors import Problem
from queue_server.web.pages.doing import Buttons, Pressed, PressRefused
from queue_server.web.pages.floor_shown import HANDS, Floor
from queue_server.web.pages.looking import look
from queue_server.web.pages.shown import PlanWords
from queue_server.web.respond import base_of, render, see_other
from queue_server.web.tickets import secret_of

PLACES: Final = {"issue": "issue", "notice": "notice", "continue_numbers": "restored"}


async def guard_page(entered: Entered) -> Response:
    """GET /guard/{branch}; `?q=` finds a number, `?list=` turns the pages of a list."""
    return await _page(entered)


def _lead_on(entered: Entered, what: Pressed, done: Answered) -> Response:
    """A number leads to its slip, all else back to the door."""
    request, branch = entered.request, entered.branch
    if isinstance(done.answer, wire.IssueAnswer):
        return see_other(request, _slip_of(branch, done.answer, what.fields.get("print", "")))
    looking = look(entered.site.hub, branch, request.query_params, HANDS)
    on = "on" if what.fields.get("on") == "true" else "off"
    verb = f"prioritise-{on}" if what.verb == "prioritise" else what.verb.replace("_", "-")
    back = f"/guard/{branch}{looking.address}"
    return see_other(request, back, flash=entered.words(f"guard-done-{verb}", number=what.number))


def _slip_of(branch: str, answer: wire.IssueAnswer, at_once: str) -> str:
    return f"/guard/{branch}/slip/{answer.number}{'?print=now' if at_once else ''}"


async def _page(entered: Entered, refused: PressRefused | None = None) -> Response:
    request, site, caller = entered.request, entered.site, entered.caller
    branch = entered.branch
    view = site.hub.view(GuardTopic(branch))
    looking = look(site.hub, branch, request.query_params, HANDS)
    floor = Floor(view, site.now(), looking)
    return render(
        request,
        "guard/guard.html",
        refused.status if refused else 200,
        view=view,
        floor=floor,
        now=floor.now,
        shown=PlanWords(entered.words, finding.plan(site.hub, branch)),
        looking=looking,
        keep=looking.address,
        me=caller.name,
        here=f"/guard/{branch}",
        supervisor_link=f"/supervisor/{branch}" if may(caller, "supervisor_page", branch) else None,
        refused=refused and floor.placed(refused.shown),
    )


async def slip(entered: Entered) -> Response:
    """GET /guard/{branch}/slip/{number}: as often as needed; `?print=now` prints by itself."""
    request, site, branch = entered.request, entered.site, entered.branch
    number = str(request.path_params["number"]).upper()
    view = site.hub.view(GuardTopic(branch))
    ticket = finding.ticket(site.hub, branch, number)
    today = site.days.date(branch)
    secret = secret_of(site, TicketName(branch, today, number))
    if ticket is None or secret is None:
        raise Problem(404, "unknown_ticket", number=number[:20])
    return render(
        request,
        "guard/slip.html",
        view=view,
        ticket=ticket,
        standing=site.hub.view(TicketTopic(branch, today, number)),
        now=site.now(),
        link=site.keys.ticket_link(secret, base_of(request)),
        back=f"/guard/{branch}",
        printing=request.query_params.get("print") == "now",
        ended=ticket.state in wire.OVER,
    )


BUTTONS: Final = Buttons(buttons("guard"), PLACES, _page, _lead_on)
