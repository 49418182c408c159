"""The privacy notice of a branch: what is kept, who sees it, how long, whom to ask."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from queue_server.web.context import branch_of, site_of
from queue_server.web.respond import render


async def privacy_page(request: Request) -> Response:
    """GET /privacy/{branch}."""
    plan = site_of(request).days.branches()[branch_of(request)]
    return render(request, "privacy/privacy.html", plan=plan)
