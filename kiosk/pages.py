"""The kiosk's addresses: the page of its steps, the form that gives a number, and the one by which
somebody who has a number says that they are here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.doors import KioskDoors
from queue_server import wire
from queue_server.look.words import LANGUAGES, Words

TONGUES: Final = tuple(map(Words, LANGUAGES))
PAGE: Final = "kiosk_page"
"""The name of the right, in the policy table."""
TICKET_SHOWN_S: Final = 20  # long enough to read a number and take the paper, short for the next
HERE_KEPT_S: Final = 60  # time to find the number on a phone and to type eight digits
CHOICE_KEPT_S: Final = 60  # time to read slowly; who walked away leaves no open choice for long
_LOCKED: Final = (401, 403)
_KEY_SPENT: Final = "key_spent"
_PROBLEM_DEFAULT_STATUS: Final = 409

Handler = Callable[[Request], Awaitable[Response]]


def routes(doors: KioskDoors) -> list[Route]:
    """`/kiosk/{branch}` and where its forms go."""
    return [
        Route("/kiosk/{branch}", _steps(doors), name="kiosk"),
        Route("/kiosk/{branch}/ticket", _take(doors), methods=["POST"], name="kiosk_ticket"),
        Route("/kiosk/{branch}/here", _here(doors), methods=["GET"], name="kiosk_here"),
        Route("/kiosk/{branch}/here", _confirm(doors), methods=["POST"], name="kiosk_confirm"),
    ]


def _steps(doors: KioskDoors) -> Handler:
    """GET: which service; with `?service=` that service, to be taken; `&priority=`: first."""

    async def kiosk(request: Request) -> Response:
        branch = request.path_params["branch"]
        try:
            led_on = await doors.enter(request, branch, PAGE)
        except doors.problem as problem:
            if not _is_locked(problem):
                raise
            return await doors.pair(request, branch, PAGE, problem)
        if led_on is not None:
            return led_on
        view = doors.kiosk_view(branch)
        chosen = _chosen(view, request.query_params.get("service"))
        if chosen is not None:
            step = "priority" if "priority" in request.query_params else "confirm"
            return _page(doors, request, view, f"kiosk/{step}.html", service=chosen)
        return _page(doors, request, view, "kiosk/choose.html", state=_state(view))

    return kiosk


def _take(doors: KioskDoors) -> Handler:
    """POST: the ticket on the screen, or why there is none.

    Answered with the page itself: a ticket must have no address that the next person could call up
    again. Sent twice, the same request gives the same number.
    """

    async def take(request: Request) -> Response:
        branch = request.path_params["branch"]
        led_on = await doors.enter(request, branch, PAGE)
        if led_on is not None:
            return led_on
        try:
            answer = await doors.issue(request, branch)
        except doors.problem as problem:
            return _problem(doors, request, branch, problem)
        view = doors.kiosk_view(branch)
        wished = "wished" in request.query_params
        return _page(doors, request, view, "kiosk/ticket.html", 201, ticket=answer, wished=wished)

    return take


def _here(doors: KioskDoors) -> Handler:
    """GET: the fields for a number one has already."""

    async def here(request: Request) -> Response:
        branch = request.path_params["branch"]
        led_on = await doors.enter(request, branch, PAGE)
        return led_on or _page(doors, request, doors.kiosk_view(branch), "kiosk/here.html")

    return here


def _confirm(doors: KioskDoors) -> Handler:
    """POST: that person is here; or the fields again, with what did not fit."""

    async def confirm(request: Request) -> Response:
        branch = request.path_params["branch"]
        led_on = await doors.enter(request, branch, PAGE)
        if led_on is not None:
            return led_on
        view = doors.kiosk_view(branch)
        try:
            number = await doors.confirm(request, branch)
        except doors.problem as problem:
            title, text = problem.text(doors.language(request))  # type: ignore[attr-defined]
            status = getattr(problem, "status", _PROBLEM_DEFAULT_STATUS)
            return _page(
                doors, request, view, "kiosk/here.html", status=status, title=title, text=text
            )
        return _page(doors, request, view, "kiosk/confirmed.html", shown_number=number)

    return confirm


def _is_locked(problem: Exception) -> bool:
    """Not known, not allowed, or with a link that has been used: told how it becomes a kiosk."""
    code, status = getattr(problem, "code", None), getattr(problem, "status", None)
    return code == _KEY_SPENT or status in _LOCKED


def _problem(doors: KioskDoors, request: Request, branch: str, problem: Exception) -> Response:
    title, text = problem.text(doors.language(request))  # type: ignore[attr-defined]
    status = getattr(problem, "status", _PROBLEM_DEFAULT_STATUS)
    view = doors.kiosk_view(branch)
    return _page(doors, request, view, "kiosk/problem.html", status=status, title=title, text=text)


def _page(
    doors: KioskDoors,
    request: Request,
    view: wire.KioskView,
    template: str,
    status: int = 200,
    **context: object,
) -> Response:
    return doors.render(
        request,
        template,
        status,
        view=view,
        tongues=TONGUES,
        now=doors.now(),
        home=f"/kiosk/{view.branch}",
        ticket_shown_s=TICKET_SHOWN_S,
        choice_kept_s=CHOICE_KEPT_S,
        here_kept_s=HERE_KEPT_S,
        **context,
    )


def _state(view: wire.KioskView) -> str:
    """Which first page it is: the question, or why there is none now."""
    if not view.open:
        return "closed"
    if view.services and not any(map(_is_given, view.services)):
        return "full"
    return "question"


def _is_given(service: wire.ServiceShown) -> bool:
    """Can a number of it be had at the machine now?"""
    return service.left != 0 and not service.too_long


def _chosen(view: wire.KioskView, letter: str | None) -> wire.ServiceShown | None:
    """The service asked for, while it can be had."""
    if not view.open:
        return None
    fitting = (each for each in view.services if each.letter == letter and _is_given(each))
    return next(fitting, None)
