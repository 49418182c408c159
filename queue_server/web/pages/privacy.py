"""The privacy notice of a branch: what is kept, who sees it, how long, whom to ask."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server.web.context import branch_of, site_of
from queue_server.web.respond import render

KIOSK_BACK_S: Final = 120
"""To read it once, slowly; then the kiosk is there for the next person."""


async def privacy_page(request: Request) -> Response:
    """GET /privacy/{branch}. `?from=kiosk`: it leads back there, after a while by itself."""
    plan = site_of(request).days.plan(branch_of(request))
    at_kiosk = request.query_params.get("from") == "kiosk"
    back = f"/{'kiosk' if at_kiosk else 'b'}/{plan.branch}"
    back_s = KIOSK_BACK_S if at_kiosk else None
    return render(request, "privacy/privacy.html", plan=plan, back=back, back_s=back_s)
