"""What stands where on the first state of the screen: the huge call, those at the counters, the
earlier ones.

Pure; `static/arrange.js` says the same for every later state, and a test holds them together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from queue_server.wire import BoardView, CallShown

WITHDRAWN_SHOWN: Final = timedelta(seconds=45)
"""After the call itself: undoing is a matter of seconds."""
FRESH: Final = timedelta(seconds=30)
"""A call is loud this long."""
LIST_MIN: Final = 7
"""With fewer calls waiting for their person, earlier ones fill the list up to this."""
ROW_STEPS: Final = (4, 6, 8, 12, 18)
"""Numbers of rows the style sheet knows sizes for."""

State = Literal["calls", "empty", "before", "closed"]
Tone = Literal["called", "at", "over", "withdrawn"]


@dataclass(frozen=True)
class Screen:
    """A view, put in its places."""

    state: State
    hero: CallShown | None
    tone: Tone
    """Of the huge call: loud, quieter, over, withdrawn."""
    current: tuple[CallShown, ...]
    """The other calls whose person is still expected, and those just withdrawn."""
    earlier: tuple[CallShown, ...]

    @property
    def rows(self) -> int:
        """The size class of the list."""
        count = len(self.current) + len(self.earlier)
        return next((step for step in ROW_STEPS if count <= step), ROW_STEPS[-1])


def arrange(view: BoardView, now: datetime) -> Screen:
    """The screen at `now`."""
    calls = [c for c in _latest_of_each(view) if not c.withdrawn or c.at + WITHDRAWN_SHOWN > now]
    hero = calls[0] if calls else None
    current = tuple(c for c in calls[1:] if c.current or c.withdrawn)
    earlier = tuple(c for c in calls[1:] if not c.current and not c.withdrawn)
    return Screen(
        state=_state(view, calls, now),
        hero=hero,
        tone=_tone(hero, now),
        current=current,
        earlier=earlier[: max(0, LIST_MIN - len(current))],
    )


def kind_of(view: BoardView, call: CallShown) -> Literal["desk", "booth"]:
    """Which word goes before the counter's name."""
    kinds = {counter.name: counter.kind for counter in view.counters}
    return "booth" if kinds.get(call.counter, call.kind) == "booth" else "desk"


def _latest_of_each(view: BoardView) -> list[CallShown]:
    latest: dict[str, CallShown] = {}
    for call in sorted(view.calls, key=lambda call: -call.seq):
        latest.setdefault(call.number, call)
    return list(latest.values())


def _state(view: BoardView, calls: list[CallShown], now: datetime) -> State:
    someone_left = any(call.current for call in calls) or any(view.waiting.values())
    if view.open or someone_left:
        return "calls" if calls else "empty"
    zone = ZoneInfo(view.zone)
    if view.opens_at and view.opens_at.astimezone(zone).date() == now.astimezone(zone).date():
        return "before"
    return "closed"


def _tone(hero: CallShown | None, now: datetime) -> Tone:
    if hero is None:
        return "over"
    if hero.withdrawn:
        return "withdrawn"
    if not hero.current:
        return "over"
    return "called" if now - hero.at < FRESH else "at"
