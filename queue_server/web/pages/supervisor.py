"""The supervisor's page: the day, its intake, the counters, and an honest overview.

Owns what its address and buttons mean. What the page says is `floor_shown`'s.
"""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from queue_server.asking.verbs import buttons
from queue_server.live import finding
from queue_server.live.topics import GuardTopic
from queue_server.look.words import Words
from queue_server.web.entered import Entered
from queue_server.web.errors import Problem
from queue_server.web.pages.doing import carry_out, pressed, refused
from queue_server.web.pages.floor_shown import Floor
from queue_server.web.pages.roads_shown import roads_shown
from queue_server.web.pages.shown import PlanWords, RefusalShown
from queue_server.web.respond import language_of_request, refused_with, render, see_other

PLACES: Final = {
    "open_day": "day",
    "close_day": "day",
    "open_intake": "day",
    "close_intake": "day",
    "close": "counters",
    "notice": "notice",
    "continue_numbers": "restored",
}


async def supervisor_page(entered: Entered) -> Response:
    """GET /supervisor/{branch}"""
    return await _page(entered)


async def supervisor_command(entered: Entered) -> Response:
    """POST /supervisor/{branch}/do/{verb}"""
    request = entered.request
    what = await pressed(request, buttons("supervisor"))
    try:
        counter = what.fields.get("counter", "")
        await carry_out(entered, what, counter=counter)
    except Problem as problem:
        refusal = refused(request, problem, PLACES[what.verb])
        return refused_with(problem, await _page(entered, refusal, problem.status))
    words = Words(language_of_request(request))
    done = words(f"supervisor-done-{what.verb.replace('_', '-')}")
    return see_other(request, f"/supervisor/{entered.branch}", flash=done)


async def _page(
    entered: Entered, refusal: RefusalShown | None = None, status: int = 200
) -> Response:
    request, site, branch = entered.request, entered.site, entered.branch
    view = site.hub.view(GuardTopic(branch))
    words = Words(language_of_request(request))
    return render(
        request,
        "supervisor/supervisor.html",
        status,
        view=view,
        floor=Floor(view, site.now()),
        roads=await roads_shown(site, branch),
        now=site.now(),
        shown=PlanWords(words, finding.plan(site.hub, branch)),
        keep="",
        me=entered.caller.name,
        here=f"/supervisor/{branch}",
        links=_links(branch),
        refused=refusal,
    )


def _links(branch: str) -> dict[str, str]:
    return {
        "desk": "/desk",
        "guard": f"/guard/{branch}",
        "board": f"/board/{branch}",
        "kiosk": f"/kiosk/{branch}",
        "people": f"/people/{branch}",
        "devices": f"/devices/{branch}",
        "audit": f"/audit/{branch}",
        "join": f"/b/{branch}",
        "poster": f"/supervisor/{branch}/poster",
        "poster-large": f"/supervisor/{branch}/poster?size=a3",
        "privacy": f"/privacy/{branch}",
    }
