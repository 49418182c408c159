"""What the lobby sees: numbers and counters, never a name, a service only by its letter."""

from __future__ import annotations

from queue_server import wire
from queue_server.domain.model import Announced, Announcement
from queue_server.domain.tally import calls_shown, current_calls
from queue_server.views import parts
from queue_server.views.scene import Scene

LAST_CALLS = 8


def board(scene: Scene) -> wire.BoardView:
    """The lobby screen."""
    day = scene.day
    return wire.BoardView(
        branch=day.branch,
        name=day.plan.name,
        zone=day.plan.zone,
        open=scene.day_open,
        opens_at=parts.opens_at(scene),
        seq=day.seq,
        calls=_calls(scene),
        counters=tuple(shown for _, shown in parts.counters(scene)),
        waiting={letter: scene.outlook.waiting(letter) for letter in day.plan.services},
        join=scene.join,
        notice=scene.notice,
        spoken_number=day.plan.spoken_number,
        date=day.date.isoformat(),
    )


def _calls(scene: Scene) -> tuple[wire.CallShown, ...]:
    """Newest first: every call still current and at least
    the last eight, so that none is ever missed.
    """
    current = current_calls(scene.day)
    return tuple(
        _call(scene, call, call.seq in current) for call in calls_shown(scene.day, LAST_CALLS)
    )


def _call(scene: Scene, call: Announcement, current: bool) -> wire.CallShown:
    return wire.CallShown(
        seq=call.seq,
        number=call.number,
        counter=call.counter,
        kind=scene.day.plan.counters[call.counter].kind.value
        if call.counter in scene.day.plan.counters
        else "desk",
        at=call.at,
        again=call.kind is Announced.RECALL,
        withdrawn=call.withdrawn,
        current=current,
    )
