"""What the board and the kiosk get of this room: a way in, the present view, a page frame.

They live in rooms of their own and know neither sign-in nor commands. Must not know what they show.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire
from queue_server.asking.joining.at_kiosk import written
from queue_server.live.topics import BoardTopic, KioskTopic, Topic
from queue_server.people.policy import may
from queue_server.web.access.devices import KINDS, use_key
from queue_server.web.asked import ask
from queue_server.web.bodies import form_fields
from queue_server.web.context import Site, need_branch
from queue_server.web.errors import Problem
from queue_server.web.forms import ask_of_form, perform_form
from queue_server.web.identity import display, kiosk, staff
from queue_server.web.pages.pair import become, pairing_page
from queue_server.web.policy import need
from queue_server.web.respond import base_of, language_of_request, render, see_other

V = TypeVar("V", bound=wire.View)

_KINDS: Final = {"board_page": KINDS["board"], "kiosk_page": KINDS["kiosk"]}
_FACES: Final = {"board_page": display, "kiosk_page": kiosk}


class Doors:
    """One for each application."""

    problem: Final = Problem

    def __init__(self, site: Site) -> None:
        self._site = site

    async def enter(self, request: Request, branch: str, page: str) -> Response | None:
        """None: come in. A response: this browser has just become a device, follow it.

        Raises `Problem`. Cancelling may leave a key used and no cookie set: make another key.
        """
        key = request.query_params.get("key")
        here = await _FACES[page](request)
        if key is not None:
            response = see_other(request, _without_key(request))
            # A reload of the paired screen's own address brings the used key once more.
            if not may(here, page, branch):
                await use_key(request, response, key, branch, _KINDS[page])
            return response
        if not may(here, page, branch):
            became = await become(request, _KINDS[page], branch)
            if became is not None:
                return became
            need(await staff(request), page, branch)
        need_branch(self._site, branch)
        return None

    async def pair(self, request: Request, branch: str, page: str, problem: Exception) -> Response:
        """What a screen without the right shows: how it becomes one. Raises `Problem` 404."""
        assert isinstance(problem, Problem)
        return await pairing_page(request, _KINDS[page], branch, problem)

    async def issue(self, request: Request, branch: str) -> wire.IssueAnswer:
        """The kiosk's posted form as a number. Raises `Problem`."""
        caller = await kiosk(request)
        if not may(caller, "kiosk_page", branch):
            caller = await staff(request)
            need(caller, "kiosk_page", branch)
        performed = await perform_form(request, caller, "issue", branch)
        answer = performed.answer
        assert isinstance(answer, wire.IssueAnswer), "issuing is answered with a number"
        return answer

    async def confirm(self, request: Request, branch: str) -> str:
        """The kiosk's posted number and check code: that person is here; the number, as it is
        written. Raises `Problem`.
        """
        caller = await kiosk(request)
        if not may(caller, "confirm_presence", branch):
            caller = await staff(request)
        fields = await form_fields(request)
        number = written(fields.get("letter", ""), fields.get("digits", ""))
        what = ask_of_form(request, caller, "confirm_presence", branch, fields, number=number)
        await ask(self._site, what)
        return number

    def board_view(self, branch: str, language: str) -> wire.BoardView:
        """What a lobby screen shows now. Raises `Problem` 404."""
        return self._view(BoardTopic(branch, language))

    def kiosk_view(self, branch: str) -> wire.KioskView:
        """What a kiosk shows now. Raises `Problem` 404."""
        return self._view(KioskTopic(branch))

    def _view(self, topic: Topic[V]) -> V:
        try:
            return self._site.hub.view(topic)
        except KeyError:
            raise Problem(404, "not_found") from None

    def now(self) -> datetime:
        """The server's present, aware."""
        return self._site.now()

    def render(
        self, request: Request, template: str, status: int = 200, **context: object
    ) -> Response:
        """A whole page in the reader's language."""
        return render(request, template, status, **context)

    def language(self, request: Request) -> str:
        """In which language this page is read."""
        return language_of_request(request)

    def see_other(
        self, request: Request, path: str, flash: Problem | str | None = None
    ) -> Response:
        """Leads on by GET."""
        return see_other(request, path, flash)

    def base(self, request: Request) -> str:
        """The address people reach this site by."""
        return base_of(request)


def _without_key(request: Request) -> str:
    """The same address with what else it says (`print=80`), but no key."""
    return str(request.url.remove_query_params("key").replace(scheme="", netloc=""))
