"""What stands before every handler: the cross-site guard, the ceiling, counting.

Plain ASGI, because a middleware that buffers answers would slow every page. Must not know what a
handler does.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from queue_server.look.words import negotiate
from queue_server.serving.metrics import Metrics
from queue_server.serving.networks import network_of
from queue_server.serving.same_site import is_foreign
from queue_server.web.errors import Problem, problem_response

Answer = Callable[[Request, Exception], Awaitable[Response]]
"""Says a problem as whoever asked can read it: a page, or JSON."""

_log = structlog.get_logger("web")

_FILES: Final = "/static/"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Measure:
    """Counts and times requests; logs those that failed on our side. Addresses are not logged:
    a ticket's is its secret.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, answer: Answer) -> None:
        self._app = app
        self._answer = answer
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, began_answer = time.perf_counter(), 500, False

        async def note_status(message: Message) -> None:
            nonlocal status, began_answer
            if message["type"] == "http.response.start":
                status, began_answer = message["status"], True
            await send(message)

        try:
            await self._app(scope, receive, note_status)
        except Exception:
            # A fault of ours: said loudly here, and in a calm sentence to whoever asked.
            _log.exception("fault", method=scope["method"], route=_route(scope))
            if began_answer:
                raise
            response = await self._sorry(Request(scope))
            await response(scope, receive, note_status)
        finally:
            took_s = time.perf_counter() - began
            self._metrics.request(scope["method"], status, took_s)
            if status >= 500:
                _log.warning(
                    "request_failed", method=scope["method"], route=_route(scope), status=status
                )

    async def _sorry(self, request: Request) -> Response:
        problem = Problem(500, "broken")
        try:
            return await self._answer(request, problem)
        except Exception:  # the page that says so is broken itself
            _log.exception("fault", route="problem page")
            return problem_response(problem, _language(request))


def _route(scope: Scope) -> str:
    """The pattern, not the address."""
    return str(getattr(scope.get("route"), "path", "?"))


class Ceiling:
    """Refuses a runaway program: so many requests a second from one address that no crowd of people
    makes them. Files are not counted: they cost little, and a hall asks for them all at once.
    """

    def __init__(self, app: ASGIApp, spend: Callable[[str], None], answer: Answer) -> None:
        self._app = app
        self._spend = spend
        """Counts one more by an address. Raises `Problem` 429."""
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(_FILES):
            try:
                self._spend(network_of(scope))
            except Problem as problem:
                response = await self._answer(Request(scope), problem)
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)


class SameSiteOnly:
    """Refuses commands that another site's page makes a browser send.

    A bearer token is no ambient right: whoever can send one may. A password a browser keeps for the
    whole host is one (`Basic`, where a proxy asks for it): it comes with every request by itself.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in _SAFE:
            request = Request(scope)
            if _is_cross_site(request):
                response = problem_response(Problem(403, "cross_site"), _language(request))
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _is_cross_site(request: Request) -> bool:
    if request.headers.get("authorization", "").lower().startswith("bearer "):
        return False
    return is_foreign(request)


def _language(request: Request) -> str:
    return negotiate(request.headers.get("accept-language"))
