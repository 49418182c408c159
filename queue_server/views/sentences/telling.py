"""The sentence under a ticket's headline: what to do now, then why. Knows no other slot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from queue_server.domain.plan import Rules
from queue_server.look.phrasebook import Phrasebook
from queue_server.wire import TicketView

FAR_MIN: Final = 20
"""Nobody is told to stand ready for longer than this."""


def tell(view: TicketView, words: Phrasebook, rules: Rules) -> str:
    """Empty where the headline says it all."""
    if is_far(view):
        return words.say("phone-tell-far")
    teller = _TELLERS.get(view.stage)
    return teller(view, words, rules) if teller else ""


def places_before(view: TicketView) -> int:
    """How many are called before this ticket."""
    return len(view.ahead) if view.position is None else view.position - 1


def is_far(view: TicketView) -> bool:
    """Near in their own service while the counters have others to call before: no time to hurry."""
    near = view.stage in ("ready", "next")
    return near and view.wait is not None and view.wait.low_min >= FAR_MIN


def is_near_by_place(view: TicketView, rules: Rules) -> bool:
    """Else it is near only by time, with many before it who go fast: then the minutes say why."""
    return view.position is not None and view.position <= rules.near_position


def counter(view: TicketView, words: Phrasebook) -> str:
    """`Loket 3`, `Bilik 9`; empty while no counter has called."""
    if not view.counter:
        return ""
    return words.place(view.counter, view.counter_kind or "desk")


def _unproven(view: TicketView, words: Phrasebook, _: Rules) -> str:
    text = words.say("phone-tell-unproven-full" if view.quota_full else "phone-tell-unproven")
    if view.unproven_until is None:
        return text
    clock = words.clock(view.unproven_until, view.zone, named=False)
    return f"{text} {words.say('phone-tell-unproven-until', clock=clock)}"


def _ready(view: TicketView, words: Phrasebook, _: Rules) -> str:
    return words.say("phone-tell-ready", n=places_before(view))


def _called(view: TicketView, words: Phrasebook, rules: Rules) -> str:
    """When, and what happens to whoever does not come."""
    if view.called_at is None:
        return ""
    clock = words.clock(view.called_at, view.zone, named=False)
    key = "phone-tell-called-again" if view.calls > 1 else "phone-tell-called"
    told = words.say(key, calls=view.calls, clock=clock)
    then = "phone-tell-called-then" if view.rejoins_left else "phone-tell-called-then-over"
    return f"{told} {words.say(then, calls=rules.calls_before_skip)}"


def _finished(view: TicketView, words: Phrasebook, _: Rules) -> str:
    may_rate = "rating" in view.can
    return words.say("phone-tell-finished" if may_rate else "phone-tell-finished-only")


def _missed(view: TicketView, words: Phrasebook, rules: Rules) -> str:
    if "rejoin" in view.can:
        return words.say("phone-tell-missed", behind=rules.rejoin_behind)
    return words.say("phone-tell-missed-final")


def _unserved(view: TicketView, words: Phrasebook, _: Rules) -> str:
    if view.opens_at is None:
        return words.say("phone-tell-unserved")
    when = words.when(view.opens_at, view.as_of, view.zone)
    return words.say("phone-tell-unserved-at", when=when)


_TELLERS: Final[dict[str, Callable[[TicketView, Phrasebook, Rules], str]]] = {
    "unproven": _unproven,
    "ready": _ready,
    "next": lambda _view, words, _rules: words.say("phone-tell-next"),
    "called": _called,
    "finished": _finished,
    "missed": _missed,
    "parked": lambda _view, words, _rules: words.say("phone-tell-parked"),
    "cancelled": lambda _view, words, _rules: words.say("phone-tell-cancelled"),
    "unserved": _unserved,
    "forgotten": lambda _view, words, _rules: words.say("phone-tell-forgotten"),
}
