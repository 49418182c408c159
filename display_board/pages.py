"""The two addresses of the lobby screen, and what comes to whom may not open it."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from display_board.doors import BoardDoors
from queue_server import wire
from queue_server.look import qr, speech

PAGE: Final = "board_page"
"""The name of the right, in the policy table."""
FRESH: Final = timedelta(seconds=30)
"""A call is loud this long."""
_LOCKED: Final = (401, 403)
_KEY_SPENT: Final = "key_spent"

Handler = Callable[[Request], Awaitable[Response]]


def routes(doors: BoardDoors) -> list[Route]:
    """`/board/{branch}` and the picture of its join code."""
    return [
        Route("/board/{branch}", _screen(doors), name="board"),
        Route("/board/{branch}/join.svg", _join_code(doors), name="board_join_code"),
    ]


def _screen(doors: BoardDoors) -> Handler:
    async def board(request: Request) -> Response:
        branch = request.path_params["branch"]
        try:
            led_on = await doors.enter(request, branch, PAGE)
        except doors.problem as problem:
            if not _is_locked(problem):
                raise
            return await doors.pair(request, branch, PAGE, problem)
        return led_on or _page(doors, request, branch)

    return board


def _join_code(doors: BoardDoors) -> Handler:
    async def join_code(request: Request) -> Response:
        branch = request.path_params["branch"]
        led_on = await doors.enter(request, branch, PAGE)
        if led_on is not None:
            return led_on
        join = doors.board_view(branch, doors.language(request)).join
        if join is None:
            return Response(status_code=404)
        return Response(
            qr.svg(join.url, join.url),
            media_type="image/svg+xml",
            headers={"Cache-Control": "no-store"},
        )

    return join_code


def _is_locked(problem: Exception) -> bool:
    """Not known, not allowed, or with a link that has been used: told how it becomes a screen."""
    code, status = getattr(problem, "code", None), getattr(problem, "status", None)
    return code == _KEY_SPENT or status in _LOCKED


def _page(doors: BoardDoors, request: Request, branch: str) -> Response:
    view, now = doors.board_view(branch, doors.language(request)), doors.now()
    calls = {call.seq: call for call in view.calls}
    hero = calls.get(view.screen.hero) if view.screen.hero else None
    both = request.query_params.get("voice") == "both"
    return doors.render(
        request,
        "board.html",
        view=view,
        view_json=_as_data(view),
        screen=view.screen,
        calls=calls,
        hero=hero,
        tone=_tone(hero, now),
        fresh_s=int(FRESH.total_seconds()),
        numbers_given=view.open and view.opens_at is None,
        now=now,
        theme="light" if request.query_params.get("theme") == "light" else "dark",
        voice=" ".join(speech.CLIPS) if both else "id",
        spare=" ".join(speech.SPARE),
        clips={language: list(speech.CLIPS[language]) for language in speech.CLIPS},
    )


def _tone(hero: wire.CallShown | None, now: datetime) -> str:
    """Of the huge call: loud, quieter, over, withdrawn."""
    if hero is None or not (hero.current or hero.withdrawn):
        return "over"
    if hero.withdrawn:
        return "withdrawn"
    return "called" if now - hero.at < FRESH else "at"


def _as_data(view: wire.BoardView) -> Markup:
    """The view as the socket would send it; `<` escaped, so that no text can end the element."""
    text = wire.encode(view).decode().replace("<", "\\u003c")
    return Markup(text)  # noqa: S704
