"""A ticket as staff see it, and the first few of many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache

from queue_server import wire
from queue_server.domain.model import Ticket, TicketState
from queue_server.domain.order import overdue
from queue_server.domain.tally import left_at
from queue_server.domain.transitions import Verb, allowed
from queue_server.views.scene import Scene


def few(scene: Scene, found: Sequence[Ticket], most: int) -> wire.Few:
    """The first few of them, and how many there are."""
    return wire.Few(len(found), tickets(scene, found[:most]))


def tickets(scene: Scene, found: Iterable[Ticket]) -> tuple[wire.LineTicket, ...]:
    """Tickets as staff see them."""
    return tuple(ticket(scene, each) for each in found)


def ticket(scene: Scene, found: Ticket) -> wire.LineTicket:
    """One ticket as staff see it."""
    shown = scene.staff_tickets.get(found.number)
    if shown is None:
        shown = scene.staff_tickets[found.number] = _ticket(scene, found)
    return shown


def since(found: Ticket) -> datetime:
    """In the line: since when its waiting counts. Else: since when it is in its state."""
    if found.callable and found.place is not None:
        return found.place.since
    return left_at(found)


def _ticket(scene: Scene, found: Ticket) -> wire.LineTicket:
    rules = scene.day.plan.rules
    called = found.state is TicketState.CALLED
    missed = found.state is TicketState.MISSED
    rejoins_left = max(0, rules.rejoins_max - found.rejoins)
    return wire.LineTicket(
        number=found.number,
        state=found.state.value,
        since=since(found),
        service=found.service if found.service != found.number[0] else None,
        counter=found.counter,
        tied=found.tied,
        weight=found.weight,
        yielded=found.yielded,
        wishes_priority=found.wishes_priority,
        presence=found.place is not None,
        coming=found.coming_at is not None,
        defers=found.defers,
        overdue=found.callable and overdue(scene.day, found, scene.at),
        announcements=found.announcements if called else 0,
        skippable=called and found.announcements >= rules.calls_before_skip,
        recall_at=_recall_at(found, rules.recall_gap_s) if called else None,
        rejoins_left=rejoins_left if missed else None,
        can=_can(found.state, proven=found.place is not None, rejoins_left=rejoins_left > 0),
    )


def _recall_at(found: Ticket, gap_s: int) -> datetime | None:
    return found.announced_at and found.announced_at + timedelta(seconds=gap_s)


@cache
def _can(state: TicketState, *, proven: bool, rejoins_left: bool) -> str:
    hidden = {Verb.CONFIRM_PRESENCE} if proven else {Verb.CALL, Verb.TRANSFER}
    if not rejoins_left:
        hidden.add(Verb.REJOIN)
    return "".join(
        code
        for code, verb in wire.VERB_CODES.items()
        if allowed(state, Verb(verb)) and verb not in hidden
    )
