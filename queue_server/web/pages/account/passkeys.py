"""What `static/passkey.js` asks: options for a passkey, and what became of it, as JSON.

Owns which step of signing in each ceremony serves. The ceremonies are `people.ceremonies`'s.
"""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from queue_server.people import SignedIn, Stage, ceremonies
from queue_server.people.second_step import unlock_failed
from queue_server.web import trail
from queue_server.web.access import enrolling, passkeys, sessions
from queue_server.web.access import sign_in as steps
from queue_server.web.access.recent import keep_recent
from queue_server.web.bodies import need_json, read_body, struct_of_json
from queue_server.web.context import Site, site_of
from queue_server.web.errors import Problem, granted, problem_response
from queue_server.web.respond import language_of_request

Endpoint = Callable[[Request], Awaitable[Response]]

_WHERE_IT_IS_ADDED: Final = (Stage.ENROL, Stage.FULL)
_WHERE_IT_PROVES: Final = (Stage.FACTOR, Stage.LOCKED, Stage.FULL)


class PasskeyAnswer(msgspec.Struct, frozen=True):
    """What the browser's authenticator said, and where one wanted to go."""

    credential: dict[str, Any]
    label: str = ""
    next: str = ""


def _in_json(endpoint: Endpoint) -> Endpoint:
    """For our own pages' scripts only; a refusal is told in the page's language."""

    @functools.wraps(endpoint)
    async def asked(request: Request) -> Response:
        try:
            if "origin" not in request.headers:  # that it fits is checked before every handler
                raise Problem(403, "cross_site")
            return await endpoint(request)
        except Problem as problem:
            return problem_response(problem, language_of_request(request))

    return asked


@_in_json
async def enrol_options(request: Request) -> Response:
    """POST /account/passkeys/options"""
    signed_in = await _adding(request)
    party = passkeys.need_party(request)
    return _json(granted(await ceremonies.offer_new(site_of(request).access, party, signed_in)))


@_in_json
async def enrol(request: Request) -> Response:
    """POST /account/passkeys: one more way in."""
    signed_in = await _adding(request)
    site, answered = site_of(request), await _answered(request)
    party, label = passkeys.need_party(request), passkeys.label(request, answered.label)
    granted(await ceremonies.add(site.access, party, signed_in, answered.credential, label))
    await enrolling.added(request, signed_in, "passkey")
    if signed_in.session.stage is Stage.FULL:
        return _lead("/account")
    response = _lead(sessions.way_on(signed_in, sessions.own_path(answered.next)))
    keep_recent(request, response, site, signed_in)
    return response


@_in_json
async def sign_in_options(request: Request) -> Response:
    """POST /sign-in/passkey/options"""
    signed_in = await sessions.need(request, *_WHERE_IT_PROVES)
    party = passkeys.need_party(request)
    return _json(granted(await ceremonies.ask(site_of(request).access, party, signed_in)))


@_in_json
async def sign_in(request: Request) -> Response:
    """POST /sign-in/passkey: the second step of signing in, unlocking, or confirming once more."""
    signed_in = await sessions.need(request, *_WHERE_IT_PROVES)
    site, answered = site_of(request), await _answered(request)
    try:
        party = passkeys.need_party(request)
        granted(await ceremonies.prove(site.access, party, signed_in, answered.credential))
    except Problem as problem:
        await _note_wrong(site, signed_in, problem)
        raise
    leads_to = sessions.own_path(answered.next)
    if signed_in.session.stage is Stage.FULL:
        await trail.record(site, signed_in.account, "confirmed", about="passkey")
        response = _lead(leads_to or "/account")
        keep_recent(request, response, site, signed_in)
        return response
    token, full = await steps.proven(request, signed_in, "passkey")
    response = _lead(sessions.way_on(full, leads_to))
    steps.take(request, response, token, full)
    return response


async def _note_wrong(site: Site, signed_in: SignedIn, problem: Problem) -> None:
    """A wrong one at a lock counts as a wrong PIN does: a few end the session."""
    account = signed_in.account
    await trail.record(site, account, "second_factor_failed", about="passkey", outcome=problem.code)
    if signed_in.session.stage is Stage.LOCKED:
        await unlock_failed(site.access, signed_in)


async def _adding(request: Request) -> SignedIn:
    """A session left open is not enough to plant a way in, nor a password where a factor is."""
    signed_in = await sessions.need(request, *_WHERE_IT_IS_ADDED)
    if not await enrolling.may_go_on(request, signed_in):
        raise Problem(403, "confirm_first")
    return signed_in


async def _answered(request: Request) -> PasskeyAnswer:
    body = await read_body(request)
    need_json(request, body)
    return struct_of_json(body, PasskeyAnswer)


def _json(text: str) -> Response:
    return Response(text, 200, {"Cache-Control": "no-store"}, "application/json")


def _lead(path: str) -> Response:
    return _json(msgspec.json.encode({"next": path}).decode())
