"""What a ticket says to its holder: the view as sentences, slot by slot.

Owns which sentence belongs to which stage; `static/ticket/face.js` says the same in the browser,
and a test holds the two together. Pure: must not know requests, cookies or templates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from queue_server.look.words import Words
from queue_server.wire import TicketView

IN_LINE: Final = frozenset({"waiting", "ready", "next"})
ALIVE: Final = IN_LINE | {"unproven", "called", "serving", "parked", "missed"}
FAR_MIN: Final = 20
"""Nobody is told to stand ready for longer than this."""
WITH_CODE: Final = IN_LINE | {"unproven"}
FAMILIES: Final = {
    "unproven": "waiting",
    "waiting": "waiting",
    "ready": "ready",
    "next": "ready",
    "called": "called",
    "serving": "served",
    "finished": "served",
    "missed": "missed",
    "parked": "missed",
    "cancelled": "missed",
    "unserved": "missed",
}


@dataclass(frozen=True, slots=True)
class Steps:
    """How far the branch sends somebody back: the view does not carry rules."""

    defer_behind: int
    rejoin_behind: int


def face(view: TicketView, words: Words, steps: Steps) -> dict[str, str]:
    """Slot → text. A slot that is absent is not shown."""
    slots = {
        "title": _title(view, words),
        "head": _head(view, words),
        "tell": _tell(view, words, steps),
        "counter": _counter(view, words) if view.stage == "called" else "",
        **_standing(view, words),
        **_rules(view, words, steps),
    }
    if view.stars is not None and view.stage == "finished":
        slots["rated"] = words("phone-rated", stars=view.stars)
    if view.notice is not None:
        slots["notice"] = view.notice.text
    return {name: text for name, text in slots.items() if text}


def can_begin_anew(view: TicketView) -> bool:
    """Is this number over, so that another may be taken?"""
    final_miss = view.stage == "missed" and "rejoin" not in view.can
    return view.stage in ("finished", "cancelled", "unserved") or final_miss


def shown(view: TicketView) -> frozenset[str]:
    """The names of the blocks a view shows (sound is the browser's own affair)."""
    blocks = set(view.can)
    if view.coming or view.stage == "unproven":
        blocks.discard("coming")  # said already; or nobody is waiting for it yet
    if can_begin_anew(view):
        blocks.add("new")
    if view.stage in WITH_CODE:
        blocks.add("qr")
    if view.stage == "unproven":
        blocks.add("check")
    return frozenset(blocks)


def _ahead(view: TicketView) -> int:
    return len(view.ahead) if view.position is None else view.position - 1


def _is_far(view: TicketView) -> bool:
    """Near in their own service while the counters have others to call before: no time to hurry."""
    near = view.stage in ("ready", "next")
    return near and view.wait is not None and view.wait.low_min >= FAR_MIN


def _counter(view: TicketView, words: Words) -> str:
    kind = "booth" if view.counter_kind == "booth" else "desk"
    return words(f"counter-{kind}", counter=view.counter) if view.counter else ""


def _clock(view: TicketView, words: Words, name: str) -> str:
    at = getattr(view, name)
    return words.clock(at, view.zone, named=False) if at is not None else ""


def _title(view: TicketView, words: Words) -> str:
    if view.stage == "called":
        return words("phone-title-called", number=view.number, counter=_counter(view, words))
    return words("phone-title", number=view.number, branch=view.branch_name)


def _head(view: TicketView, words: Words) -> str:
    if view.stage == "waiting":
        return words("phone-head-waiting", n=_ahead(view))
    if _is_far(view):
        return words("phone-head-far", n=_ahead(view), letter=view.service)
    if view.stage == "serving":
        return words("phone-head-serving", counter=_counter(view, words))
    return words(f"phone-head-{view.stage}")


def _tell(view: TicketView, words: Words, steps: Steps) -> str:
    """The sentence under the headline: what to do, then why."""
    if _is_far(view):
        return words("phone-tell-far")
    tellers: dict[str, Callable[[], str]] = {
        "unproven": lambda: _tell_unproven(view, words),
        "ready": lambda: words("phone-tell-ready", n=_ahead(view)),
        "next": lambda: words("phone-tell-next"),
        "called": lambda: _tell_called(view, words),
        "finished": lambda: words(
            "phone-tell-finished" if "rating" in view.can else "phone-tell-finished-only"
        ),
        "missed": lambda: (
            words("phone-tell-missed", behind=steps.rejoin_behind)
            if "rejoin" in view.can
            else words("phone-tell-missed-final")
        ),
        "parked": lambda: words("phone-tell-parked"),
        "cancelled": lambda: words("phone-tell-cancelled"),
        "unserved": lambda: _tell_unserved(view, words),
    }
    tell = tellers.get(view.stage)
    return tell() if tell else ""


def _tell_unproven(view: TicketView, words: Words) -> str:
    text = words("phone-tell-unproven-full" if view.quota_full else "phone-tell-unproven")
    if view.unproven_until is None:
        return text
    until = words("phone-tell-unproven-until", clock=_clock(view, words, "unproven_until"))
    return f"{text} {until}"


def _tell_called(view: TicketView, words: Words) -> str:
    clock = _clock(view, words, "called_at")
    if view.calls > 1:
        return words("phone-tell-called-again", calls=view.calls, clock=clock)
    return words("phone-tell-called", clock=clock) if clock else ""


def _tell_unserved(view: TicketView, words: Words) -> str:
    if view.opens_at is None:
        return words("phone-tell-unserved")
    when = words.when(view.opens_at, view.as_of, view.zone)
    return words("phone-tell-unserved-at", when=when)


def _standing(view: TicketView, words: Words) -> dict[str, str]:
    """Where one stands in the line: only while one stands in it."""
    slots: dict[str, str] = {}
    if view.stage in IN_LINE:
        slots["places"] = words("phone-places", n=_ahead(view))
        slots["wait"] = _wait(view, words)
        slots["as_of"] = words("as-of", time=_clock(view, words, "as_of"))
        if view.overtaken:
            slots["overtaken"] = words("phone-overtaken", n=view.overtaken)
    if view.wishes_priority and not view.priority and view.stage in IN_LINE | {"unproven"}:
        slots["wish"] = words("phone-wish")
    if view.priority and view.stage in ALIVE:
        slots["priority"] = words("priority")
    if view.coming and view.stage in IN_LINE | {"called"}:
        slots["coming_known"] = words("phone-coming-known")
    return slots


def _wait(view: TicketView, words: Words) -> str:
    if view.wait is not None:
        return words.wait_sentence(view.wait.low_min, view.wait.high_min, view.wait.rough)
    return words("wait-unknown") if view.counters_open else words("phone-wait-none")


def _rules(view: TicketView, words: Words, steps: Steps) -> dict[str, str]:
    """The rule beside each thing one may do."""
    slots: dict[str, str] = {}
    if "defer" in view.can:
        slots["defer_rule"] = words("phone-defer-rule", behind=steps.defer_behind)
        slots["defer_left"] = words("phone-defer-left", n=view.defers_left)
    if "rejoin" in view.can:
        slots["rejoin_left"] = words("phone-rejoin-left", n=view.rejoins_left)
    return slots
