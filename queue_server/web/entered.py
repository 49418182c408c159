"""The way into what only some may see: who asks, of which branch, and may they? Then the handler.

The row of an address in `routes` names its action; a handler behind it is handed `Entered` and
cannot be reached without. Must not know what is behind any address.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from queue_server.look.words import Words
from queue_server.people.callers import Caller
from queue_server.web.context import Site, branch_of, need_branch, site_of
from queue_server.web.identity import person, staff, who
from queue_server.web.policy import need
from queue_server.web.respond import language_of_request

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody whom the row of this address lets in."""

    request: Request
    site: Site
    caller: Caller
    branch: str
    """The one the path names, and there is one; empty where it names none."""

    @property
    def words(self) -> Words:
        """In the language of their pages."""
        return Words(language_of_request(self.request))


Handler = Callable[[Entered], Awaitable[Response]]
Where = Callable[[Site, Caller], str | None]
"""By which branch it is judged where the path names none; None: by all of them."""


def anywhere(_site: Site, _caller: Caller) -> str | None:
    """Only for whoever is bound to no branch."""
    return None


def own_branch(_site: Site, caller: Caller) -> str | None:
    """In their own, where they have one."""
    return caller.branch


def any_of_theirs(site: Site, caller: Caller) -> str | None:
    """In their own; whoever has none, in any there is."""
    return caller.branch or next(iter(site.days.branches()), None)


def page(action: str, handler: Handler, where: Where = anywhere) -> Endpoint:
    """A page of the staff, by whoever is signed in in this browser. In this order: 404 for a branch
    there is none of, 401, 403.
    """

    async def endpoint(request: Request) -> Response:
        site = site_of(request)
        branch = branch_of(request) if "branch" in request.path_params else ""
        caller = await staff(request)
        need(caller, action, branch or where(site, caller))
        return await handler(Entered(request, site, caller, branch))

    return endpoint


def held(action: str, handler: Handler) -> Endpoint:
    """What the holder of a ticket asks: by its secret, or from the page in whose browser it lies,
    whoever else is signed in there. In this order: 401, 403.
    """

    async def endpoint(request: Request) -> Response:
        caller = await (who if "authorization" in request.headers else person)(request)
        need(caller, action)
        return await handler(Entered(request, site_of(request), caller, caller.ticket_branch or ""))

    return endpoint


def view(action: str, handler: Handler) -> Endpoint:
    """Something programs may see, by whatever they bring. In this order: 401, 403, 404: a stranger
    learns of no branch.
    """

    async def endpoint(request: Request) -> Response:
        site, branch = site_of(request), str(request.path_params.get("branch", ""))
        caller = await who(request)
        need(caller, action, branch or caller.branch)
        if branch:
            need_branch(site, branch)
        return await handler(Entered(request, site, caller, branch))

    return endpoint
