"""Signing in, step by step, and unlocking, in this browser. What is right and what counts is
`people.first_step`'s and `second_step`'s. Must not know how a page asks.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import Response

from queue_server.people import SignedIn, Stage, first_step, second_step
from queue_server.people.attempts import Kind
from queue_server.people.no import No
from queue_server.people.second_step import Ways
from queue_server.serving.networks import network_of
from queue_server.web.access import devices, known, sessions
from queue_server.web.access.recent import keep_recent
from queue_server.web.context import site_of
from queue_server.web.errors import granted, problem_of
from queue_server.web.respond import see_other

_log = structlog.get_logger("web")
_NAME_LETTERS_MAX: Final = 80


async def with_password(request: Request, username: str, password: str) -> tuple[str, SignedIn]:
    """A session that awaits the second factor, or its setting up: its token.

    Raises `Problem` 401 `wrong_sign_in`, 429 `too_many_attempts`, `too_many_requests`.
    """
    site = site_of(request)
    username = username.strip()[:_NAME_LETTERS_MAX]
    named = await site.people.account_named(username)
    counted = known.counted_as(request, named) if named else first_step.counted_as_nobody(username)
    is_stranger = named is None or counted == named.id
    with site.crowd.place(network_of(request.scope)) if is_stranger else nullcontext():
        account = await first_step.with_password(site, named, counted, password)
    if isinstance(account, No):
        _log.info("sign_in_failed", account=named.id if named else None, code=account.code)
        raise problem_of(account)
    stage = await first_step.next_stage(site, account)
    token, signed_in = await sessions.begin(request, account, stage)
    _log.info("password_right", account=account.id, stage=stage.value)
    return token, signed_in


async def ways(request: Request, signed_in: SignedIn) -> Ways:
    """What the second factor may be here; for a locked session: what unlocks it."""
    tablet = await devices.tablet(request)
    return await second_step.ways(site_of(request).access, signed_in, tablet)


async def with_second(request: Request, signed_in: SignedIn, kind: Kind, typed: str) -> None:
    """Is it right? Raises `Problem` 401 `wrong_<kind>`, 429 `too_many_attempts`."""
    tablet = await devices.tablet(request)
    no = await second_step.with_second(site_of(request), signed_in, tablet, kind, typed)
    if no is not None:
        _log.info("second_factor_failed", account=signed_in.account.id, kind=kind, code=no.code)
        raise problem_of(no)


async def proven(request: Request, signed_in: SignedIn, by: str) -> tuple[str, SignedIn]:
    """The second factor (or what unlocks) was right: the full session's token. Raises `Problem` 401
    when the session is over meanwhile.
    """
    token, full = granted(await second_step.proven(site_of(request).access, signed_in, by))
    _log.info("proven", account=full.account.id, by=by)
    return token, full


def enter(
    request: Request,
    token: str,
    signed_in: SignedIn,
    leads_to: str,
    *,
    strongly: bool = True,
    flash: str | None = None,
) -> Response:
    """Leads on with the new session; as `take`. The next page says `flash`."""
    response = see_other(request, sessions.way_on(signed_in, leads_to), flash)
    take(request, response, token, signed_in, strongly=strongly)
    return response


def take(
    request: Request, response: Response, token: str, signed_in: SignedIn, *, strongly: bool = True
) -> None:
    """This browser takes the session over. Whoever came to a full one `strongly` may change their
    own ways in for some minutes; a PIN that unlocked a screen is too easily overlooked for that.
    """
    sessions.keep(request, response, token)
    if signed_in.session.stage is Stage.FULL:
        known.keep(request, response, signed_in.account)
        if strongly:
            keep_recent(request, response, site_of(request), signed_in)
