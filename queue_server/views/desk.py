"""What an officer sees at a counter: open tickets, the line, whom the rules call next and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from queue_server import wire
from queue_server.domain.calling import choose_next
from queue_server.domain.line import eligible
from queue_server.domain.model import Counter, Ticket, TicketState
from queue_server.views import parts
from queue_server.views.scene import Scene

RECENT = 5


def desk(scene: Scene, name: str) -> wire.DeskView:
    """One counter's page. `KeyError` for a counter the plan does not have."""
    day = scene.day
    plan = day.plan.counters[name]
    counter = day.counters.get(name) or Counter(name)
    here = eligible(day, name)
    choice = choose_next(day, name, scene.at)
    return wire.DeskView(
        branch=day.branch,
        name=day.plan.name,
        zone=day.plan.zone,
        day=day.state.value,
        intake=scene.intake_open,
        counter=name,
        kind=plan.kind.value,
        state=counter.state.value,
        reason=counter.reason,
        holder=scene.holder(counter.holder),
        since=counter.since,
        capacity=plan.capacity,
        groups=plan.groups,
        open_tickets=parts.tickets(scene, [day.tickets[n] for n in counter.open_tickets]),
        line=parts.tickets(scene, here),
        next=choice.ticket.number if choice else None,
        next_rule=choice.rule.value if choice else None,
        others=parts.tickets(scene, _others(scene, here)),
        parked=parts.tickets(scene, _in_state(scene, TicketState.PARKED)),
        missed=parts.tickets(scene, _in_state(scene, TicketState.MISSED)),
        recent=parts.tickets(scene, _recent(scene, name)),
        counters=tuple(shown for _, shown in parts.counters(scene)),
        services=parts.services(scene),
        outcomes=day.plan.outcomes,
        pause_reasons=day.plan.pause_reasons,
        call_reasons=day.plan.call_reasons,
        served_today=_served(scene, name),
        notice=scene.notice,
        seq=day.seq,
    )


def _in_state(scene: Scene, state: TicketState) -> list[Ticket]:
    return [ticket for ticket in scene.day.tickets.values() if ticket.state is state]


def _others(scene: Scene, here: Sequence[Ticket]) -> list[Ticket]:
    """Waiting, but not for this counter now."""
    numbers = {ticket.number for ticket in here}
    waiting = _in_state(scene, TicketState.WAITING)
    return [ticket for ticket in waiting if ticket.number not in numbers]


def _recent(scene: Scene, name: str) -> list[Ticket]:
    """What this counter may still undo, then its last finished; newest first."""
    tickets = [t for t in scene.day.tickets.values() if not t.open]
    undoable = [t for t in tickets if _may_be_undone_here(scene, t, name)]
    finished = [
        t
        for t in tickets
        if t.last_counter == name and t.state is TicketState.FINISHED and t not in undoable
    ]
    undoable.sort(key=_ended, reverse=True)
    finished.sort(key=_ended, reverse=True)
    return [*undoable, *finished[:RECENT]]


def _may_be_undone_here(scene: Scene, ticket: Ticket, name: str) -> bool:
    last = ticket.undoable
    if last is None or last.counter != name:
        return False
    return scene.at - last.at <= timedelta(seconds=scene.day.plan.rules.undo_s)


def _ended(ticket: Ticket) -> float:
    last = ticket.periods[-1]
    return (last.end or last.start).timestamp()


def _served(scene: Scene, name: str) -> int:
    finished = _in_state(scene, TicketState.FINISHED)
    return sum(ticket.last_counter == name for ticket in finished)
