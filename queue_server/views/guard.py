"""What the guard and the supervisor see: how the day stands, and who in it needs a hand."""

from __future__ import annotations

from queue_server import wire
from queue_server.domain.finding import Group, longest_waiting, members, wishing
from queue_server.domain.model import Ticket, TicketState
from queue_server.domain.tally import count_in, in_state, unproven
from queue_server.views import as_staff, parts
from queue_server.views.plan_mark import plan_mark
from queue_server.views.scene import Scene

HANDS = 6
"""Of each list: whoever looks after six more has a page to turn."""


def guard(scene: Scene) -> wire.GuardView:
    """The services, the counters, and the first few of all that waits for a person."""
    day = scene.day
    waiting = list(in_state(day, TicketState.WAITING))
    longest = longest_waiting(day)
    return wire.GuardView(
        branch=day.branch,
        name=day.plan.name,
        zone=day.plan.zone,
        plan=plan_mark(day.plan),
        date=day.date.isoformat(),
        day=day.state.value,
        intake=scene.intake_open,
        opens_at=parts.opens_at(scene),
        closes_at=parts.closes_at(scene),
        services=tuple(_service(scene, one, longest) for one in parts.services(scene)),
        counters=_counters(scene),
        waiting=len(waiting) - len(unproven(day)),
        longest=_longest(scene, longest),
        finished=count_in(day, TicketState.FINISHED),
        forgotten=count_in(day, TicketState.FORGOTTEN),
        forgotten_before=scene.forgotten_before,
        wishes=as_staff.few(scene, wishing(waiting), HANDS),
        unproven=_few(scene, Group.UNPROVEN),
        absent=_few(scene, Group.ABSENT),
        parked=_few(scene, Group.PARKED),
        missed=_few(scene, Group.MISSED),
        join=scene.join,
        notice=scene.notice,
        alarm=scene.alarm,
        hurried=scene.hurried,
        last={letter: day.issued.get(letter, 0) for letter in day.plan.services},
        seq=day.seq,
        over=parts.is_over(scene),
    )


def _few(scene: Scene, group: Group) -> wire.Few:
    return as_staff.few(scene, members(scene.day, group), HANDS)


def _service(scene: Scene, shown: wire.ServiceShown, longest: dict[str, Ticket]) -> wire.ServiceNow:
    oldest = longest.get(shown.letter)
    return wire.ServiceNow(
        letter=shown.letter,
        waiting=shown.waiting,
        longest_since=as_staff.since(oldest) if oldest else None,
        wait=shown.wait,
        quota=shown.quota,
        left=shown.left,
        too_long=shown.too_long,
        opens_at=shown.opens_at,
    )


def _longest(scene: Scene, by_service: dict[str, Ticket]) -> wire.LineTicket | None:
    oldest = min(by_service.values(), key=as_staff.since, default=None)
    return as_staff.ticket(scene, oldest) if oldest else None


def _counters(scene: Scene) -> tuple[wire.CounterStaffShown, ...]:
    return tuple(
        wire.CounterStaffShown(
            name=shown.name,
            state=shown.state,
            reason=counter.reason,
            holder=scene.holder(counter.holder),
            since=counter.since,
            numbers=shown.numbers,
        )
        for counter, shown in parts.counters(scene)
    )
