"""What staff ask of a branch beyond what is pushed to them: its tickets, and its plan.

Owns how a question is read and refused; pages and programs ask here. Must not know what is shown.
"""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire
from queue_server.live import finding
from queue_server.web.api import json_answer
from queue_server.web.bodies import bad_input
from queue_server.web.entered import Entered
from queue_server.web.errors import Problem


async def tickets_page(entered: Entered) -> Response:
    """GET: a page of the branch's tickets, by group or by number."""
    asked = tickets_asked(entered.request)
    try:
        page = finding.tickets(entered.site.hub, entered.branch, asked)
    except KeyError:
        raise Problem(404, "unknown_counter", counter=str(asked.counter)) from None
    return json_answer(wire.encode(page))


async def plan_view(entered: Entered) -> Response:
    """GET: names, seats and codes: what stays the same all day."""
    return json_answer(wire.encode(finding.plan(entered.site.hub, entered.branch)))


def tickets_asked(request: Request) -> wire.TicketsAsked:
    """What the query asks for. Raises `Problem` 422."""
    try:
        return msgspec.convert(dict(request.query_params), wire.TicketsAsked, strict=False)
    except msgspec.ValidationError as error:
        raise bad_input(error) from None
