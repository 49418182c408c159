"""What the lobby screen says: what stands where, and each call's words and clips.

Must not know the page's markup, nor what is being spoken there now.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from queue_server.look import speech
from queue_server.look.phrasebook import Phrasebook
from queue_server.wire import BoardScreen, BoardView, CallShown

NEWS: Final = timedelta(seconds=20)
"""How long a call taken back is shown after the last moment in which it could be."""
LIST_MIN: Final = 7
"""With fewer people expected at the counters, earlier calls fill the list up to this."""
ROW_STEPS: Final = (4, 6, 8, 12, 15)
"""Numbers of rows the style sheet knows sizes for."""


def call(shown: CallShown, words: Phrasebook, spoken: str) -> CallShown:
    """The same call, with its words."""
    return replace(
        shown,
        place=words.place(shown.counter, shown.kind),
        label=words.say(f"board-{_label(shown)}"),
        clips={} if shown.withdrawn else _clips(shown, spoken),
    )


def screen(view: BoardView, words: Phrasebook, at: datetime, undo_s: int) -> BoardScreen:
    """The places of a view's calls at a moment; calls taken back go `undo_s` and a while after
    they were made.
    """
    calls = [one for one in _latest_of_each(view.calls) if _is_shown(one, at, undo_s)]
    hero, rest = next(iter(calls), None), calls[1:]
    current = [one for one in rest if one.current or one.withdrawn]
    earlier = [one for one in rest if not (one.current or one.withdrawn)]
    shown = current[: ROW_STEPS[-1]]
    fill = earlier[: max(0, LIST_MIN - len(shown))]
    more = view.expected - sum(one.current for one in (*calls[:1], *shown))
    today = at.astimezone(ZoneInfo(view.zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    state = _state(view, calls, today)
    opening = _opening(view, words, today)
    title, text = _rest(state, words, opening, has_hour=view.opens_at is not None)
    return BoardScreen(
        state=state,
        hero=hero.seq if hero else None,
        current=tuple(one.seq for one in shown),
        earlier=tuple(one.seq for one in fill),
        rows=next(step for step in ROW_STEPS if len(shown) + len(fill) <= step),
        more=words.say("board-more", n=more) if more > 0 else "",
        title=title,
        text=text,
        opening=opening,
        today=words.day(today, view.zone),
    )


def _label(shown: CallShown) -> str:
    if shown.withdrawn:
        return "withdrawn"
    if not shown.current:
        return "last-called"
    return "called-again" if shown.again else "called"


def _clips(shown: CallShown, spoken: str) -> dict[str, str]:
    return {
        language: " ".join(
            speech.sentence(
                shown.number, shown.counter, shown.kind, language=language, spoken=spoken
            )
        )
        for language in speech.CLIPS
    }


def _latest_of_each(calls: Iterable[CallShown]) -> list[CallShown]:
    """Newest first; of a number called more than once, its newest call."""
    latest: dict[str, CallShown] = {}
    for one in sorted(calls, key=lambda each: -each.seq):
        latest.setdefault(one.number, one)
    return list(latest.values())


def _is_shown(shown: CallShown, at: datetime, undo_s: int) -> bool:
    return not shown.withdrawn or at < shown.at + timedelta(seconds=undo_s) + NEWS


def _state(view: BoardView, calls: list[CallShown], today: datetime) -> str:
    someone_left = any(one.current for one in calls) or any(view.waiting.values())
    if view.open or someone_left:
        return "calls" if calls else "empty"
    if view.opens_at:
        opens_today = view.opens_at.astimezone(today.tzinfo).date() == today.date()
        return "before" if opens_today else "closed"
    return "closed" if view.over else "before"


def _opening(view: BoardView, words: Phrasebook, today: datetime) -> str:
    """Where numbers are given now, nothing."""
    if view.opens_at is not None:
        return words.say("board-opens", when=words.when(view.opens_at, today, view.zone))
    return "" if view.open else words.say("board-opens-by-hand")


def _rest(state: str, words: Phrasebook, opening: str, *, has_hour: bool) -> tuple[str, str]:
    """What stands in the place of calls."""
    if state == "calls":
        return "", ""
    if state == "before" or (state == "closed" and has_hour):
        return words.say(f"board-{state}"), opening
    return words.say(f"board-{state}"), words.say(f"board-{state}-text")
