"""Where a page says by which way its ticket's holder wants to be told when it is closed.

Owns what is refused at the door: an address that is no push service's, keys no browser gives. Must
not know how anything is pushed.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire
from queue_server.live.face import TicketKnown
from queue_server.notices.push.services import is_known
from queue_server.people.keys import TicketName
from queue_server.people.values.roads import PushSubscription
from queue_server.web import cookies
from queue_server.web.api import json_answer
from queue_server.web.bodies import need_json, read_body, struct_of_json
from queue_server.web.context import Site, spend
from queue_server.web.entered import Entered
from queue_server.web.errors import Problem
from queue_server.web.respond import language_of_program, language_of_request

S = TypeVar("S", bound=msgspec.Struct)

ERASED_AT_LATEST: Final = timedelta(days=9)
"""The day's close sets the hour; a day that nobody closes counts as closed after a week."""
_MINUTE_S: Final = 60


async def key(entered: Entered) -> Response:
    """GET: the public key a page subscribes with."""
    return json_answer(wire.encode(wire.PushKeyView(await entered.site.reaching.push_key())))


async def subscribe(entered: Entered) -> Response:
    """POST: from now on the ticket's holder is told there too; 201, also a second time."""
    body = await _asked(entered, wire.SubscribeRequest)
    name, known = _ticket(entered)
    await _need_push_service(entered.site, body)
    site = entered.site
    now = site.now()
    await site.reaching.subscribe(
        PushSubscription(
            id=secrets.token_hex(12),
            ticket_id=known.ticket_id,
            branch=name.branch,
            day=name.date,
            number=name.number,
            endpoint=body.endpoint,
            p256dh=body.keys.p256dh,
            auth=body.keys.auth,
            language=_language(entered.request),
            created_at=now,
            erase_at=now + ERASED_AT_LATEST,
        )
    )
    return json_answer(wire.encode(wire.PushAnswer(name.number)), 201)


async def unsubscribe(entered: Entered) -> Response:
    """DELETE: no more there; 204, also where nothing was."""
    body = await _asked(entered, wire.SubscriptionNamed)
    _, known = _ticket(entered)
    await entered.site.reaching.unsubscribe(known.ticket_id, body.endpoint)
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


async def try_out(entered: Entered) -> Response:
    """POST: lets the phone ring once; 202: whether it does, its owner hears."""
    body = await _asked(entered, wire.SubscriptionNamed)
    name, known = _ticket(entered)
    site = entered.site
    one = await site.people.push_subscription_at(known.ticket_id, body.endpoint)
    if one is None:
        raise Problem(404, "unknown_subscription")
    spend(site, f"push-try:{name}", 1, site.settings.push_try_gap_s)
    site.reaching.try_out(one, known.seq)
    return json_answer(wire.encode(wire.PushAnswer(name.number)), 202)


async def _asked(entered: Entered, shape: type[S]) -> S:
    """What was sent, counted like whatever else is asked with a ticket. Raises `Problem`."""
    request, site = entered.request, entered.site
    body = await read_body(request)
    need_json(request, body)
    ticket = entered.caller.ticket
    spend(site, f"ticket:{ticket}", site.settings.commands_per_ticket_per_min, _MINUTE_S)
    return struct_of_json(body, shape)


def _ticket(entered: Entered) -> tuple[TicketName, TicketKnown]:
    """The caller's, as the day knows it. Raises `Problem` 401."""
    name = entered.caller.ticket
    if name is not None:
        known = entered.site.days.ticket(name.branch, name.date, name.number)
        if known is not None:
            return name, known
    raise Problem(401, "sign_in_needed")


async def _need_push_service(site: Site, body: wire.SubscribeRequest) -> None:
    if not is_known(body.endpoint, site.settings.push_services_extra):
        raise Problem(422, "unknown_push_service")
    wrong = await site.reaching.wrong_keys(body.keys.p256dh, body.keys.auth)
    if wrong is not None:
        raise Problem(422, "bad_subscription", reason=wrong)


def _language(request: Request) -> str:
    """The page's, where a page asks; else the program's."""
    chosen = "lang" in request.query_params or cookies.read(request, cookies.LANGUAGE)
    return language_of_request(request) if chosen else language_of_program(request)
