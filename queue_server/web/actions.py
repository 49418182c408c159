"""The one way from a request to a command and back: rights, limits, idempotency, the answer.

The API and every page's form end here. Must not know HTTP: it gets a caller and a struct, and
raises `Problem`.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import msgspec

from queue_server import wire
from queue_server.domain.commands import Command
from queue_server.domain.refusals import Refusal
from queue_server.live import answers
from queue_server.live.outcome import Done, KeyReused, RequestMark, Unavailable
from queue_server.people import Note, NoteKind, Role, StoreUnavailable
from queue_server.people.keys import digest
from queue_server.people.policy import action_of, only_at_held_counter
from queue_server.people.text import clean
from queue_server.web.context import Site, need_branch
from queue_server.web.errors import Place, Problem
from queue_server.web.identity import Caller
from queue_server.web.joining.at_kiosk import need_check
from queue_server.web.joining.issuing import issue_command, presence
from queue_server.web.joining.proving import need_code
from queue_server.web.policy import need
from queue_server.web.rating import rate
from queue_server.web.verbs import ABOUT_COUNTER, ABOUT_TICKET, VERBS, Asked

_NOTE_KEPT_AT_LATEST: Final = timedelta(days=8)
_MINUTE_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Performed:
    """What came of it: the wire's answer, and the status a program hears."""

    answer: Any
    status: int = 200


async def perform(
    site: Site,
    caller: Caller,
    verb: str,
    branch: str,
    *,
    number: str = "",
    counter: str = "",
    body: msgspec.Struct | None = None,
    key: str | None = None,
    base: str | None = None,
) -> Performed:
    """Does what is asked, once for each `key` of this caller. Raises `Problem`.

    `base` is the address links begin with. Cancelling leaves open whether it was done: asking
    again with the same key tells.
    """
    allow(site, caller, action_of(verb, caller.role), branch, counter=counter, body=body)
    _need_own_ticket(caller, verb, number)
    need_key(site, key)
    _spend(site, caller, verb)
    try:
        async with asyncio.timeout(site.settings.command_timeout_s):
            return await _perform(site, caller, verb, branch, number, counter, body, key, base)
    except (Unavailable, StoreUnavailable, TimeoutError):
        site.metrics.command(verb, "unavailable")
        retry = site.settings.unavailable_retry_after_s
        raise Problem(503, "unavailable", retry_after_s=retry) from None
    except KeyReused:
        site.metrics.command(verb, "key_reused")
        raise Problem(422, "key_reused") from None
    except Problem as problem:
        site.metrics.command(verb, problem.code)
        raise


def allow(
    site: Site,
    caller: Caller,
    action: str,
    branch: str,
    *,
    counter: str = "",
    body: msgspec.Struct | None = None,
) -> None:
    """Raises `Problem` 401 or 403 unless the table allows it, 404 where there is no branch."""
    need(caller, action, branch)
    need_branch(site, branch)
    if isinstance(body, wire.TransferRequest) and body.place == "next":
        granted = site.days.day(branch).plan.transfer_next_by_officers
        need(caller, "transfer_next", branch, granted=granted)
    if isinstance(body, wire.UnparkRequest):
        counter = body.counter
    if counter and caller.counter not in (None, counter):
        raise Problem(403, "not_allowed")


def _need_own_ticket(caller: Caller, verb: str, number: str) -> None:
    """Whoever asks as a ticket's holder asks about that ticket. Raises `Problem` 403."""
    if caller.role is not Role.PARTICIPANT or verb == "issue":
        return
    if caller.ticket is None or caller.ticket.number != number:
        raise Problem(403, "not_allowed")


def need_key(site: Site, key: str | None) -> None:
    """Raises `Problem` 422 for an idempotency key that is none."""
    longest = site.settings.request_id_letters_max
    if key is not None and not (0 < len(key) <= longest and key.isprintable()):
        raise Problem(422, "bad_input", reason=f"Idempotency-Key: 1 to {longest} letters")


