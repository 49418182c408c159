"""A verb done by one command to its branch's day. Must not know which verb."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from queue_server.asking.around import Around
from queue_server.asking.ask import Ask
from queue_server.asking.before import keep_note, todays_ticket
from queue_server.asking.declined import Declined, LocalTime
from queue_server.asking.verb import Answered, VerbRow
from queue_server.domain.commands import Command
from queue_server.domain.refusals import Code, Refusal
from queue_server.live.day import Done
from queue_server.live.outcome import RequestMark
from queue_server.people.keys import digest


async def by_command(around: Around, ask: Ask, row: VerbRow) -> Answered:
    """What must hold before, the free text, the command, the answer. Raises `Declined`,
    `Unavailable`, `StoreUnavailable`, `KeyReused`.
    """
    for check in (todays_ticket, *row.before):
        check(around, ask)
    mark = mark_of(around, ask, f"{ask.verb}/{ask.number}/{ask.counter}")
    if row.note is not None:
        ask = replace(ask, note=await keep_note(around, ask, *row.note(ask.body)))
    return Answered(row.tell(await send(around, ask, row.command(ask), mark)))


async def send(around: Around, ask: Ask, command: Command, mark: RequestMark | None) -> Done:
    """Hands a command to its day, and counts it once it is durable. Raises `Declined`."""
    done = await around.days.do(ask.branch, command, mark)
    if isinstance(done, Refusal):
        _of_today(around, ask, done)
        zone = around.days.zone(ask.branch)
        raise Declined.of(done, LocalTime(zone, around.now()))
    around.metrics.command(ask.verb, "repeated" if done.repeated else "done")
    return done


def _of_today(around: Around, ask: Ask, refusal: Refusal) -> None:
    """A number nobody knows today may be one that was forgotten on the day before: whoever presses
    *finish* in the morning is told so. Raises `Declined`.
    """
    on = around.days.forgotten_on(ask.branch, ask.number)
    if refusal.code is Code.UNKNOWN_TICKET and on is not None:
        raise Declined("day_over", date=on.isoformat())


def mark_of(around: Around, ask: Ask, what: str) -> RequestMark | None:
    """Keys belong to their caller; without one nothing is remembered."""
    if ask.key is None:
        return None
    asked = digest(what, ask.branch, msgspec.json.encode(ask.body))
    return RequestMark(around.keys.request(ask.caller.owner, ask.key), asked)
