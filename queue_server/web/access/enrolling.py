"""Setting up second factors in this browser. What a session may do on the way is
`people.enrolling`'s; here it learns of the browser's fresh proof and of the tablet it is.
"""

from __future__ import annotations

from starlette.requests import Request

from queue_server.people import SignedIn, enrolling, pins
from queue_server.web.access.devices import tablet
from queue_server.web.access.recent import is_recent
from queue_server.web.context import site_of
from queue_server.web.errors import granted


async def may_go_on(request: Request, signed_in: SignedIn) -> bool:
    """May this session set factors up?"""
    site = site_of(request)
    recent = is_recent(request, site, signed_in)
    return await enrolling.may_go_on(site.access, signed_in, is_recent=recent)


async def add_app(request: Request, signed_in: SignedIn, secret: str, code: str) -> None:
    """Raises `Problem` 401 `wrong_code`, 429 `too_many_attempts`."""
    granted(await enrolling.add_app(site_of(request), signed_in, secret, code))


async def add_pin(request: Request, signed_in: SignedIn, pin: str) -> None:
    """Raises `Problem` 403 `not_allowed`, 422 `bad_pin`, `common_pin`."""
    granted(await enrolling.add_pin(site_of(request), signed_in, await tablet(request), pin))


async def pin_is_factor(request: Request, signed_in: SignedIn) -> bool:
    """Would a PIN be this account's second factor at this machine?"""
    return pins.is_factor(signed_in.account, signed_in.session, await tablet(request))


async def added(request: Request, signed_in: SignedIn, what: str) -> None:
    """A factor more."""
    await enrolling.added(site_of(request).access, signed_in, what)


async def new_codes(request: Request, signed_in: SignedIn) -> list[str]:
    """Recovery codes, for whoever has a factor. Raises `Problem` 403 `not_allowed`."""
    return granted(await enrolling.new_codes(site_of(request), signed_in))


async def finish(request: Request, signed_in: SignedIn) -> tuple[str, SignedIn]:
    """Signed in: the full session's token. Raises `Problem` 403 `not_allowed` without a factor."""
    return granted(await enrolling.finish(site_of(request), signed_in, await tablet(request)))
