"""The poster for the door and the hall, as a file to print.

Must not know how it is drawn.
"""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.responses import Response

from queue_server.look.poster import Poster, Size, pdf
from queue_server.web.entered import Entered
from queue_server.web.respond import base_of

_SIZES: Final[dict[str, Size]] = {"a4": "a4", "a3": "a3"}


async def poster(entered: Entered) -> Response:
    """GET /supervisor/{branch}/poster; `?size=a3` is the large one."""
    request, branch = entered.request, entered.branch
    size = _SIZES.get(request.query_params.get("size", ""), "a4")
    base = base_of(request)
    said = Poster(
        branch_name=entered.site.days.name(branch),
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
