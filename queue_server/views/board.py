"""What the lobby sees: numbers and counters, never a name, a service only by its letter."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from queue_server import wire
from queue_server.domain.model import Announced, Announcement
from queue_server.domain.tally import calls_shown, current_calls
from queue_server.look.phrasebook import phrasebook
from queue_server.look.words import DEFAULT_LANGUAGE
from queue_server.views import parts
from queue_server.views.scene import Scene
from queue_server.views.sentences import board as sentences

LAST_CALLS: Final = 8
CALLS_MAX: Final = 16
"""The huge one and as many rows as fit on a wall."""
_UNSAID: Final = wire.BoardScreen("empty")


def board(scene: Scene, language: str = DEFAULT_LANGUAGE) -> wire.BoardView:
    """The lobby screen, in its language."""
    plan = scene.day.plan
    return said(_facts(scene), language, scene.at, plan.spoken_number, plan.rules.undo_s)


def said(
    view: wire.BoardView, language: str, at: datetime, spoken: str, undo_s: int
) -> wire.BoardView:
    """The same view with its sentences in a language, and each call at its place. `spoken`: digits
    or words.
    """
    words = phrasebook(language)
    calls = tuple(sentences.call(one, words, spoken) for one in view.calls)
    return replace(view, calls=calls, screen=sentences.screen(view, words, at, undo_s))


def _facts(scene: Scene) -> wire.BoardView:
    day = scene.day
    current = current_calls(day)
    newest = calls_shown(day, LAST_CALLS)[:CALLS_MAX]
    return wire.BoardView(
        branch=day.branch,
        name=day.plan.name,
        zone=day.plan.zone,
        open=scene.day_open,
        opens_at=parts.opens_at(scene),
        seq=day.seq,
        calls=tuple(_call(scene, call, call.seq in current) for call in newest),
        expected=len(current),
        waiting={letter: scene.outlook.waiting(letter) for letter in day.plan.services},
        join=scene.join,
        notice=scene.notice,
        date=day.date.isoformat(),
        over=parts.is_over(scene),
        screen=_UNSAID,
    )


def _call(scene: Scene, call: Announcement, current: bool) -> wire.CallShown:
    counter = scene.day.plan.counters.get(call.counter)
    return wire.CallShown(
        seq=call.seq,
        number=call.number,
        counter=call.counter,
        kind=counter.kind.value if counter else "desk",
        at=call.at,
        again=call.kind is Announced.RECALL,
        withdrawn=call.withdrawn,
        current=current,
    )
