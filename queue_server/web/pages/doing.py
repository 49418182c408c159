"""How a staff page's form becomes a command, and where a refusal of it is shown.

Owns the step from a button to what it asks. Must not know what any page looks like.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from starlette.requests import Request

from queue_server.asking.verb import Answered
from queue_server.web.asked import ask
from queue_server.web.bodies import form_fields
from queue_server.web.entered import Entered
from queue_server.web.errors import Problem
from queue_server.web.forms import ask_of_form
from queue_server.web.pages.shown import RefusalShown
from queue_server.web.respond import language_of_request

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


async def carry_out(entered: Entered, what: Pressed, *, counter: str = "") -> Answered:
    """Does it. Raises `Problem`. Cancelling leaves open whether it was done; its key tells."""
    caller, branch = entered.caller, entered.branch
    _of_this_day(entered, what)
    form = ask_of_form(entered.request, caller, what.verb, branch, what.fields, counter=counter)
    return await ask(entered.site, form)


def _of_this_day(entered: Entered, what: Pressed) -> None:
    """A page left open over the night speaks of numbers that somebody else holds now."""
    of, now = what.fields.get("day"), entered.site.days.date(entered.branch).isoformat()
    if of not in (None, now):
        raise Problem(409, "day_over", date=of)


def refused(request: Request, problem: Problem, place: str) -> RefusalShown:
    """A problem in words at its place of the page; one that is about signing in goes on."""
    if problem.status in _NOT_ABOUT_THE_PAGE:
        raise problem
    title, text = problem.text(language_of_request(request))
    return RefusalShown(place, title, text)
