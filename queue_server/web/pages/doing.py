"""A live page's buttons: how a press becomes a command, and where a no is shown.

Owns the step from a button to what it asks, and what follows. Must not know what a page looks
like.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from queue_server.asking.verb import Answered
from queue_server.web.asked import ask
from queue_server.web.bodies import form_fields
from queue_server.web.entered import Entered
from queue_server.web.errors import Problem
from queue_server.web.forms import ask_of_form
from queue_server.web.pages.shown import RefusalShown
from queue_server.web.respond import language_of_request, refused_with

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


@dataclass(frozen=True, slots=True)
class PressRefused:
    """A press that did nothing, and why, in words at its place."""

    what: Pressed
    shown: RefusalShown
    status: int


@dataclass(frozen=True, slots=True)
class Buttons:
    """Those of one page."""

    verbs: Collection[str]
    places: Mapping[str, str]
    """Where on the page a no to a verb is shown; of every other verb, at the ticket's own place."""
    draw: Callable[[Entered, PressRefused], Awaitable[Response]]
    """The page again, with the no on it and what was typed."""
    lead_on: Callable[[Entered, Pressed, Answered], Response]
    """To where one sees what was done."""

    async def press(self, entered: Entered) -> Response:
        """POST …/do/{verb}. Raises `Problem` 401, 404."""
        what = await pressed(entered.request, self.verbs)
        try:
            done = await _carry_out(entered, what)
        except Problem as problem:
            no = refused(entered.request, problem, self.places.get(what.verb, what.number))
            page = await self.draw(entered, PressRefused(what, no, problem.status))
            return refused_with(problem, page)
        return self.lead_on(entered, what, done)


async def pressed(request: Request, verbs: Collection[str]) -> Pressed:
    """What was pressed. Raises `Problem` 404 for a verb this page does not have."""
    verb = str(request.path_params["verb"]).replace("-", "_")
    if verb not in verbs:
        raise Problem(404, "not_found")
    return Pressed(verb, await form_fields(request))


async def _carry_out(entered: Entered, what: Pressed) -> Answered:
    _of_this_day(entered, what)
    request = entered.request
    counter = str(request.path_params.get("counter", what.fields.get("counter", "")))
    caller, branch = entered.caller, entered.branch
    form = ask_of_form(request, caller, what.verb, branch, what.fields, counter=counter)
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
