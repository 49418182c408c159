"""The start page: every branch, open or closed; in the demo the address of every page.

Must not know anything of a branch but its public view and its plan.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server.live.topics import BranchTopic
from queue_server.people import DeviceKey, Role
from queue_server.people.keys import token_hash
from queue_server.web.context import need_branch, site_of
from queue_server.web.errors import Problem
from queue_server.web.respond import render, see_other

SCREENS: Final = {"board": Role.DISPLAY, "kiosk": Role.KIOSK}
KEY_BYTES: Final = 24


async def start(request: Request) -> Response:
    """GET /."""
    site = site_of(request)
    if site.demo and "open" in request.query_params:
        return await _open_page(request)
    views = [site.hub.view(BranchTopic(branch)) for branch in site.days.branches()]
    plans = site.days.branches()
    return render(request, "start/start.html", views=views, plans=plans, now=site.now())


async def _open_page(request: Request) -> Response:
    """In the demo a board or kiosk is one click away: the click makes the key of a pairing.
    So is the join page, as whoever scans the hall's QR gets it.
    """
    site = site_of(request)
    page = request.query_params["open"]
    branch = request.query_params.get("branch", "")
    if page not in (*SCREENS, "join"):
        raise Problem(404, "not_found")
    need_branch(site, branch)
    if page == "join":
        return see_other(request, f"/b/{branch}?j={site.codes.code(branch)}")
    key, now = secrets.token_urlsafe(KEY_BYTES), site.now()
    until = now + timedelta(seconds=site.settings.device_key_valid_s)
    await site.people.add_device_key(
        DeviceKey(token_hash(key), SCREENS[page], branch, page, now, until)
    )
    return see_other(request, f"/{page}/{branch}?key={key}")
