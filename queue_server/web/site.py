"""The ASGI application of a site: its routes, what stands before them, how errors are answered.

Must not know how a site is put together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route

from queue_server.look.again import csp_source
from queue_server.people import Stage, StoreUnavailable
from queue_server.serving.headers import SecureHeaders
from queue_server.web.access import sessions
from queue_server.web.context import Site, site_of, spend
from queue_server.web.errors import Problem, problem_response
from queue_server.web.guards import Ceiling, Measure, SameSiteOnly
from queue_server.web.respond import (
    language_of_program,
    language_of_request,
    refused_with,
    render,
    see_other,
)

_GZIP_BYTES_MIN = 1_000
_GZIP_LEVEL = 4  # pages are made anew for each reader: past this level time buys little


def starlette_app(site: Site, routes: Sequence[BaseRoute]) -> Starlette:
    """The application; `site` is what its handlers share."""
    app = Starlette(
        routes=list(routes),
        middleware=[
            Middleware(SecureHeaders, scripts=csp_source()),
            Middleware(Measure, metrics=site.metrics, answer=_on_problem),
            Middleware(GZipMiddleware, minimum_size=_GZIP_BYTES_MIN, compresslevel=_GZIP_LEVEL),
            Middleware(Ceiling, spend=_ceiling(site), answer=_on_problem),
            Middleware(SameSiteOnly),
        ],
        exception_handlers={
            Problem: _on_problem,
            StoreUnavailable: _on_store_away,
            HTTPException: _on_http_exception,
        },
    )
    # `/x/../` and the like are not found; they are not led anywhere.
    app.router.redirect_slashes = False
    app.state.site = site
    return app


def _ceiling(site: Site) -> Callable[[str], None]:
    def spend_one(address: str) -> None:
        per_s = site.settings.requests_per_address_per_s
        spend(site, f"address:{address}", per_s, 1.0)

    return spend_one


async def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    if _is_for_program(request):
        return problem_response(error, language_of_program(request))
    if error.status == 401 and error.code == "sign_in_needed":
        return see_other(request, await _way_in(request))
    title, detail = error.text(language_of_request(request))
    response = render(
        request,
        "problem.html",
        error.status,
        problem=error,
        code=error.code,
        title=title,
        detail=detail,
    )
    return refused_with(error, response)


async def _way_in(request: Request) -> str:
    """Where somebody goes on who is not signed in, not wholly, or not any more."""
    try:
        signed_in = await sessions.current(request)
    except StoreUnavailable:
        signed_in = None
    if signed_in is not None and signed_in.session.stage is Stage.FULL:
        signed_in = None
    return sessions.way_on(signed_in, _page_of(request))


async def _on_store_away(request: Request, error: Exception) -> Response:
    """Nobody can be looked up, or nothing read: a moment's trouble and no fault of the asker."""
    retry = site_of(request).settings.unavailable_retry_after_s
    return await _on_problem(request, Problem(503, "unavailable", retry_after_s=retry))


async def _on_http_exception(request: Request, error: Exception) -> Response:
    """What the router refuses by itself."""
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        allowed = ", ".join(sorted(_methods_at(request)))
        response = await _on_problem(request, Problem(405, "method_not_allowed", allowed=allowed))
        response.headers["Allow"] = allowed
        return response
    if error.status_code == 404:
        return await _on_problem(request, Problem(404, "not_found"))
    return await _on_problem(request, Problem(422, "bad_input", reason=error.detail))


def _methods_at(request: Request) -> set[str]:
    """Of every route at this address: the router itself names those of the first."""
    found = (
        route.methods or set()
        for route in request.app.routes
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE
    )
    return set().union(*found)


def _is_for_program(request: Request) -> bool:
    path = request.url.path
    return path.startswith(("/api/", "/healthz", "/readyz", "/metrics"))


def _page_of(request: Request) -> str:
    """Where to go on after signing in: the page itself, never one of its commands."""
    path = request.url.path.partition("/do/")[0]
    return path if request.method == "GET" or "/do/" in request.url.path else "/"
