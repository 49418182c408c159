"""What an officer sees at a counter: open tickets, who comes next and why, and what lies beside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice

import msgspec

from queue_server import wire
from queue_server.domain.calling import Choice, coming_up
from queue_server.domain.finding import Group, members
from queue_server.domain.forgetting import left_behind
from queue_server.domain.line import eligible, ranked_before
from queue_server.domain.model import Counter, Ticket, TicketState
from queue_server.domain.tally import count_in, finished_at, served_at, undoable_at
from queue_server.views import as_staff, parts
from queue_server.views.plan_mark import plan_mark
from queue_server.views.scene import Scene

NEXT = 12
"""An officer looks at the next few; the rest is a press away and costs nothing until then."""
BESIDE = 6
RECENT = 6
OVERTAKEN = 3


def desk(scene: Scene, name: str) -> wire.DeskView:
    """One counter's page. `KeyError` for a counter the plan does not have."""
    day = scene.day
    plan = day.plan.counters[name]
    counter = day.counters.get(name) or Counter(name)
    callable_here = len(eligible(day, name))
    coming = coming_up(day, name, scene.at, NEXT)
    overtakes = ranked_before(day, name, coming[0].ticket) if coming else ()
    return wire.DeskView(
        branch=day.branch,
        name=day.plan.name,
        zone=day.plan.zone,
        plan=plan_mark(day.plan),
        date=day.date.isoformat(),
        day=day.state.value,
        intake=scene.intake_open,
        counter=name,
        kind=plan.kind.value,
        state=counter.state.value,
        reason=counter.reason,
        holder=scene.holder(counter.holder),
        left=left_behind(day, counter, scene.at),
        since=counter.since,
        capacity=plan.capacity,
        open_tickets=as_staff.tickets(scene, _open(scene, counter)),
        line=wire.Few(callable_here, tuple(_next(scene, choice) for choice in coming)),
        overtakes=overtakes[:OVERTAKEN],
        overtakes_count=len(overtakes),
        elsewhere=count_in(day, TicketState.WAITING) - callable_here,
        parked=as_staff.few(scene, members(day, Group.PARKED, name), BESIDE),
        missed=as_staff.few(scene, members(day, Group.MISSED, name), BESIDE),
        recent=as_staff.tickets(scene, _recent(scene, name)),
        undo=_undo(scene, counter),
        counters={each: _state(scene, each) for each in day.plan.counters},
        served_today=served_at(day, name),
        notice=scene.notice,
        seq=day.seq,
        over=parts.is_over(scene),
    )


def _open(scene: Scene, counter: Counter) -> list[Ticket]:
    return [scene.day.tickets[number] for number in counter.open_tickets]


def _next(scene: Scene, choice: Choice) -> wire.LineTicket:
    seen = as_staff.ticket(scene, choice.ticket)
    return msgspec.structs.replace(seen, rule=choice.rule.value)


def _recent(scene: Scene, name: str) -> Sequence[Ticket]:
    """What this counter may still undo, then its last finished; newest first."""
    undoable = undoable_at(scene.day, name, scene.at)
    finished = finished_at(scene.day, name, RECENT + len(undoable))
    both = {ticket.number: ticket for ticket in (*undoable, *finished)}
    return list(islice(both.values(), RECENT))


def _undo(scene: Scene, counter: Counter) -> wire.UndoShown | None:
    """The newest action of this counter, at its own seats or gone from them."""
    undo_s = timedelta(seconds=scene.day.plan.rules.undo_s)
    tickets = (*_open(scene, counter), *undoable_at(scene.day, counter.name, scene.at))
    offers = [
        wire.UndoShown(ticket.number, last.verb, last.at + undo_s)
        for ticket in tickets
        if (last := ticket.undoable) is not None
        and last.counter == counter.name
        and scene.at <= last.at + undo_s
    ]
    return max(offers, key=lambda one: one.until, default=None)


def _state(scene: Scene, name: str) -> str:
    return (scene.day.counters.get(name) or Counter(name)).state.value
