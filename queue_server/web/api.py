"""The handlers of `/api/v1`: commands up, views down, each checked in the promised order.

405, 413, 415, 401, 403, 404, 422, 409. Must not know the rules, nor how a page looks.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire
from queue_server.asking.ask import Ask
from queue_server.asking.verb import VerbRow
from queue_server.live.topics import BoardTopic, DeskTopic, TicketTopic, Topic
from queue_server.web.asked import ask
from queue_server.web.bodies import need_json, read_body, struct_of_json
from queue_server.web.context import Site, site_of
from queue_server.web.entered import Endpoint, Entered, Handler
from queue_server.web.errors import Problem
from queue_server.web.identity import who
from queue_server.web.policy import need
from queue_server.web.respond import base_of, language_of_program
from queue_server.web.trail import record

KEY_HEADER: Final = "idempotency-key"


def json_answer(body: bytes, status: int = 200) -> Response:
    return Response(body, status, {"Cache-Control": "no-store"}, "application/json")


# Commands


def command(row: VerbRow) -> Endpoint:
    """POST: a verb about the branch, counter or ticket its path names."""

    async def endpoint(request: Request) -> Response:
        body = await _entered(request)
        caller, path = await who(request), request.path_params
        number, counter = path.get("number", ""), path.get("counter", "")
        what = Ask(
            row.name,
            caller,
            path["branch"],
            partial(struct_of_json, body),
            number,
            counter,
            request.headers.get(KEY_HEADER),
            as_anybody=True,
            base=base_of(request) if row.is_new else None,
        )
        return await _commanded(request, what)

    return endpoint


def holder_command(row: VerbRow) -> Endpoint:
    """POST: a verb about the ticket whose secret the caller brings."""

    async def endpoint(request: Request) -> Response:
        body = await _entered(request)
        caller = await who(request)
        need(caller, "ticket")
        name = caller.ticket
        if name is None:
            raise Problem(401, "sign_in_needed")
        what = Ask(
            row.name,
            caller,
            name.branch,
            partial(struct_of_json, body),
            name.number,
            key=request.headers.get(KEY_HEADER),
        )
        return await _commanded(request, what)

    return endpoint


async def _entered(request: Request) -> bytes:
    """The body, within its limits and of the right kind. Raises `Problem` 413, 415."""
    body = await read_body(request)
    need_json(request, body)
    return body


async def _commanded(request: Request, what: Ask) -> Response:
    site = site_of(request)
    try:
        answered = await ask(site, what)
    except Problem as problem:
        # What is not there comes before what is wrong with the body; but a repeat of a request of
        # the day before is answered although its ticket is no longer today's, and whoever presses
        # for one that was forgotten there is told so.
        if problem.status in (409, 422) and problem.code != "day_over":
            _need_named(site, what)
        raise
    return json_answer(wire.encode(answered.answer), 201 if answered.is_new else 200)


def _need_named(site: Site, what: Ask) -> None:
    """Raises `Problem` 404 unless what the path names is there."""
    if what.number and site.days.ticket_today(what.branch, what.number) is None:
        raise Problem(404, "unknown_ticket", number=what.number) from None
    if what.counter and not site.days.has_counter(what.branch, what.counter):
        raise Problem(404, "unknown_counter", counter=what.counter) from None


# Views


def pushed(topic: Callable[[str], Topic[wire.View]]) -> Handler:
    """GET: a view of the branch, as it is pushed."""

    async def handler(entered: Entered) -> Response:
        return _seen(entered, topic(entered.branch))

    return handler


async def board_view(entered: Entered) -> Response:
    """GET: what the lobby screen shows, in the program's language."""
    return _seen(entered, BoardTopic(entered.branch, language_of_program(entered.request)))


async def counter_view(entered: Entered) -> Response:
    """GET: the desk view of one counter."""
    return _seen(entered, DeskTopic(entered.branch, entered.request.path_params["counter"]))


async def own_counter_view(entered: Entered) -> Response:
    """GET: the desk view of the counter the caller holds, or whose token it is."""
    caller, branch = entered.caller, entered.branch
    held = entered.site.days.counters_held(branch, caller.by)
    name = caller.counter or next(iter(held), None)
    if name is None:
        raise Problem(404, "no_counter_held")
    return _seen(entered, DeskTopic(branch, name))


async def ticket_view(entered: Entered) -> Response:
    """GET: the holder's own ticket."""
    name = entered.caller.ticket
    if name is None:
        raise Problem(401, "sign_in_needed")
    language = language_of_program(entered.request)
    return _seen(entered, TicketTopic(name.branch, name.date, name.number, language))


def _seen(entered: Entered, topic: Topic[wire.View]) -> Response:
    try:
        seen = entered.site.hub.view(topic)
    except KeyError:
        if isinstance(topic, DeskTopic):
            raise Problem(404, "unknown_counter", counter=topic.counter) from None
        raise Problem(404, "not_found") from None
    return json_answer(wire.encode(seen))


# The log


async def log_page(entered: Entered) -> Response:
    """GET: the branch day's events after a `seq`, without personal data."""
    request, site, branch = entered.request, entered.site, entered.branch
    day = _asked_day(request) or site.days.date(branch)
    asked = f"day={day.isoformat()}&after={_asked_after(request)}"
    await record(site, entered.caller, "log_read", branch=branch, about=asked)
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
