"""What stays the same all day: names, seats, codes. Asked for once, and again for another plan."""

from __future__ import annotations

from queue_server import wire
from queue_server.domain.plan import BranchPlan
from queue_server.views.plan_mark import plan_mark
from queue_server.views.scene import Scene


def plan(scene: Scene) -> wire.PlanView:
    """The branch as its plan describes it to staff."""
    day_plan = scene.day.plan
    return wire.PlanView(
        branch=day_plan.branch,
        name=day_plan.name,
        zone=day_plan.zone,
        plan=plan_mark(day_plan),
        services=_services(day_plan),
        counters=_counters(day_plan),
        outcomes=day_plan.outcomes,
        pause_reasons=day_plan.pause_reasons,
        call_reasons=day_plan.call_reasons,
    )


def _services(plan: BranchPlan) -> tuple[wire.ServiceNamed, ...]:
    services = plan.services.values()
    return tuple(wire.ServiceNamed(one.letter, one.name_id, one.name_en) for one in services)


def _counters(plan: BranchPlan) -> tuple[wire.CounterPlanned, ...]:
    return tuple(
        wire.CounterPlanned(one.name, one.kind.value, one.capacity, one.groups)
        for one in plan.counters.values()
    )
