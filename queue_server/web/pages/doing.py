"""How a staff page's form becomes a command, and where a refusal of it is shown.

Owns the step from a posted form to `perform`. Must not know what any page looks like.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import msgspec
from starlette.requests import Request

from queue_server import wire
from queue_server.web.actions import Performed, perform
from queue_server.web.bodies import bad_input, form_body, form_fields
from queue_server.web.context import site_of
from queue_server.web.errors import Problem
from queue_server.web.identity import Caller
from queue_server.web.pages.shown import Refused
from queue_server.web.respond import base_of, language_of_request
from queue_server.web.verbs import VERBS

# A refusal is shown on the page it belongs to; being somebody else is not about a page.
_NOT_ABOUT_THE_PAGE = (401,)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of a staff page: its verb, and the fields of its form."""

    verb: str
    fields: Mapping[str, str]

    @property
    def number(self) -> str:
        return self.fields.get("number", "")


async def pressed(request: Request, verbs: Collection[str]) -> Pressed:
    """What was pressed. Raises `Problem` 404 for a verb this page does not have."""
    verb = str(request.path_params["verb"]).replace("-", "_")
    if verb not in verbs:
        raise Problem(404, "not_found")
    return Pressed(verb, await form_fields(request))


async def carry_out(
    request: Request, caller: Caller, branch: str, what: Pressed, *, counter: str = ""
) -> Performed:
    """Does it. Raises `Problem`. Cancelling leaves open whether it was done; its key tells."""
    return await perform(
        site_of(request),
        caller,
        what.verb,
        branch,
        number=what.number,
        counter=counter,
        body=_body(what),
        key=what.fields.get("request_id") or None,
        base=base_of(request),
    )


def _body(what: Pressed) -> msgspec.Struct:
    if what.verb == "notice":  # the one verb whose empty field says something
        return _notice(what.fields.get("text", ""))
    return form_body(what.fields, _shape(what.verb))


def _shape(verb: str) -> type[wire.Request]:
    return wire.IssueRequest if verb == "issue" else VERBS[verb].body


def _notice(text: str) -> wire.NoticeRequest:
    try:
        return msgspec.convert({"text": text.strip()}, wire.NoticeRequest)
    except msgspec.ValidationError as error:
        raise bad_input(error) from None


def refused(request: Request, problem: Problem, place: str) -> Refused:
    """A problem in words at its place of the page; one that is about signing in goes on."""
    if problem.status in _NOT_ABOUT_THE_PAGE:
        raise problem
    title, text = problem.text(language_of_request(request))
    return Refused(place, title, text)