async def _perform(
    site: Site,
    caller: Caller,
    verb: str,
    branch: str,
    number: str,
    counter: str,
    body: msgspec.Struct | None,
    key: str | None,
    base: str | None,
) -> Performed:
    if isinstance(body, wire.RatingRequest) and caller.ticket is not None:
        return Performed(await rate(site, caller.ticket, body))
    if isinstance(body, wire.IssueRequest):
        mark = _mark(site, caller, verb, branch, body, key)
        return await _issue(site, caller, branch, body, mark, base)
    body = body if body is not None else VERBS[verb].body()
    _need_one_destination(body)
    _need_todays_ticket(site, caller)
    if isinstance(body, wire.PresenceRequest):
        need_check(site, caller, branch, number, body.check)
    if isinstance(body, wire.ProveRequest):
        need_code(site, caller, branch, body.join)
    asked = Asked(
        body=body,
        by=caller.by,
        as_holder=only_at_held_counter(caller.role),
        number=number,
        counter=counter,
        note=await _note(site, caller, branch, body),
    )
    mark = _mark(site, caller, f"{verb}/{number}/{counter}", branch, body, key)
    done = await _do(site, branch, VERBS[verb].command(asked), mark)
    site.metrics.command(verb, "repeated" if done.repeated else "done")
    return Performed(_answer(verb, done))


async def _issue(
    site: Site,
    caller: Caller,
    branch: str,
    body: wire.IssueRequest,
    mark: RequestMark | None,
    base: str | None,
) -> Performed:
    with presence(site, caller, branch, body.join, mark.request if mark else None) as proven:
        command = await issue_command(site, caller, branch, body, proven)
        done = await _do(site, branch, command, mark)
    ticket = done.ticket
    assert ticket is not None, "an accepted issue is about a ticket"
    secret = site.keys.ticket_secret(branch, done.date, ticket.number, ticket.ticket_id)
    site.metrics.command("issue", "repeated" if done.repeated else "done")
    answer = answers.issued(done, site.hub, secret, site.keys.ticket_link(secret, base))
    return Performed(answer, 201 if done.events else 200)


async def _do(site: Site, branch: str, command: Command, mark: RequestMark | None) -> Done:
    done = await site.days.do(branch, command, mark)
    if isinstance(done, Refusal):
        raise Problem.of(done, Place(site.days.day(branch).plan.zone, site.now()))
    return done


def _answer(verb: str, done: Done) -> wire.Shown:
    if verb in ("call_next", "call"):
        return answers.called(done)
    if verb in ABOUT_TICKET:
        return answers.about_ticket(done)
    if verb in ABOUT_COUNTER:
        return answers.about_counter(done)
    return answers.about_day(done)


def _mark(
    site: Site, caller: Caller, what: str, branch: str, body: msgspec.Struct, key: str | None
) -> RequestMark | None:
    """Keys belong to their caller; without one nothing is remembered."""
    if key is None:
        return None
    owner = caller.owner
    asked = digest(what, branch, msgspec.json.encode(body))
    return RequestMark(site.keys.request(owner, key), asked)


async def _note(site: Site, caller: Caller, branch: str, body: object) -> str | None:
    """Keeps a free text with the people, where it can be erased; the log gets its id."""
    match body:
        case wire.NoticeRequest(text=text):
            kind = NoteKind.NOTICE
        case wire.CallRequest(note=str(text)):
            kind = NoteKind.REASON
        case _:
            return None
    text = clean(text)
    if not text:
        return None
    now = site.now()
    note = Note(
        id=secrets.token_hex(12),
        branch=branch,
        day=site.days.day(branch).date,
        kind=kind,
        text=text,
        by=caller.by,
        created_at=now,
        erase_at=now + _NOTE_KEPT_AT_LATEST,
    )
    await site.people.add_note(note)
    return note.id


def _need_todays_ticket(site: Site, caller: Caller) -> None:
    """Yesterday's A-001 must not act on today's. Raises `Problem` 409."""
    name = caller.ticket
    if name is None or caller.role is not Role.PARTICIPANT:
        return
    if site.days.day(name.branch).date != name.date:
        raise Problem(409, "wrong_state", what="day", name=name.date.isoformat(), state="closed")


def _need_one_destination(body: object) -> None:
    if isinstance(body, wire.TransferRequest):
        to = body.to
        if (to.service is None) == (to.counter is None):
            raise Problem(422, "bad_input", reason="to: exactly one of service and counter")


def _spend(site: Site, caller: Caller, verb: str) -> None:
    """Limits per ticket, browser and account: never by address alone."""
    limits, settings = site.limits, site.settings
    if caller.account is not None or caller.device is not None:
        limits.spend(caller.by, settings.commands_per_account_per_s, 1.0)
    elif verb == "issue" and caller.browser is not None:
        per_min = settings.issues_per_browser_per_min
        limits.spend(f"browser:{caller.browser}", per_min, _MINUTE_S)
    elif caller.role is Role.PARTICIPANT and verb != "issue":
        per_min = settings.commands_per_ticket_per_min
        limits.spend(f"ticket:{caller.ticket}", per_min, _MINUTE_S)
