"""The browser of a screen that waits to be paired: its secret lives in a cookie of its kind."""

from __future__ import annotations

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from queue_server.people import pairing
from queue_server.people.pairing import PairingShown, Waiting
from queue_server.serving.networks import network_of
from queue_server.web import cookies
from queue_server.web.access.devices import Kind, keep_token
from queue_server.web.context import site_of, spend
from queue_server.web.errors import granted


async def shown(connection: HTTPConnection, kind: Kind, branch: str) -> PairingShown | None:
    """The code this browser waits with; None when it has none (any more)."""
    secret = cookies.read(connection, kind.pairing)
    if secret is None:
        return None
    return await pairing.shown(site_of(connection).access, secret, kind.role, branch)


async def begin(request: Request, response: Response, kind: Kind, branch: str) -> None:
    """A new code for this browser; an older one of it ends. Raises `Problem` 429, 503."""
    site, network = site_of(request), network_of(request.scope)
    settings = site.settings
    spend(site, f"pair:{network}", settings.pairings_per_address_max, settings.pairings_window_s)
    before = await shown(request, kind, branch)
    if before is not None:
        await site.people.end_pairing(before.pairing.id)
    waiting = Waiting(kind.role, branch, request.headers.get("user-agent", ""), network)
    secret = granted(await pairing.begin(site.access, site.keys, waiting))
    cookies.keep(request, response, kind.pairing, secret, settings.pairing_valid_s)


async def exchange(request: Request, response: Response, kind: Kind, branch: str) -> bool:
    """Once approved: this browser becomes the device. False when there is nothing to fetch."""
    secret = cookies.read(request, kind.pairing)
    access = site_of(request).access
    device = await pairing.exchange(access, secret, kind.role, branch) if secret else None
    if device is None:
        return False
    keep_token(request, response, kind, device)
    cookies.drop(request, response, kind.pairing)
    return True
