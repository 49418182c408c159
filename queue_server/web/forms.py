"""A posted form as an ask. Owns which field says what.

Must not know what any page looks like.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request

from queue_server.asking.ask import Ask
from queue_server.asking.verb import Answered
from queue_server.asking.verbs import VERBS
from queue_server.web.asked import ask
from queue_server.web.bodies import form_body, form_fields
from queue_server.web.context import site_of
from queue_server.web.errors import Problem
from queue_server.web.identity import Caller
from queue_server.web.respond import base_of


def ask_of_form(
    request: Request,
    caller: Caller,
    verb: str,
    branch: str,
    fields: Mapping[str, str],
    *,
    number: str = "",
    counter: str = "",
) -> Ask:
    """What a form's fields ask. Raises `Problem`; 404 for a verb nobody knows."""
    row = VERBS.get(verb)
    if row is None:
        raise Problem(404, "not_found")
    return Ask(
        verb,
        caller,
        branch,
        lambda shape: form_body(fields, shape, row.blank),
        number=number or fields.get("number", ""),
        counter=counter,
        key=fields.get("request_id") or None,
        base=base_of(request),
    )


async def perform_form(
    request: Request, caller: Caller, verb: str, branch: str, *, number: str = ""
) -> Answered:
    """Does what a posted form asks. Raises `Problem`; 404 for a verb nobody knows."""
    fields = await form_fields(request)
    what = ask_of_form(request, caller, verb, branch, fields, number=number)
    return await ask(site_of(request), what)
