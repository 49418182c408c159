"""What the guard and the supervisor see: the whole day, without a person's data."""

from __future__ import annotations

from queue_server import wire
from queue_server.domain.line import callable_line
from queue_server.domain.model import Ticket, TicketState
from queue_server.views import parts
from queue_server.views.scene import Scene

ENDED = (TicketState.FINISHED, TicketState.CANCELLED, TicketState.UNSERVED)


def guard(scene: Scene) -> wire.GuardView:
    """Everything that stands in the line, at the counters, beside it and behind it."""
    day = scene.day
    everyone = list(day.tickets.values())
    unproven = [t for t in everyone if t.state is TicketState.WAITING and t.place is None]
    return wire.GuardView(
        branch=day.branch,
        name=day.plan.name,
        zone=day.plan.zone,
        date=day.date.isoformat(),
        day=day.state.value,
        intake=scene.intake_open,
        opens_at=parts.opens_at(scene),
        closes_at=parts.closes_at(scene),
        services=parts.services(scene),
        counters=_counters(scene),
        line=parts.tickets(scene, callable_line(day)),
        unproven=parts.tickets(scene, unproven),
        open_tickets=parts.tickets(scene, [t for t in everyone if t.open]),
        parked=parts.tickets(scene, _in_state(everyone, TicketState.PARKED)),
        missed=parts.tickets(scene, _in_state(everyone, TicketState.MISSED)),
        ended=parts.tickets(scene, reversed([t for t in everyone if t.state in ENDED])),
        join=scene.join,
        notice=scene.notice,
        alarm=scene.alarm,
        last={letter: day.issued.get(letter, 0) for letter in day.plan.services},
        seq=day.seq,
    )


def _in_state(tickets: list[Ticket], state: TicketState) -> list[Ticket]:
    return [ticket for ticket in tickets if ticket.state is state]


def _counters(scene: Scene) -> tuple[wire.CounterStaffShown, ...]:
    plans = scene.day.plan.counters
    return tuple(
        wire.CounterStaffShown(
            name=shown.name,
            kind=shown.kind,
            state=shown.state,
            reason=counter.reason,
            holder=scene.holder(counter.holder),
            since=counter.since,
            capacity=plans[shown.name].capacity,
            groups=plans[shown.name].groups,
            numbers=shown.numbers,
        )
        for counter, shown in parts.counters(scene)
    )
