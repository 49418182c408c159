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
from queue_server.web.context import branch_of, site_of
from queue_server.web.errors import Problem
from queue_server.web.identity import who
from queue_server.web.policy import need


async def tickets_page(request: Request) -> Response:
    """GET: a page of the branch's tickets, by group or by number."""
    need(await who(request), "see_tickets", request.path_params["branch"])
    branch, asked = branch_of(request), tickets_asked(request)
    try:
        page = finding.tickets(site_of(request).hub, branch, asked)
    except KeyError:
        raise Problem(404, "unknown_counter", counter=str(asked.counter)) from None
    return json_answer(wire.encode(page))


async def plan_view(request: Request) -> Response:
    """GET: names, seats and codes: what stays the same all day."""
    need(await who(request), "see_plan", request.path_params["branch"])
    return json_answer(wire.encode(finding.plan(site_of(request).hub, branch_of(request))))


def tickets_asked(request: Request) -> wire.TicketsAsked:
    """What the query asks for. Raises `Problem` 422."""
    try:
        return msgspec.convert(dict(request.query_params), wire.TicketsAsked, strict=False)
    except msgspec.ValidationError as error:
        raise bad_input(error) from None
