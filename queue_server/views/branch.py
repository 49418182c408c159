"""What anybody may see of a branch before taking a number."""

from __future__ import annotations

from queue_server import wire
from queue_server.views import parts
from queue_server.views.scene import Scene


def branch(scene: Scene) -> wire.BranchView:
    """Open or not and why, what is left of the quotas, how long the waits are."""
    day = scene.day
    shown = parts.services(scene, afar=True)
    return wire.BranchView(
        branch=day.branch,
        name=day.plan.name,
        zone=day.plan.zone,
        day=day.state.value,
        open=scene.intake_open,
        why=parts.why_closed(scene),
        opens_at=parts.opens_at(scene),
        closes_at=parts.closes_at(scene),
        services=shown,
        waiting=sum(each.waiting for each in shown),
        identity_asked=day.plan.identity_asked,
        unproven_allowed=day.plan.unproven_allowed,
        notice=scene.notice,
        seq=day.seq,
    )
