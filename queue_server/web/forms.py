"""A page's form as a command: post, do, lead back; a refusal is shown where one came from.

Must not know what any page looks like.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire
from queue_server.web.actions import Performed, perform
from queue_server.web.bodies import form_body, form_fields
from queue_server.web.context import site_of
from queue_server.web.errors import Problem
from queue_server.web.identity import Caller
from queue_server.web.respond import base_of, see_other
from queue_server.web.verbs import VERBS

_BODIES: dict[str, type[wire.Request]] = {
    **{name: verb.body for name, verb in VERBS.items()},
    "issue": wire.IssueRequest,
    "rating": wire.RatingRequest,
}


async def perform_form(
    request: Request,
    caller: Caller,
    verb: str,
    branch: str,
    *,
    counter: str = "",
    number: str = "",
) -> Performed:
    """Does what a posted form asks. Raises `Problem`; 404 for a verb nobody knows."""
    fields = await form_fields(request)
    name = verb.replace("-", "_")
    if name not in _BODIES:
        raise Problem(404, "not_found")
    return await perform(
        site_of(request),
        caller,
        name,
        branch,
        number=number or fields.get("number", ""),
        counter=counter or fields.get("at", ""),
        body=form_body(fields, _BODIES[name]),
        key=fields.get("request_id") or None,
        base=base_of(request),
    )


async def submit(
    request: Request,
    caller: Caller,
    verb: str,
    branch: str,
    *,
    then: str,
    counter: str = "",
    number: str = "",
    done: str | None = None,
) -> Response:
    """As `perform_form`, and leads on to `then`; a refusal goes with it as its flash.

    401 is raised: signing in comes first.
    """
    try:
        await perform_form(request, caller, verb, branch, counter=counter, number=number)
    except Problem as problem:
        if problem.status == 401:
            raise
        return see_other(request, then, flash=problem)
    return see_other(request, then, flash=done)
