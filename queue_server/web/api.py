"""The handlers of `/api/v1`: commands up, views down, each checked in the promised order.

405, 413, 415, 401, 403, 404, 422, 409. Must not know the rules, nor how a page looks.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire
from queue_server.live.topics import DeskTopic, TicketTopic, Topic
from queue_server.web.actions import Performed, allow, perform
from queue_server.web.bodies import need_json, read_body, struct_of_json
from queue_server.web.context import Site, branch_of, need_branch, site_of
from queue_server.web.erasing import erase_own
from queue_server.web.errors import Problem
from queue_server.web.identity import Caller, who
from queue_server.web.policy import need
from queue_server.web.respond import base_of
from queue_server.web.trail import record
from queue_server.web.verbs import VERBS

Endpoint = Callable[[Request], Awaitable[Response]]

KEY_HEADER: Final = "idempotency-key"


def json_answer(body: bytes, status: int = 200) -> Response:
    return Response(body, status, {"Cache-Control": "no-store"}, "application/json")


# Commands


def command(verb: str) -> Endpoint:
    """POST: a verb about the branch, counter or ticket its path names."""
    shape = VERBS[verb].body if verb in VERBS else wire.IssueRequest

    async def endpoint(request: Request) -> Response:
        site, body = await _entered(request)
        caller = await who(request)
        path = request.path_params
        branch, counter = path["branch"], path.get("counter", "")
        allow(site, caller, verb, branch, counter=counter)
        return await _commanded(
            request, caller, verb, branch, body, shape, path.get("number", ""), counter
        )

    return endpoint


def holder_command(verb: str) -> Endpoint:
    """POST: a verb about the ticket whose secret the caller brings."""
    shape = VERBS[verb].body if verb in VERBS else wire.RatingRequest

    async def endpoint(request: Request) -> Response:
        _, body = await _entered(request)
        caller = await who(request)
        need(caller, "ticket")
        name = caller.ticket
        if name is None:
            raise Problem(401, "sign_in_needed")
        return await _commanded(request, caller, verb, name.branch, body, shape, name.number)

    return endpoint


async def erase_ticket(request: Request) -> Response:
    """POST: a participant's own erasure. It needs no key: asking twice does no harm."""
    _, body = await _entered(request)
    caller = await who(request)
    need(caller, "erase_own")
    struct_of_json(body, wire.Nothing)
    erased = await erase_own(site_of(request), caller)
    return json_answer(wire.encode(wire.ErasedAnswer(erased.name.number, erased.rows, erased.live)))


async def _entered(request: Request) -> tuple[Site, bytes]:
    """The body, within its limits and of the right kind. Raises `Problem` 413, 415."""
    site = site_of(request)
    body = await read_body(request)
    need_json(request, body)
    return site, body


async def _commanded(
    request: Request,
    caller: Caller,
    verb: str,
    branch: str,
    body: bytes,
    shape: type[wire.Request],
    number: str = "",
    counter: str = "",
) -> Response:
    site = site_of(request)
    missing = _missing(site, branch, number, counter)
    try:
        performed = await perform(
            site,
            caller,
            verb,
            branch,
            number=number,
            counter=counter,
            body=struct_of_json(body, shape),
            key=request.headers.get(KEY_HEADER),
            # Only a new ticket's answer carries a link.
            base=base_of(request) if shape is wire.IssueRequest else None,
        )
    except Problem as problem:
        # What is not there comes before what is wrong with the body; but a repeat of a request of
        # the day before is answered although its ticket is no longer today's.
        if missing is not None and problem.status in (409, 422):
            raise missing from None
        raise
    return _answered(performed)


def _missing(site: Site, branch: str, number: str, counter: str) -> Problem | None:
    if number and site.days.ticket_today(branch, number) is None:
        return Problem(404, "unknown_ticket", number=number)
    if counter and not site.days.has_counter(branch, counter):
        return Problem(404, "unknown_counter", counter=counter)
    return None


def _answered(performed: Performed) -> Response:
    return json_answer(wire.encode(performed.answer), performed.status)


# Views


def view(action: str, topic: Callable[[str], Topic[wire.View]]) -> Endpoint:
    """GET: a view of the branch, as it is pushed."""

    async def endpoint(request: Request) -> Response:
        caller, branch = await who(request), request.path_params["branch"]
        need(caller, action, branch)
        need_branch(site_of(request), branch)
        return _seen(request, topic(branch))

    return endpoint


async def counter_view(request: Request) -> Response:
    """GET: the desk view of one counter."""
    caller, branch = await who(request), request.path_params["branch"]
    need(caller, "see_desk", branch)
    need_branch(site_of(request), branch)
    return _seen(request, DeskTopic(branch, request.path_params["counter"]))


async def own_counter_view(request: Request) -> Response:
    """GET: the desk view of the counter the caller holds, or whose token it is."""
    caller, branch = await who(request), request.path_params["branch"]
    need(caller, "see_desk", branch)
    held = site_of(request).days.counters_held(branch_of(request), caller.by)
    name = caller.counter or next(iter(held), None)
    if name is None:
        raise Problem(404, "no_counter_held")
    return _seen(request, DeskTopic(branch, name))


async def ticket_view(request: Request) -> Response:
    """GET: the holder's own ticket."""
    caller = await who(request)
    need(caller, "ticket")
    name = caller.ticket
    if name is None:
        raise Problem(401, "sign_in_needed")
    return _seen(request, TicketTopic(name.branch, name.date, name.number))


def _seen(request: Request, topic: Topic[wire.View]) -> Response:
    try:
        seen = site_of(request).hub.view(topic)
    except KeyError:
        if isinstance(topic, DeskTopic):
            raise Problem(404, "unknown_counter", counter=topic.counter) from None
        raise Problem(404, "not_found") from None
    return json_answer(wire.encode(seen))


# The log


async def log_page(request: Request) -> Response:
    """GET: the branch day's events after a `seq`, without personal data."""
    caller, branch = await who(request), request.path_params["branch"]
    need(caller, "see_log", branch)
    site = site_of(request)
    need_branch(site, branch)
    day = _asked_day(request) or site.days.date(branch)
    asked = f"day={day.isoformat()}&after={_asked_after(request)}"
    await record(site, caller, "log_read", branch=branch, about=asked)
    after, most = _asked_after(request), site.settings.log_page_events_max
    records = await site.read_log(branch, day, after)
    page = records[:most]
    entries = tuple(
        wire.LogEntry(record.seq, record.hash, msgspec.Raw(record.stored)) for record in page
    )
    last = page[-1].seq if page else after
    answer = wire.LogPage(branch, day.isoformat(), entries, last, len(records) > most)
    return json_answer(wire.encode(answer))


def _asked_after(request: Request) -> int:
    text = request.query_params.get("after", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Problem(422, "bad_input", reason="after: a whole number from 0")
    return int(text)


def _asked_day(request: Request) -> date | None:
    text = request.query_params.get("day")
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # Python reads weeks and bare digits too
        raise Problem(422, "bad_input", reason="day: YYYY-MM-DD")
    return day
