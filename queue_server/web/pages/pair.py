"""What an unpaired screen shows: a short code, what to do with it, and how long it lasts.

Owns these addresses and the step from waiting to being a device. Codes are `people.pairing`'s.
"""

from __future__ import annotations

from math import ceil
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from queue_server.people.pairing import PairingShown
from queue_server.web.access.devices import KINDS, Kind
from queue_server.web.access.pairing import begin, exchange, shown
from queue_server.web.context import branch_of, need_branch, site_of
from queue_server.web.errors import Problem
from queue_server.web.pages.shown import RefusalShown
from queue_server.web.respond import language_of_request, refused_with, render, see_other

# What the address of a screen says beside its name and is not for this page.
_NOT_KEPT: Final = ("key", "lang")


async def pairing_page(
    request: Request, kind: Kind, branch: str, problem: Problem | None = None
) -> Response:
    """The page at the screen's own address. Raises `Problem` 404 for a branch there is not."""
    site = site_of(request)
    need_branch(site, branch)
    waiting = await shown(request, kind, branch)
    url = request.url.remove_query_params(_NOT_KEPT)
    said = problem if problem is not None and _is_news(problem) else None
    response = render(
        request,
        "pair/pair.html",
        problem.status if problem is not None and problem.status == 429 else 403,
        kind=kind.name,
        branch=branch,
        branch_name=site.days.name(branch),
        waiting=waiting,
        left_s=_left_s(request, waiting),
        own_address=f"/{kind.name}/{branch}",
        query=f"?{url.query}" if url.query else "",
        retry_s=problem.retry_after_s if said is not None and problem is not None else None,
        refused=RefusalShown("form", *said.text(language_of_request(request))) if said else None,
    )
    return refused_with(said, response) if said is not None else response


async def pair_post(request: Request) -> Response:
    """POST /pair/{kind}/{branch}: a code for this screen, shown at its own address."""
    kind, branch = _kind(request), branch_of(request)
    url = request.url.remove_query_params(_NOT_KEPT)
    query = f"?{url.query}" if url.query else ""
    response = see_other(request, f"/{kind.name}/{branch}{query}")
    try:
        await begin(request, response, kind, branch)
    except Problem as problem:
        return await pairing_page(request, kind, branch, problem)
    return response


async def pair_state(request: Request) -> Response:
    """GET /pair/{kind}/{branch}/state: has somebody typed the code? Changes nothing."""
    kind, branch = _kind(request), branch_of(request)
    waiting = await shown(request, kind, branch)
    if waiting is None:
        state = {"state": "gone"}
    elif waiting.pairing.approved_by:
        state = {
            "state": "approved",
            "label": waiting.pairing.label,
            "place": waiting.pairing.place,
        }
    else:
        state = {"state": "waiting"}
    return JSONResponse(state, headers={"Cache-Control": "no-store"})


async def become(request: Request, kind: Kind, branch: str) -> Response | None:
    """Leads this browser to its own page as the device somebody has approved; None when nobody
    has. Only a visit to that page itself counts: a form must not lose what it carries.
    """
    if request.method != "GET" or request.url.path != f"/{kind.name}/{branch}":
        return None
    response = see_other(request, str(request.url.replace(scheme="", netloc="")))
    return response if await exchange(request, response, kind, branch) else None


def _kind(request: Request) -> Kind:
    kind = KINDS.get(str(request.path_params["kind"]))
    if kind is None:
        raise Problem(404, "not_found")
    return kind


def _left_s(request: Request, waiting: PairingShown | None) -> int:
    if waiting is None:
        return 0
    left = waiting.pairing.expires_at - site_of(request).now()
    return max(1, ceil(left.total_seconds()))


def _is_news(problem: Problem) -> bool:
    """That the screen has no right yet is what the page is for; anything else is to be told."""
    return problem.code not in ("sign_in_needed", "not_allowed")
