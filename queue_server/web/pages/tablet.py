"""The guard's shared tablet: what it is called, and the way to sign in on it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from queue_server.people.policy import may
from queue_server.web.access.devices import KINDS, tablet
from queue_server.web.context import branch_of, site_of
from queue_server.web.identity import tablet as as_tablet
from queue_server.web.pages.pair import become, pairing_page
from queue_server.web.respond import render


async def tablet_page(request: Request) -> Response:
    """GET /tablet/{branch}: its code until it is paired. Whoever is signed in does not count."""
    branch = branch_of(request)
    token = await tablet(request)
    if token is None or not may(await as_tablet(request), "tablet_page", branch):
        became = await become(request, KINDS["tablet"], branch)
        return became or await pairing_page(request, KINDS["tablet"], branch)
    return render(
        request,
        "pair/tablet.html",
        branch=branch,
        branch_name=site_of(request).days.name(branch),
        label=token.label,
        tablet_place=token.place,
    )
