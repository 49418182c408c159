"""What the ticket machine shows."""

from __future__ import annotations

from queue_server import wire
from queue_server.views import parts
from queue_server.views.scene import Scene


def kiosk(scene: Scene) -> wire.KioskView:
    """The services one can choose, or why there are none now."""
    day = scene.day
    shown = parts.services(scene)
    return wire.KioskView(
        branch=day.branch,
        name=day.plan.name,
        zone=day.plan.zone,
        open=scene.intake_open,
        why=parts.why_closed(scene),
        opens_at=parts.opens_at(scene),
        services=shown,
        waiting=sum(each.waiting for each in shown),
        join=scene.join,
        notice=scene.notice,
        seq=day.seq,
    )
