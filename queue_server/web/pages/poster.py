"""The poster for the door and the hall, as a file to print.

Must not know how it is drawn.
"""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server.look.poster import Poster, Size, pdf
from queue_server.web.context import branch_of, site_of
from queue_server.web.identity import staff
from queue_server.web.policy import need
from queue_server.web.respond import base_of

_SIZES: Final[dict[str, Size]] = {"a4": "a4", "a3": "a3"}


async def poster(request: Request) -> Response:
    """GET /supervisor/{branch}/poster; `?size=a3` is the large one."""
    branch = branch_of(request)
    need(await staff(request), "supervisor_page", branch)
    size = _SIZES.get(request.query_params.get("size", ""), "a4")
    base = base_of(request)
    said = Poster(
        branch_name=site_of(request).days.name(branch),
        link=f"{base}/b/{branch}",
        privacy=f"{base}/privacy/{branch}",
        size=size,
    )
    # Drawing takes a tenth of a second: not on the loop that answers everybody.
    content = await asyncio.to_thread(pdf, said)
    headers = {
        "Content-Disposition": f'attachment; filename="poster-{branch}-{size}.pdf"',
        "Cache-Control": "no-store",
    }
    return Response(content, 200, headers, "application/pdf")
